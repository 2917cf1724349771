"""Which measures nobody could check afterwards, and why: pointed at with a reason, never forbidden. No Django.

A measure is vague when its words promise a direction (improve, усилить, жетілдіру) and neither they nor its target say an amount, a
thing that will be there, or a day. Goals that can be checked: Doran 1981, Management Review 70(11).
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["Doubt", "doubts"]

_DIGIT = re.compile(r"\d")
_LONG = 5 * 366
_SHORT_WORDS = 3


@dataclass(frozen=True)
class Doubt:
    """`code`: direction (a word without an amount), short, target-without-number, long-term, no-stage; `word` is what it is about."""

    code: str
    word: str = ""


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    rows = tomllib.loads((Path(__file__).parent / "data" / "vague.toml").read_text(encoding="utf-8"))
    return tuple(word for words in rows.values() for word in words)


def doubts(titles: list[str], target: str, proof: list[str], starts_on: dt.date | None, ends_on: dt.date | None) -> list[Doubt]:
    """What makes a measure hard to check. `titles` and `proof`: in each language that was written."""
    found: list[Doubt] = []
    said = " ".join([target, *proof])
    for title in titles:
        words = re.findall(r"[\w-]+", title.lower())
        direction = next((w for w in words if any(w.startswith(b) for b in _beginnings())), "")
        if direction and not _DIGIT.search(title) and not _DIGIT.search(said):
            found.append(Doubt("direction", direction))
            break
    if titles and all(len(re.findall(r"[\w-]+", t)) < _SHORT_WORDS for t in titles):
        found.append(Doubt("short", titles[0]))
    if target and not _DIGIT.search(target):
        found.append(Doubt("target-without-number", target))
    if starts_on and ends_on and (ends_on - starts_on).days > _LONG:
        found.append(Doubt("long-term"))
    return found
