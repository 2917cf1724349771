"""Whether a text tells who wrote it, and who must not review it. No Django.

Names are compared without case, order of words, and differences of Kazakh, Russian and Latin spelling; a family name alone
tells nobody, together with the given one it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tertia.core.languages.fold import bare, fold
from tertia.core.parties.identifiers import read_orcid

__all__ = ["clean_orcid", "may_review", "reveals"]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")


def reveals(text: str, authors: Iterable[str], affiliations: Iterable[str] = ()) -> list[str]:
    """What of the authors stands in the text: names (two words of one next to each other, in either order), affiliations, addresses of mail."""
    folded = f" {fold(text)} "
    found = list(_MAIL.findall(text))
    for name in authors:
        words = [w for w in fold(name).split() if len(w) > 1]
        pairs = [(a, b) for a in words for b in words if a != b] or [(w, "") for w in words if len(w) > 4]
        if any(f" {f'{a} {b}'.strip()} " in folded for a, b in pairs):
            found.append(name)
    found += [a for a in affiliations if len(bare(a)) > 8 and f" {fold(a)} " in folded]
    return found


def may_review(reviewer: str, authors: Iterable[str]) -> bool:
    """Whether somebody of this name is none of the authors; two who bear one name are not told apart, so neither reviews the other."""
    mine = sorted(fold(reviewer).split())
    return all(sorted(fold(a).split()) != mine for a in authors)


def clean_orcid(said: str) -> str:
    """`0000-0002-1825-0097`, checked by its last sign (ISO 7064 MOD 11-2). Empty for an empty one; raises ValueError for a wrong one."""
    if not said.strip():
        return ""
    found = _ORCID.fullmatch(said.strip())
    if found is None:
        raise ValueError(said)
    return read_orcid("".join(found.groups()))
