"""When the reason for keeping somebody's personal fields has ended, and which of them have passed their term since.

The reason ends with the last membership of a person who has no account; the term of each field is what its model
declares. A field without a term lives as long as the account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from tertia.core.parties.erasure import empty_value, rows_about
from tertia.core.parties.models import Membership, Person

__all__ = ["forget_fields", "people_who_left"]


def people_who_left(today: dt.date) -> Iterator[tuple[Person, dt.date]]:
    """People without an account whose every membership has ended, with the day on which the last one did."""
    running = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), person=OuterRef("pk"))
    rows = Person.objects.filter(~Exists(running), account=None, erased_at=None).annotate(left=Max("memberships__valid_to"))
    for person in rows.exclude(left=None).order_by("pk").iterator(chunk_size=500):
        yield person, person.left


def forget_fields(person: Any, left: dt.date, today: dt.date) -> int:
    """Inside an action: empty every personal field whose term after leaving has passed. Returns how many were emptied."""
    count = 0
    for model, row in rows_about(person):
        changed = False
        for name, declared in model.personal.items():
            if declared.term_days is None or left + dt.timedelta(days=declared.term_days) >= today:
                continue
            value = declared.erased if declared.erased != "" else empty_value(model, name)
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed, count = True, count + 1
        if changed:
            row.save()
    return count
