"""What resolutions give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tertia.core.facts.declare import Column, Days, FactTable, declare_facts, declare_lived
from tertia.core.facts.expressions import YearsLater
from tertia.core.periods import clock
from tertia.core.records.models import OwedAnswer, OwedStep
from tertia.plan.conferences.models import Recommendation

__all__ = ["ACCEPTED_TWO_YEARS", "DISPATCH", "RECOMMENDATION"]

ACCEPTED = ("accepted", "partly", "done")


_adopted = Subquery(Recommendation.objects.filter(pk=OuterRef("record_id")).values("resolution__adopted_on")[:1])


def _dispatches(organisation: Any) -> Any:
    rows = OwedAnswer.objects.filter(record__kind="recommendation", record__owner=organisation)
    return rows.annotate(first_day=Coalesce("sent_on", _adopted)).filter(first_day__isnull=False)


def _recommendations(organisation: Any) -> Any:
    return Recommendation.objects.filter(owner=organisation, resolution__adopted_on__isnull=False)


def _passed() -> Q:
    """Terms that have passed on the day of the export."""
    return Q(due_on__lt=clock.today())


DISPATCH = declare_facts(
    FactTable(
        "dispatch", 2, "dispatches", "One row for each pair of a recommendation and a named body, on the day of sending, or of adoption until it is sent.",
        _dispatches,
        (
            Column("record", "int", "id of the recommendation", "record_id"), Column("owed", "int", "id of the owed answer", "pk"),
            Column("day", "date", "day of sending; until then the day of adoption", "first_day"),
            Column("party", "text", "addressee", "party__slug", unit="bodies"), Column("party_kind", "text", "kind of addressee", "party__kind", unit="kinds of body"),
            Column("state", "text", "state of the answer"), Column("sent", "bool", "sent on a recorded day", Q(sent_on__isnull=False)),
            Column("received", "bool", "receipt is on record, or it was answered", Q(received_on__isnull=False) | Q(answered_on__isnull=False)),
            Column("answered", "bool", "answered", Q(answered_on__isnull=False)), Column("accepted", "bool", "accepted, partly accepted or done", Q(state__in=ACCEPTED)),
            Column("done", "bool", "done with evidence", Q(state="done")),
            Column("term_passed", "bool", "the day by which an answer was owed has passed", _passed),
            Column("in_term", "bool", "answered by the day by which it was owed", Q(answered_on__isnull=False, due_on__isnull=False, answered_on__lte=F("due_on"))),
            Column("sent_on", "date", "day of sending"), Column("answered_on", "date", "day of the answer"),
            Column("answer_days", "int", "days from sending to the answer; empty while it is waited for", Days("sent_on", "answered_on"), unit="days"),
        ),
        changes_with="day",
    )
)  # fmt: skip
RECOMMENDATION = declare_facts(
    FactTable(
        "recommendation", 1, "recommendations", "One row for each recommendation of an adopted resolution.", _recommendations,
        (
            Column("record", "int", "id of the recommendation", "pk"), Column("day", "date", "day of adoption", "resolution__adopted_on"),
            Column("addressed", "bool", "at least one named body is asked", Exists(OwedAnswer.objects.filter(record=OuterRef("pk")))),
            Column("dated", "bool", "at least one body is asked by a date", Exists(OwedAnswer.objects.filter(record=OuterRef("pk"), due_on__isnull=False))),
        ),
    )
)  # fmt: skip


def _first(*steps: str) -> Any:
    """The first day on which one of these steps of an answer is on record."""
    return Subquery(OwedStep.objects.filter(owed=OuterRef("pk"), step__in=steps).order_by("on").values("on")[:1])


def _accepted_long_ago(organisation: Any) -> Any:
    rows = OwedAnswer.objects.filter(record__kind="recommendation", record__owner=organisation, state__in=ACCEPTED)
    rows = rows.annotate(said_on=Coalesce(_first(*ACCEPTED), "answered_on"), done_on=_first("done"))
    return rows.annotate(term=YearsLater("said_on", 2)).filter(term__lte=clock.today())


ACCEPTED_TWO_YEARS = declare_facts(
    FactTable(
        "accepted_recommendation", 1, "accepted recommendations",
        "One row for each recommendation that a body accepted at least two years ago, on the day on which the two years ended.", _accepted_long_ago,
        (
            Column("record", "int", "id of the recommendation", "record_id"), Column("owed", "int", "id of the owed answer", "pk"), Column("day", "date", "two years after it was accepted", "term"),
            Column("party", "text", "addressee", "party__slug", unit="bodies"), Column("party_kind", "text", "kind of addressee", "party__kind", unit="kinds of body"),
            Column("accepted_on", "date", "first day on which the body said so", "said_on"),
            Column("done", "bool", "carried out within the two years, as the body itself has said with words or evidence", Q(done_on__isnull=False, done_on__lte=F("term"))),
        ),
        changes_with="day",
    )
)  # fmt: skip

declare_lived("S10", "resolution", "adopted")
