"""Hours become credits by dated rules with ceilings; no hour counts twice. No Django.

A scheme is data: `hours_per_credit` (whole credits only), or `steps` (so many hours give so many credits, each step as often as fits),
with `most_hours` and `most_credits` in a period. Kazakhstan's Social Student Credit is two steps (20 hours for 2 credits, 50 for 5) with
70 hours and 7 credits in a financial year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

__all__ = ["Allotment", "BadScheme", "Scheme", "allot", "best"]


class BadScheme(ValueError):
    """A scheme that cannot be applied; the sentence says which part is wrong."""


@dataclass(frozen=True)
class Scheme:
    """`per`: the period of the ceilings, `financial-year`, `academic-year` or empty for none."""

    name: str
    hours_per_credit: Decimal | None = None
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    most_hours: Decimal | None = None
    most_credits: Decimal | None = None
    per: str = ""

    @classmethod
    def of(cls, name: str, row: Any) -> Scheme:
        """Read a rule's value. Raises BadScheme."""
        if not isinstance(row, dict):
            raise BadScheme(f"{name}: the scheme is no table of values")
        try:
            steps = tuple(sorted((Decimal(str(h)), Decimal(str(c))) for h, c in row.get("steps", ())))
            numbers = {
                k: Decimal(str(row[k])) if row.get(k) is not None else None for k in ("hours_per_credit", "most_hours", "most_credits")
            }
        except (ValueError, TypeError, ArithmeticError) as error:
            raise BadScheme(f"{name}: {error} is no number") from error
        made = cls(name, numbers["hours_per_credit"], steps, numbers["most_hours"], numbers["most_credits"], str(row.get("per", "")))
        if (made.hours_per_credit is None) == (not made.steps):
            raise BadScheme(f"{name}: name either hours_per_credit or steps")
        if any(h <= 0 or c <= 0 for h, c in made.steps) or (made.hours_per_credit is not None and made.hours_per_credit <= 0):
            raise BadScheme(f"{name}: hours and credits are above zero")
        if made.per not in ("", "financial-year", "academic-year"):
            raise BadScheme(f"{name}: per is financial-year, academic-year or left out")
        return made


@dataclass(frozen=True)
class Allotment:
    """Hours taken, of which source how many, the credits that they give, and what holds more back: `hours`, `ceiling` or nothing."""

    hours: Decimal
    credits: Decimal
    parts: tuple[tuple[int, Decimal], ...]
    held_back: str = ""


def best(
    scheme: Scheme, hours: Decimal, used_hours: Decimal, used_credits: Decimal, course_credits: Decimal | None = None
) -> tuple[Decimal, Decimal]:
    """The most credits that so many free hours can give under the ceilings, and the fewest hours that give them."""
    room_hours = hours if scheme.most_hours is None else min(hours, max(scheme.most_hours - used_hours, Decimal(0)))
    limits = [c for c in (scheme.most_credits - used_credits if scheme.most_credits is not None else None, course_credits) if c is not None]
    room_credits = max(min(limits), Decimal(0)) if limits else None
    if scheme.hours_per_credit is not None:
        whole = room_hours // scheme.hours_per_credit
        whole = whole if room_credits is None else min(whole, room_credits // 1)
        return whole * scheme.hours_per_credit, whole
    found = {(Decimal(0), Decimal(0))}
    for h, c in scheme.steps:
        times = int(room_hours // h)
        found |= {(a + n * h, b + n * c) for a, b in found for n in range(1, times + 1)}
    fits = [(h, c) for h, c in found if h <= room_hours and (room_credits is None or c <= room_credits)]
    return max(fits, key=lambda pair: (pair[1], -pair[0]))


def allot(
    scheme: Scheme, sources: Iterable[tuple[int, Decimal]], *, used_hours: Decimal = Decimal(0), used_credits: Decimal = Decimal(0),
    course_credits: Decimal | None = None,
) -> Allotment:  # fmt: skip
    """Take free hours from the sources (id, free hours) in their order, no more than the credits need."""
    rows = [(pk, h) for pk, h in sources if h > 0]
    free = sum((h for _pk, h in rows), Decimal(0))
    hours, credits = best(scheme, free, used_hours, used_credits, course_credits)
    parts, left = [], hours
    for pk, there in rows:
        if left <= 0:
            break
        taken = min(there, left)
        parts.append((pk, taken))
        left -= taken
    more = best(scheme, free + Decimal(10_000), used_hours, used_credits, course_credits)[1] > credits
    return Allotment(hours, credits, tuple(parts), "" if credits and more and free == hours else "hours" if more else "ceiling")
