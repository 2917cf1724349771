"""What this program is made of: a software bill of materials in CycloneDX 1.6 (ECMA-424), from the pinned requirements and what is installed. No Django."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import metadata
from typing import Any

__all__ = ["bill", "licence_of"]

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def licence_of(name: str) -> str:
    """The licence that an installed package states (SPDX expression, field or classifier); empty where it is not installed or says none."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    stated = about.get("License-Expression") or about.get("License") or ""
    first = stated.strip().splitlines()[0] if stated.strip() else ""
    if first and len(first) <= 80:
        return first
    classes = [c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier") or () if c.startswith("License :: ")]
    return ", ".join(classes)


def bill(requirements: str, version: str, licence: Callable[[str], str] = licence_of) -> dict[str, Any]:
    """`requirements`: text of a file pinned with hashes. Every pin is a component with its address in PyPI's name space and the sums of its files."""
    components: list[dict[str, Any]] = []
    for line in requirements.splitlines():
        if pin := _PIN.match(line):
            name = re.sub(r"[-_.]+", "-", pin[1]).lower()
            components.append(
                {
                    "type": "library",
                    "name": name,
                    "version": pin[2],
                    "purl": f"pkg:pypi/{name}@{pin[2]}",
                    "bom-ref": f"pkg:pypi/{name}@{pin[2]}",
                    "hashes": [],
                }
            )
            if stated := licence(name):
                components[-1]["licenses"] = [{"license": {"name": stated}}]
        if components:
            components[-1]["hashes"] += [{"alg": "SHA-256", "content": found} for found in _HASH.findall(line)]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "tertia", "version": version, "bom-ref": f"tertia@{version}"}},
        "components": components,
    }  # fmt: skip
