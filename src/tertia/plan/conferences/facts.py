"""What resolutions give to measuring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.records.models import OwedAnswer

__all__ = ["DISPATCH"]

ACCEPTED = ("accepted", "partly", "done")


def _dispatches(organisation: Any) -> Iterator[dict[str, Any]]:
    rows = OwedAnswer.objects.filter(record__kind="recommendation", record__owner=organisation, sent_on__isnull=False)
    for row in rows.select_related("party").order_by("pk").iterator(chunk_size=2000):
        yield {
            "record": row.record_id, "owed": row.pk, "day": row.sent_on, "party": row.party.slug, "party_kind": row.party.kind,
            "state": row.state, "answered": row.answered_on is not None, "accepted": row.state in ACCEPTED,
            "done": row.state == "done", "answer_days": row.answer_days,
        }  # fmt: skip


DISPATCH = declare_facts(
    FactTable(
        "dispatch", 1, "One row for each recommendation sent to one named body on a recorded day.", _dispatches,
        (
            Column("record", "int", "id of the recommendation"), Column("owed", "int", "id of the owed answer"),
            Column("day", "date", "day of sending"), Column("party", "text", "addressee"), Column("party_kind", "text", "kind of addressee"),
            Column("state", "text", "state of the answer"), Column("answered", "bool", "answered"),
            Column("accepted", "bool", "accepted, partly accepted or done"), Column("done", "bool", "done with evidence"),
            Column("answer_days", "int", "days from sending to the answer"),
        ),
    )
)  # fmt: skip
