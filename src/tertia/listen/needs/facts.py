"""What needs give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from tertia.core.facts.declare import Column, Days, FactTable, declare_facts, declare_lived
from tertia.core.records.models import Link, OwedAnswer
from tertia.listen.needs.models import Need

__all__ = ["NEED", "NEED_CLOSING", "URGENT_NEED"]

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


def _urgent(organisation: Any) -> Any:
    return _needs(organisation).exclude(state__in=("merged", "declined")).filter(urgent_on__isnull=False)


#: a plan is joint where the body that called it urgent has itself accepted to do its part
_plan = Link.objects.filter(relation="answers", upper=OuterRef("pk"), lower__kind="measure").exclude(lower__state="withdrawn")
_own_part = OwedAnswer.objects.filter(record=OuterRef("pk"), party=OuterRef("urgent_for"), state__in=("accepted", "partly", "done"))
URGENT_NEED = declare_facts(
    FactTable(
        "urgent_need", 1, "needs", "One row for each need that a public body marked as urgent and academic year in which it was open.", _urgent,
        (
            Column("record", "int", "id of the need", "pk"), Column("day", "date", "first day in the year", "urgent_on"),
            Column("body", "text", "the public body", "urgent_for__slug", unit="bodies"),
            Column("joint", "bool", "a measure answers it and the body itself has accepted to do its part", Exists(_plan) & Exists(_own_part)),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
        ),
        spans=("urgent_on", "closed_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
declare_lived("S6", "need", "closed", also=Exists(Need.objects.filter(pk=OuterRef("pk"), closed_by_asker=True)))
