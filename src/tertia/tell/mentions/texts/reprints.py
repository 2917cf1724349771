"""Which pieces are one piece: the same address, or the same words in several outlets. No Django.

Two pieces are a reprint where the runs of three words of the shorter one (its shingles, Broder 1997) are found in the other for the
most part: a reprint is often cut, so what is shared is held against the shorter one (containment), not against both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from tertia.core.languages.fold import words

__all__ = ["DAYS", "LEAST_SHARED", "Register", "Written", "address_key", "shared"]

#: a reprint comes within so many days, shares so much of its shingles, and is long enough to tell
DAYS, LEAST_SHARED, SHORTEST = 21, 0.6, 5
_SHINGLE = 3
_LEFT_OUT = re.compile(r"^(utm_.*|fbclid|gclid|yclid|ysclid|mc_[ce]id|from|ref|share)$")


@dataclass(frozen=True)
class Written:
    """A piece as it is compared: its words are title and lead together."""

    key: str
    words: str
    on: dt.date


def address_key(address: str) -> str:
    """An address without what changes from reader to reader: scheme, www, marks of campaigns, the last stroke, the part after #."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return address.strip()[:500]
    kept = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _LEFT_OUT.match(k.lower())))
    path = re.sub(r"/(amp|index\.html?)?/*$", "", parts.path)
    return f"{host}{port}{path}{'?' + kept if kept else ''}"[:500]


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    found = words(text)
    return frozenset(tuple(found[n : n + _SHINGLE]) for n in range(len(found) - _SHINGLE + 1))


def shared(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    """What part of the shorter one's shingles the other one has, 0 to 1; 0 where the shorter one is too short to tell."""
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter >= SHORTEST else 0.0


class Register:
    """Pieces that are known; of a new one, the earliest that it repeats."""

    def __init__(self, known: Iterable[Written] = ()) -> None:
        self._pieces: dict[str, tuple[Written, frozenset[tuple[str, ...]]]] = {}
        self._by_shingle: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, one: Written) -> None:
        made = shingles(one.words)
        self._pieces[one.key] = (one, made)
        for each in made:
            self._by_shingle[each].append(one.key)

    def repeats(self, one: Written) -> tuple[str, float] | None:
        """(key of the piece that it repeats, part that is shared); None where it is new."""
        made = shingles(one.words)
        near = {k for s in made for k in self._by_shingle.get(s, ()) if k != one.key}
        found = []
        for key in near:
            other, theirs = self._pieces[key]
            part = shared(made, theirs)
            if part >= LEAST_SHARED and abs((other.on - one.on).days) <= DAYS:
                found.append((-round(part, 3), other.on, key))
        if not found:
            return None
        part, _on, key = min(found)
        return key, -part
