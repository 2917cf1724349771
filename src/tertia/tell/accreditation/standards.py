"""Criteria as data: the standards that come with Tertia, the university's own in a folder, and a list that somebody pastes. No Django."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Asked", "Standard", "read_list", "standards"]

DATA = Path(__file__).parent / "data"
_NUMBER = re.compile(r"^\s*((?:\d+|[A-ZА-Я])(?:\.\d+)*)[.)]?[\s:–—-]+(\S.*)$")


@dataclass(frozen=True)
class Asked:
    """A criterion: its number and its words by language."""

    number: str
    words: dict[str, str]


@dataclass(frozen=True)
class Standard:
    id: str
    title: dict[str, str]
    source: str
    criteria: tuple[Asked, ...]


def standards(*folders: Path) -> dict[str, Standard]:
    """All standards in the folders (TOML: title, source, criteria), by the name of the file; of equal names the last one. Raises ValueError that names a broken file."""
    found = {}
    for file in (f for folder in folders or (DATA,) for f in sorted(folder.glob("*.toml"))):
        try:
            body = tomllib.loads(file.read_text(encoding="utf-8"))
            criteria = tuple(Asked(str(c["number"]), {k: str(v) for k, v in c.items() if k != "number"}) for c in body["criteria"])
            found[file.stem] = Standard(file.stem, dict(body["title"]), str(body["source"]), criteria)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{file.name}: {error}") from error
    return found


def read_list(lines: Iterable[str], language: str) -> tuple[list[Asked], list[int]]:
    """Lines such as `3.2 Employers take part`, and the numbers of those that begin with no number or repeat one. An indented or unnumbered
    line goes on with the criterion before it."""
    found: list[Asked] = []
    wrong: list[int] = []
    for at, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _NUMBER.match(line)
        if match and not any(a.number == match[1] for a in found):
            found.append(Asked(match[1], {language: match[2].strip()}))
        elif match or not found:
            wrong.append(at)
        else:
            found[-1].words[language] += " " + line.strip()
    return found, wrong
