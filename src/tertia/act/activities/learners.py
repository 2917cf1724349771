"""Lists of adult learners: each line is read, and of each person a keyed hash is kept and nothing else. No Django.

A learner is known again by e-mail or telephone, else by name and year of birth, so that somebody who took three courses counts once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tertia.core.languages.fold import bare

__all__ = ["OLDER_FROM", "LearnerLine", "LineFault", "read_learners"]

#: the Silver University takes people from this age on
OLDER_FROM = 50
_MAIL, _PHONE, _YEAR = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), re.compile(r"[+\d][\d\s()-]{8,}"), re.compile(r"(19|20)\d\d")
_OWN_STAFF = {"staff", "сотрудник", "сотрудница", "персонал", "кызметкер", "kyzmetker", "қызметкер"}


@dataclass(frozen=True)
class LearnerLine:
    """`identity` tells people apart and leaves this program as a hash only; `days` that were attended; `older` None where no year was told."""

    line: int
    identity: str
    days: Decimal
    older: bool | None
    own_staff: bool


@dataclass(frozen=True)
class LineFault:
    """`code` is short, identity, year, days or twice."""

    line: int
    code: str
    said: str = ""


def read_learners(text: str, on: dt.date, course_days: Decimal) -> Iterator[LearnerLine | LineFault]:
    """Lines of "who; year of birth; days attended; staff", apart by semicolons or tabs, as they come out of a table.

    Who is an e-mail, a telephone or a name; a name needs the year of birth. Days may be missing: then the whole course was attended.
    """
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [c.strip() for c in re.split(r"[;\t]", line)]
        if not any(cells):
            continue
        who, year, days, role = (*cells, "", "", "", "")[:4]
        if year and not _YEAR.fullmatch(year) or year and not 0 < on.year - int(year) < 120:
            yield LineFault(number, "year", year)
            continue
        try:
            attended = Decimal(days.replace(",", ".")) if days else course_days
        except InvalidOperation:
            attended = Decimal(-1)
        if not attended.is_finite() or not 0 <= attended <= course_days:
            yield LineFault(number, "days", days)
            continue
        identity = _identity(who, year)
        if not identity:
            yield LineFault(number, "identity", who)
        elif identity in seen:
            yield LineFault(number, "twice", who)
        else:
            seen.add(identity)
            yield LearnerLine(number, identity, attended, on.year - int(year) >= OLDER_FROM if year else None, role.lower() in _OWN_STAFF)


def _identity(who: str, year: str) -> str:
    if _MAIL.fullmatch(who):
        return f"mail:{who.lower()}"
    if _PHONE.fullmatch(who):
        figures = re.sub(r"\D", "", who)
        return f"phone:{figures[-10:]}"
    name = bare(who)
    return f"name:{''.join(sorted(bare(part) for part in who.split()))}:{year}" if len(name) >= 4 and year else ""
