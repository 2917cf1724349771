"""Months added to a day as the law counts terms: where the month has no such day, its last one (Civil Code of Kazakhstan, article 173)."""

from __future__ import annotations

import calendar
import datetime as dt

__all__ = ["add_months"]


def add_months(day: dt.date, months: int) -> dt.date:
    """29 February 2028 and 12 months give 28 February 2029; 48 months give 29 February 2032."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
