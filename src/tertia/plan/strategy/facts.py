"""What measures give to measuring: one row for each academic year in which a measure is in force."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from tertia.core.facts.declare import Column, FactTable, InYear, declare_facts, declare_lived
from tertia.core.records.models import Link
from tertia.plan.strategy.models import Measure

__all__ = ["MEASURE"]


def _measures(organisation: Any) -> Any:
    """What is only drafted in a strategy is no measure yet."""
    return Measure.objects.filter(owner=organisation, starts_on__isnull=False, visibility="public").exclude(state="withdrawn")


_CARRIED = Exists(Link.objects.filter(relation="carries-out", upper=OuterRef("pk")))
_READY = (Q(responsible__isnull=False) | Q(unit__isnull=False)) & Q(ends_on__isnull=False, budget__isnull=False)
MEASURE = declare_facts(
    FactTable(
        "measure", 3, "measures", "One row for each measure and academic year in which it is in force.", _measures,
        (
            Column("record", "int", "id of the measure", "pk"), Column("day", "date", "first day in force within the year", "starts_on"),
            Column("ends_on", "date", "deadline"), Column("unit", "text", "responsible unit", "unit__slug", unit="units"),
            Column("ready", "bool", "owner, deadline and budget are named", _READY),
            Column("due", "bool", "its deadline falls into the year", InYear("ends_on")), Column("done", "bool", "carried out", Q(state="done")),
            Column("with_activity", "bool", "an activity carries it out", _CARRIED),
            Column("done_in_time", "bool", "carried out on or before the deadline, and an activity proves it", Q(state="done", closed_on__lte=F("ends_on")) & Q(_CARRIED)),
        ),
        spans=("starts_on", Coalesce("ends_on", "starts_on")),
    )
)  # fmt: skip

declare_lived("S1", "strategy", "adopted", "superseded", "revising")
declare_lived("S1", "measure", "done")
