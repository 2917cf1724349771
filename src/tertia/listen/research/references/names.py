"""Names of persons and bodies as CSL's names. Rules of BibTeX (Patashnik 1988, section 4) over a text with braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tertia.listen.research.references.cleaning import plain

__all__ = ["Name", "name_of", "names_of", "split_outside", "turned", "whole"]

Name = dict[str, str]
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,3}")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def whole(name: Name) -> str:
    """As it is said: given name, particle, family name."""
    return name.get("literal") or " ".join(
        p for p in (name.get("given", ""), name.get("non-dropping-particle", ""), name.get("family", "")) if p
    )


def turned(name: Name) -> str:
    """As lists have it: particle and family name, suffix, given name, with commas between."""
    family = f"{name.get('non-dropping-particle', '')} {name.get('family', '')}".strip()
    return name.get("literal") or ", ".join(p for p in (family, name.get("suffix", ""), name.get("given", "")) if p)


def names_of(text: str, decode: Callable[[str], str] = plain) -> list[Name]:
    """All names of a field; `and others` is no name."""
    pieces = split_outside(text, _AND)
    if len(pieces) == 1 and ";" in text:  # as spreadsheets and many exporters write several
        pieces = split_outside(text, re.compile(";"))
    made = (name_of(piece, decode) for piece in pieces)
    return [name for name in made if name]


def name_of(text: str, decode: Callable[[str], str] = plain) -> Name:
    """One name. `{World Health Organization}` is a body; "Last, First" is turned; small words before the last one are its particle."""
    text = text.strip().strip(",;").strip()
    if not text or text.lower() in ("others", "et al", "et al.", "и др.", "и др", "т.б."):
        return {}
    if text.startswith("{") and _closes_at(text, 0) == len(text) - 1 and not text.startswith("{\\"):
        return _made(literal=decode(text[1:-1]))
    pieces = [p.strip() for p in split_outside(text, re.compile(","))]
    if len(pieces) == 1:
        return _turned(_words(pieces[0]), decode)
    particle, family = _particle(_words(pieces[0]), decode)
    suffix, given = ("", pieces[1]) if len(pieces) == 2 else (pieces[1], " ".join(pieces[2:]))
    return _made(family=family, given=decode(given), particle=particle, suffix=decode(suffix))


def _turned(words: list[str], decode: Callable[[str], str]) -> Name:
    """First von Last; with one word only that word."""
    if len(words) < 2:
        return _made(literal=decode(words[0])) if words else {}
    if all(_INITIALS.fullmatch(w) for w in words[1:]) and not _INITIALS.fullmatch(words[0]):
        # as bibliographies of this country write: Ахметов А. С.
        return _made(family=decode(words[0]), given=decode(" ".join(words[1:])))
    start = next((n for n, w in enumerate(words[:-1]) if _small(w, decode)), len(words) - 1)
    particle, family = _particle(words[start:], decode)
    return _made(family=family, given=decode(" ".join(words[:start])), particle=particle)


def _particle(words: list[str], decode: Callable[[str], str]) -> tuple[str, str]:
    """(von, Last): the small words up to the last small one that has a word behind it."""
    last = max((n for n, w in enumerate(words[:-1]) if _small(w, decode)), default=-1)
    if last >= 0 and not _small(words[0], decode):
        last = -1
    return decode(" ".join(words[: last + 1])), decode(" ".join(words[last + 1 :]))


def _small(word: str, decode: Callable[[str], str]) -> bool:
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letter = next((c for c in decode(word) if c.isalpha()), "")
    return letter.islower()


def _made(*, family: str = "", given: str = "", particle: str = "", suffix: str = "", literal: str = "") -> Name:
    if literal or not (family or given):
        return {"literal": literal} if literal else {}
    if not family:
        return {"literal": given}
    made = {"family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    return {k: v for k, v in made.items() if v}


def _words(text: str) -> list[str]:
    return [w for w in split_outside(text.replace("~", " "), re.compile(r"\s+")) if w]


def split_outside(text: str, mark: re.Pattern[str]) -> list[str]:
    """Split where the mark stands outside of all braces."""
    if "{" not in text:
        return mark.split(text)
    covered = _covered(text)
    pieces, start = [], 0
    for found in mark.finditer(text):
        if not covered[found.start()]:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]


def _covered(text: str) -> list[bool]:
    return list(_depths(text))


def _depths(text: str) -> Iterator[bool]:
    depth = 0
    for letter in text:
        if letter == "{":
            depth += 1
        yield depth > 0
        if letter == "}":
            depth = max(0, depth - 1)


def _closes_at(text: str, start: int) -> int:
    depth = 0
    for n in range(start, len(text)):
        depth += (text[n] == "{") - (text[n] == "}")
        if depth == 0:
            return n
    return -1
