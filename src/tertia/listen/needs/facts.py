"""What needs give to measuring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.records.models import Link, OwedAnswer
from tertia.listen.needs.models import Need

__all__ = ["NEED"]


def _needs(organisation: Any) -> Iterator[dict[str, Any]]:
    linked = set(
        Link.objects.filter(relation__in=("serves", "answers"), upper__kind="need", upper__owner=organisation).values_list(
            "upper_id", flat=True
        )
    )
    first: dict[int, Any] = {}
    for owed in OwedAnswer.objects.filter(record__kind="need", record__owner=organisation, answered_on__isnull=False).order_by(
        "-answered_on"
    ):
        first[owed.record_id] = owed
    for row in (
        Need.objects.filter(owner=organisation).exclude(state="withdrawn").select_related("place").order_by("pk").iterator(chunk_size=2000)
    ):
        answer = first.get(row.pk)
        yield {
            "record": row.pk, "day": row.raised_on, "external": row.asker != Need.Asker.UNIT, "state": row.state,
            "taken_up": row.pk in linked, "closed_by_asker": row.closed_by_asker, "region": row.place.code if row.place else None,
            "answer_days": answer.answer_days if answer else None,
        }  # fmt: skip


NEED = declare_facts(
    FactTable(
        "need", 1, "One row for each need that was raised and not withdrawn.", _needs,
        (
            Column("record", "int", "id of the need"), Column("day", "date", "day on which it was raised"),
            Column("external", "bool", "raised from outside the university"), Column("state", "text", "state"),
            Column("taken_up", "bool", "a measure or an activity is linked"),
            Column("closed_by_asker", "bool", "closed with the asker's consent"), Column("region", "text", "ISO 3166-2 code"),
            Column("answer_days", "int", "days from asking to the first answer; empty while there is none"),
        ),
    )
)  # fmt: skip
