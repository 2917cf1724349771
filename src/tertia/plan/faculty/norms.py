"""The university's own norms on a day, and what an assignment says against them. No Django.

Hours of the third mission are norms of each university (order 123 with national ones was repealed in 2013); they are dated,
and an assignment is held to those in force on the first day of its academic year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Duty", "Norm", "Remark", "in_force", "remarks", "suggested"]

WHOLE, YEAR = "whole", "year"


@dataclass(frozen=True)
class Norm:
    """What counts from a day on for one function, for all of them (`whole`), or for all work of a year (`year`).

    `each`: hours for one piece; `fewest`, `most`: hours a year of a full post. None: nothing is said.
    """

    function: str
    valid_from: dt.date
    each: float | None = None
    fewest: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Duty:
    """A line of an assignment: hours, and the pieces they were reckoned from (None where none were counted)."""

    function: str
    hours: float
    times: int | None = None


@dataclass(frozen=True)
class Remark:
    """Where an assignment leaves the norms: `over`, `under` or `piece` (the hours are not pieces times hours for one)."""

    function: str
    what: str
    hours: float
    bound: float


def in_force(norms: Iterable[Norm], day: dt.date) -> dict[str, Norm]:
    """Of each function the latest norm that counts on a day."""
    found: dict[str, Norm] = {}
    for norm in sorted(norms, key=lambda n: n.valid_from):
        if norm.valid_from <= day:
            found[norm.function] = norm
    return found


def suggested(norm: Norm | None, times: int | None) -> float | None:
    """Hours for so many pieces; None where the norm or the number is missing."""
    return round(norm.each * times, 2) if norm is not None and norm.each is not None and times else None


def remarks(duties: Iterable[Duty], norms: dict[str, Norm], *, rate: float, other_hours: float | None = None) -> list[Remark]:
    """Where these duties leave the norms for a post at `rate` (1 is full time), in the order of the duties, the whole last.

    Bounds of a year are those of a full post times the rate; hours for one piece are not.
    """
    duties = list(duties)
    found = []
    for duty in duties:
        norm = norms.get(duty.function)
        if norm is None:
            continue
        expected = suggested(norm, duty.times)
        if expected is not None and abs(expected - duty.hours) > 0.005:
            found.append(Remark(duty.function, "piece", duty.hours, expected))
        if norm.most is not None and duty.hours > norm.most * rate + 0.005:
            found.append(Remark(duty.function, "over", duty.hours, round(norm.most * rate, 2)))
    whole = round(sum(d.hours for d in duties), 2)
    norm = norms.get(WHOLE)
    if norm is not None:
        if norm.most is not None and whole > norm.most * rate + 0.005:
            found.append(Remark(WHOLE, "over", whole, round(norm.most * rate, 2)))
        if norm.fewest is not None and whole < norm.fewest * rate - 0.005:
            found.append(Remark(WHOLE, "under", whole, round(norm.fewest * rate, 2)))
    year = norms.get(YEAR)
    if year is not None and year.most is not None and other_hours is not None and whole + other_hours > year.most * rate + 0.005:
        found.append(Remark(YEAR, "over", round(whole + other_hours, 2), round(year.most * rate, 2)))
    return found
