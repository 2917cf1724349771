"""What differs between two versions of a strategy: words, and measures by their number in the database. No Django."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Changed", "Differences", "differences", "words_between"]


@dataclass(frozen=True)
class Changed:
    """A measure that is in both: (field, before, now) of each field that differs."""

    title: dict[str, str]
    number: str
    fields: list[tuple[str, Any, Any]]


@dataclass
class Differences:
    """`texts`: (field, before, now) by language; measures that came, went, changed."""

    texts: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    came: list[dict[str, Any]] = field(default_factory=list)
    went: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.came or self.went or self.changed)


_TEXTS = ("title", "mission", "analysis", "forms", "starts_on", "ends_on", "priorities", "needs", "partners")
_FIELDS = ("title", "number", "owner", "starts_on", "ends_on", "budget", "target", "proof", "priority")


def differences(before: dict[str, Any], now: dict[str, Any]) -> Differences:
    """Two snapshots as `snapshot.py` makes them."""
    found = Differences(texts=[(name, before.get(name), now.get(name)) for name in _TEXTS if before.get(name) != now.get(name)])  # type: ignore[misc]
    old, new = ({m["id"]: m for m in side.get("measures", [])} for side in (before, now))
    found.came = [m for pk, m in new.items() if pk not in old]
    found.went = [m for pk, m in old.items() if pk not in new]
    for pk in new.keys() & old.keys():
        fields = [(name, old[pk].get(name), new[pk].get(name)) for name in _FIELDS if old[pk].get(name) != new[pk].get(name)]
        if fields:
            found.changed.append(Changed(new[pk]["title"], new[pk].get("number", ""), fields))
    found.changed.sort(key=lambda c: c.number)
    return found


def words_between(before: str, now: str) -> list[tuple[str, str]]:
    """(sign, words): `=` stays, `-` went, `+` came, word by word."""
    a, b = (re.findall(r"\s+|[^\s]+", text) for text in (before, now))
    told: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            told.append(("=", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            told.append(("-", "".join(a[i1:i2])))
        if j2 > j1:
            told.append(("+", "".join(b[j1:j2])))
    return told
