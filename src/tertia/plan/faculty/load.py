"""The load of a group of people: its sum and spread, who carries more than the norms allow, who carries most of it. No Django."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Carried", "Load", "load_of"]


@dataclass(frozen=True)
class Carried:
    """What one person carries in a year: rate of the post (1 is full time), planned and confirmed hours, other hours (None: not said)."""

    person: int
    rate: float
    planned: float
    signed: float = 0.0
    other: float | None = None

    @property
    def per_post(self) -> float:
        """Planned hours as if the post were full: so half posts can be compared with whole ones."""
        return self.planned / self.rate if self.rate else 0.0


@dataclass(frozen=True)
class Load:
    """A group's load. `middle` is the median of hours per full post; `top_tenth` the share of planned hours of the busiest
    tenth (rounded up), None where nothing is planned; `uneven`: people who carry more than `times` the median per full post;
    `over`: people beyond the norm of the third mission or of the whole year; `bare`: people with nothing planned.
    """

    people: int
    posts: float
    planned: float
    signed: float
    middle: float
    top_tenth: float | None
    over: frozenset[int]
    uneven: frozenset[int]
    bare: frozenset[int]


def load_of(rows: Sequence[Carried], *, most: float | None = None, year: float | None = None, times: float = 2.0) -> Load:
    """`most`: hours of the third mission that a full post may carry; `year`: all working hours of a full post.

    Raises ValueError for a negative number. A person with two posts is one row with their rates added.
    """
    for row in rows:
        if row.rate < 0 or row.planned < 0 or row.signed < 0:
            raise ValueError(f"{row}: no number of a load is negative")
    planned = sum(r.planned for r in rows)
    middle = median(r.per_post for r in rows) if rows else 0.0
    tenth = sorted((r.planned for r in rows), reverse=True)[: math.ceil(len(rows) / 10)]
    over = {
        r.person
        for r in rows
        if (most is not None and r.planned > most * r.rate + 0.005)
        or (year is not None and r.other is not None and r.planned + r.other > year * r.rate + 0.005)
    }
    return Load(
        len(rows), sum(r.rate for r in rows), planned, sum(r.signed for r in rows), middle,
        sum(tenth) / planned if planned else None, frozenset(over),
        frozenset(r.person for r in rows if middle and r.per_post > times * middle),
        frozenset(r.person for r in rows if not r.planned),
    )  # fmt: skip
