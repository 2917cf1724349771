"""Academic, calendar and financial years as labelled periods. No model: a period is computed from its label.

An academic year in Kazakhstan runs from 1 September to 31 August unless the university sets other dates.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["FIRST_MONTH", "Period", "academic_year", "calendar_year", "label_before", "label_of", "period"]


FIRST_MONTH = 9  # of the academic year


@dataclass(frozen=True, order=True)
class Period:
    """A half-open period: `start` is in, `end` is out. `label` is `2025-26` or `2025`."""

    start: dt.date
    end: dt.date
    label: str

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> dt.date:
        return self.end - dt.timedelta(days=1)

    @property
    def before(self) -> Period:
        """The period of the same kind that ends where this one starts."""
        return Period(self.start.replace(year=self.start.year - 1), self.start, label_before(self.label))

    def __str__(self) -> str:
        return self.label


def label_of(first: int) -> str:
    """The label of the academic year that begins in a calendar year: 2025 gives `2025-26`."""
    return f"{first}-{(first + 1) % 100:02d}"


def label_before(label: str) -> str:
    """`2024-25` for `2025-26`, `2024` for `2025`."""
    first = int(label[:4]) - 1
    return label_of(first) if "-" in label else str(first)


def academic_year(day: dt.date, first_month: int = FIRST_MONTH) -> Period:
    """The academic year that holds the day."""
    year = day.year if day.month >= first_month else day.year - 1
    return Period(dt.date(year, first_month, 1), dt.date(year + 1, first_month, 1), label_of(year))


def calendar_year(day: dt.date) -> Period:
    return Period(dt.date(day.year, 1, 1), dt.date(day.year + 1, 1, 1), str(day.year))


def period(label: str, first_month: int = FIRST_MONTH) -> Period:
    """The period of a label, `2025-26` or `2025`. Raises ValueError with the remedy."""
    if match := re.fullmatch(r"(\d{4})-(\d{2})", label):
        year = int(match[1])
        if (year + 1) % 100 == int(match[2]):
            return academic_year(dt.date(year, first_month, 1), first_month)
    elif re.fullmatch(r"\d{4}", label):
        return calendar_year(dt.date(int(label), 1, 1))
    raise ValueError(f"{label!r} is not a period; write 2025-26 for an academic year or 2025 for a calendar year")
