"""What people of a university did for which a record stands as proof: a room declares it, so that duties can be held against it.

A duty of the faculty is planned in one stage and done in another; neither imports the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["DEEDS", "Deed", "Deeds", "declare_deeds", "deeds_of"]

#: the columns that the rows of each room carry
COLUMNS = ("deed_person", "deed_record", "deed_day", "deed_sort", "deed_claimed", "deed_signed", "deed_host")


@dataclass(frozen=True)
class Deeds:
    """`rows(organisation)` gives a query with the columns of COLUMNS: person, record, day, what kind of work it is (a code,
    `""` where nobody said it), hours claimed, hours that the other side signed (empty until then), name of who can sign.
    """

    name: str
    rows: Callable[[Any], Any]


@dataclass(frozen=True)
class Deed:
    """One person's part in one record; `signed` is None until somebody else has confirmed it. Hours are hours, not minutes."""

    person: int
    record: int
    day: dt.date
    sort: str
    claimed: float
    signed: float | None
    host: Any = None


DEEDS: dict[str, Deeds] = {}


def declare_deeds(deeds: Deeds) -> Deeds:
    if deeds.name in DEEDS:
        raise ValueError(f"two sources of deeds are called {deeds.name}")
    DEEDS[deeds.name] = deeds
    return deeds


def deeds_of(organisation: Any, people: Any, since: dt.date, until: dt.date) -> list[Deed]:
    """What these people did from a day (in) to a day (out), earliest first. One query for each room that declares deeds."""
    found = []
    for source in DEEDS.values():
        rows = source.rows(organisation).filter(deed_person__in=people, deed_day__gte=since, deed_day__lt=until)
        for person, record, day, sort, claimed, signed, host in rows.values_list(*COLUMNS):
            found.append(Deed(person, record, day, sort, float(claimed), None if signed is None else float(signed), host))
    return sorted(found, key=lambda d: (d.day, d.record, d.person))
