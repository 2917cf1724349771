"""What measuring gives to measuring: which rows of the mission were lived, and how published figures stand up to being made again."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, TruncDate

from tertia.core.facts.declare import LIVED, Column, FactTable, Lived, declare_facts
from tertia.core.records.models import Record
from tertia.measure.indicators.models import Closing

__all__ = ["CLOSING", "LIVED_ROW", "PUBLISHED"]


def _holds(lived: Lived) -> Q:
    found = Q(kind=lived.kind, state__in=lived.states)
    return found if lived.also is None else found & Q(lived.also)


def _row() -> Case:
    return Case(*(When(_holds(lived), then=Value(lived.row)) for lived in LIVED), output_field=TextField())


def _lived(organisation: Any) -> Any:
    kinds = {lived.kind for lived in LIVED}
    return Record.objects.filter(owner=organisation, kind__in=kinds).annotate(lived_row=_row()).filter(lived_row__isnull=False)


LIVED_ROW = declare_facts(
    FactTable(
        "lived", 1, "records", "One row for each record that somebody other than its author confirmed, with the one row of the mission that it stands for.", _lived,
        (
            Column("record", "int", "id of the record", "pk"),
            Column("day", "date", "day on which it began; of what has none, the day on which it was written down", Coalesce(F("starts_on"), TruncDate("created_at"))),
            Column("row", "text", "row of the mission, S1 to S12", "lived_row"), Column("kind", "text", "kind of record"),
            Column("unit", "text", "faculty or unit", "unit__slug", unit="units"),
        ),
    )
)  # fmt: skip


def _closings(organisation: Any) -> Any:
    return Closing.objects.filter(owner=organisation)


def _first(organisation: Any) -> Any:
    return _closings(organisation).filter(number=1)


_LATER = Closing.objects.filter(owner=OuterRef("owner"), period=OuterRef("period"), number__gt=OuterRef("number"))
CLOSING = declare_facts(
    FactTable(
        "closing", 1, "closings", "One row for each version of a closed period, on the day on which it was published.", _closings,
        (
            Column("record", "int", "id of the version", "pk"), Column("day", "date", "day of publishing", TruncDate("closed_at")),
            Column("period", "text", "the closed period"), Column("number", "int", "number of the version"),
            Column("latest", "bool", "no later version has replaced it", ~Exists(_LATER)),
            Column("figures", "int", "published figures that have a value", unit="figures"),
            Column("same", "int", "of them, those that the records of today and the rule named give again", F("figures") - F("differing"), unit="figures"),
            Column("restated", "int", "of them, those that differ from the version before, with the reason that is told there", unit="figures"),
        ),
    )
)  # fmt: skip
PUBLISHED = declare_facts(
    FactTable(
        "published", 1, "closings", "One row for each closed period and academic year since its figures were published.", _first,
        (
            Column("record", "int", "id of the first version", "pk"), Column("day", "date", "first day in the year", TruncDate("closed_at")),
            Column("period", "text", "the closed period"), Column("figures", "int", "published figures that have a value", unit="figures"),
        ),
        spans=(TruncDate("closed_at"), Value(None, DateField())), until_today=True, changes_with="year",
    )
)  # fmt: skip
