"""What measures give to measuring: one row for each academic year in which a measure is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.periods.years import academic_year
from tertia.core.records.models import Link
from tertia.plan.strategy.models import Measure

__all__ = ["MEASURE"]


def _measures(organisation: Any) -> Iterator[dict[str, Any]]:
    proven = set(Link.objects.filter(relation="carries-out", upper__owner=organisation).values_list("upper_id", flat=True))
    rows = Measure.objects.filter(owner=organisation).exclude(state="withdrawn").select_related("unit")
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        if row.starts_on is None:
            continue
        year = academic_year(row.starts_on)
        last = row.ends_on or row.starts_on
        while year.start <= last:
            yield {
                "record": row.pk, "day": max(row.starts_on, year.start), "unit": row.unit.slug if row.unit else None,
                "ready": row.is_ready, "due": row.ends_on is not None and row.ends_on in year, "done": row.state == "done",
                "with_activity": row.pk in proven,
            }  # fmt: skip
            year = academic_year(year.end + dt.timedelta(days=1))


MEASURE = declare_facts(
    FactTable(
        "measure", 1, "One row for each measure and academic year in which it is in force.", _measures,
        (
            Column("record", "int", "id of the measure"), Column("day", "date", "first day in force within the year"),
            Column("unit", "text", "responsible unit"), Column("ready", "bool", "owner, deadline and budget are named"),
            Column("due", "bool", "its deadline falls into the year"), Column("done", "bool", "carried out"),
            Column("with_activity", "bool", "an activity carries it out"),
        ),
    )
)  # fmt: skip
