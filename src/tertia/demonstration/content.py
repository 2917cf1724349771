"""The demonstration's texts, read from the files beside this one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tertia.core.languages.text import Text

__all__ = ["DATA", "load", "text"]

DATA = Path(__file__).parent / "data"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def text(row: dict[str, Any], prefix: str = "") -> Text:
    """The row's `en`, `ru`, `kk` (or `PREFIX_en` …) as a text whose original is English."""
    return Text.of("en", **{lang: row.get(f"{prefix}{lang}", "") for lang in ("en", "ru", "kk")})
