"""Whether one author at least is from outside academia, told by affiliations. No Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tertia.core.languages.fold import bare

__all__ = ["outside_author"]

#: what academic bodies are called; folded like the names beside which they are held, since folding joins letters (ch, sh)
_WORDS = (
    "universi", "institut", "akadem", "academ", "kolled", "college", "school", "школа", "школы", "mektep", "мектеб", "fakult", "facult", "кафедр", "department", "laborat",
    "research", "науч", "ғылыми", "hochschule", "ecole", "политех", "polytech",
)  # fmt: skip
_ACADEMIC = re.compile("|".join(sorted({bare(word) for word in _WORDS})))


def outside_author(affiliations: Sequence[Sequence[dict[str, Any]] | None] | None, known: Callable[[str], bool | None]) -> bool | None:
    """True: an affiliation is known as not academic; False: every author's is academic; None: it cannot be told.

    `affiliations`: for each author the bodies named (name, ror) or None; `known(name)`: whether the register of bodies knows it as academic.
    """
    if not affiliations:
        return None
    told = [_academic(bodies or (), known) for bodies in affiliations]
    if False in told:
        return True
    return False if all(told) else None


def _academic(bodies: Sequence[dict[str, Any]], known: Callable[[str], bool | None]) -> bool | None:
    """Of one author: academic where one of the bodies is; outside where the register knows all that it knows as not academic."""
    said = [one for one in (_one(str(b.get("name", "")), known) for b in bodies) if one is not None]
    return (True in said) if said else None


def _one(name: str, known: Callable[[str], bool | None]) -> bool | None:
    found = known(name)
    if found is not None:
        return found
    return True if _ACADEMIC.search(bare(name)) else None
