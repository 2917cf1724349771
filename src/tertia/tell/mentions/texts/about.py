"""Whether a piece of an outlet is about the university, and about which of its activities. No Django.

What speaks for an activity: words that both share (tf-idf over beginnings of folded words, and meaning where vectors are there;
`core/search/matching`), the host or the place by name, and nearness in time. The weights are ours; `benchmarks/bench_mentions.py`
prints precision and recall on a labelled sample. On a page a match is a suggestion until a person has said that it is one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from tertia.core.languages.fold import words
from tertia.core.search.matching import Index, stems

__all__ = ["LEAST", "Done", "Likely", "Register", "names_in"]

#: a suggestion below this is not made
LEAST = 0.30
_NAMED, _NEAR, _BEFORE, _AFTER = 0.18, 0.12, 14, 60
_SHORTEST_STEM = 4
#: words that stand in every piece about a university and tell none of its activities from another
_COMMON = frozenset(
    stems(
        "университет университеті student студент студенттер university город қала city проект жоба project работа жұмыс area район аудан акимат әкімдік область облыс region сегодня today бүгін "
        "который которые также around провели прошла өтті held people людей адам адамдар жители тұрғындар residents года жылы year"
    )
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What was, or will be, done: `names` are those of its host and its place, `on` its day."""

    key: str
    words: str
    on: dt.date | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likely:
    """`score` is 0 to about 1.3; `shared`: words that both have; `named`: names that stand in the piece; `days` from the day of the activity."""

    key: str
    score: float
    shared: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    days: int | None = None


def names_in(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Which names stand in a text. Word ends change in Kazakh and Russian, so long words are held by their beginnings; short ones whole."""
    there = words(text)
    found = []
    for name in names:
        asked = words(name)
        if asked and any(_same_run(there[n : n + len(asked)], asked) for n in range(len(there) - len(asked) + 1)):
            found.append(name)
    return tuple(found)


def _same_run(there: list[str], asked: list[str]) -> bool:
    return all(_same(a, b) for a, b in zip(there, asked, strict=True))


def _same(there: str, asked: str) -> bool:
    if len(asked) <= _SHORTEST_STEM:
        return there == asked
    stem = asked[: max(_SHORTEST_STEM, len(asked) - 3)]
    return there.startswith(stem) and len(there) - len(asked) <= 5


def telling(text: str) -> str:
    """The words of a text without those that stand in every piece about a university."""
    return " ".join(w for w in text.split() if not _COMMON.intersection(stems(w)))


@dataclass
class Register:
    """Activities, indexed once. `vectors`: centred, shape (activities, 384), or None. `more_names`: names that are asked for when they matter."""

    done: Sequence[Done]
    vectors: np.ndarray | None = None
    more_names: Callable[[str], Sequence[str]] = lambda _key: ()
    _index: Index = field(init=False)

    def __post_init__(self) -> None:
        self._index = Index([telling(d.words) for d in self.done], self.vectors)

    def nearest(self, text: str, on: dt.date, vectors: np.ndarray | None = None, most: int = 3) -> list[Likely]:
        """The likeliest activities of a piece that came out on a day, the best first. `vectors`: centred, shape (1, 384)."""
        found = []
        for near in self._index.nearest([telling(text)], vectors, most=25, least=0.05)[0]:
            one = self.done[near.at]
            days = (on - one.on).days if one.on else None
            if days is not None and not -_BEFORE <= days <= _AFTER:
                continue
            named = names_in(text, (*one.names, *self.more_names(one.key)))
            score = near.score + _NAMED * bool(named) + (_NEAR * (1 - abs(days) / _AFTER) if days is not None else 0.0)
            if score >= LEAST and (near.shared or named):
                found.append(Likely(one.key, round(score, 3), near.shared, named, days))
        return sorted(found, key=lambda f: (-f.score, f.key))[:most]
