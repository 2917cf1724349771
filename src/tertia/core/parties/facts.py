"""What memberships give to measuring: students and staff as denominators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tertia.core.facts.declare import Column, FactTable, declare_facts, person_key
from tertia.core.parties.models import Membership
from tertia.core.periods.clock import today
from tertia.core.periods.years import academic_year

__all__ = ["MEMBER"]


def _members(organisation: Any) -> Iterator[dict[str, Any]]:
    rows = Membership.objects.filter(organisation=organisation, standing__in=("student", "staff")).select_related("unit")
    last = today()
    for row in rows.order_by("pk").iterator(chunk_size=5000):
        year = academic_year(row.valid_from)
        until = min(row.valid_to or last, last)
        while year.start <= until:
            yield {
                "record": row.pk, "day": max(row.valid_from, year.start), "person": person_key(organisation, row.person_id),
                "unit": row.unit.slug if row.unit else None, "standing": row.standing,
            }  # fmt: skip
            year = academic_year(year.end + dt.timedelta(days=1))


MEMBER = declare_facts(
    FactTable(
        "member", 1, "One row for each student or member of staff and academic year of membership.", _members,
        (
            Column("record", "int", "id of the membership"), Column("day", "date", "first day of membership within the year"),
            Column("person", "text", "keyed hash of the person"), Column("unit", "text", "faculty or unit"),
            Column("standing", "text", "student or staff"),
        ),
    )
)  # fmt: skip
