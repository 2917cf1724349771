"""What needs give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from tertia.core.facts.declare import Column, Days, FactTable, declare_facts
from tertia.core.records.models import Link, OwedAnswer
from tertia.listen.needs.models import Need

__all__ = ["NEED", "NEED_CLOSING"]

_first_answer = OwedAnswer.objects.filter(record=OuterRef("pk"), answered_on__isnull=False).order_by("answered_on", "pk")


def _needs(organisation: Any) -> Any:
    return Need.objects.filter(owner=organisation).exclude(state="withdrawn")


def _closed(organisation: Any) -> Any:
    return _needs(organisation).filter(closed_on__isnull=False)


NEED = declare_facts(
    FactTable(
        "need", 3, "needs", "One row for each need that was raised and not withdrawn.", _needs,
        (
            Column("record", "int", "id of the need", "pk"), Column("day", "date", "day on which it was raised", "raised_on"),
            Column("external", "bool", "raised from outside the university", ~Q(asker=Need.Asker.UNIT)), Column("state", "text", "state"),
            Column("taken_up", "bool", "a measure, an activity, a study, a conversation or a joint project is linked",
                   Exists(Link.objects.filter(relation__in=("serves", "answers", "studies", "discusses", "solves"), upper=OuterRef("pk")))),
            Column("closed_by_asker", "bool", "closed with the asker's consent"),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
            Column("answered_on", "date", "day of the first answer; empty while there is none", Subquery(_first_answer.values("answered_on")[:1])),
            Column("answer_days", "int", "days from raising the need to the first answer; empty while there is none", Days("day", "answered_on"), unit="days"),
        ),
    )
)  # fmt: skip
NEED_CLOSING = declare_facts(
    FactTable(
        "need_closing", 1, "needs", "One row for each need that was closed, on the day of closing.", _closed,
        (
            Column("record", "int", "id of the need", "pk"), Column("day", "date", "day of closing", "closed_on"),
            Column("confirmed", "bool", "the asker agreed that it is met", "closed_by_asker"),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
        ),
    )
)  # fmt: skip
