"""What conversations give to measuring. Votes are secret: of who took part only what voices say of themselves is known, and told as numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.facts.expressions import YearsLater
from tertia.core.periods import clock
from tertia.core.records.models import Link, OwedAnswer
from tertia.listen.dialogue.models import Conversation, Picture, Statement, Voice

__all__ = ["CONVERSATION", "CONVERSATION_YEAR", "STATEMENT"]

_voices = Voice.objects.filter(conversation=OuterRef("pk"), aside="")
_said = Statement.objects.filter(conversation=OuterRef("pk"), seed=False, state__in=("open", "closed"))
_answers = OwedAnswer.objects.filter(record=OuterRef("pk"), state__in=("accepted", "partly", "done"))


def _number(rows: Any) -> Any:
    return Coalesce(Subquery(rows.order_by().values("conversation").annotate(n=Count("*")).values("n"), output_field=IntegerField()), 0)


def _closed(organisation: Any) -> Any:
    return Conversation.objects.filter(owner=organisation, state__in=("closed", "answered"), closed_on__isnull=False, source="")


def _statements(organisation: Any) -> Any:
    return Statement.objects.filter(
        conversation__in=_closed(organisation), state__in=("open", "closed")
    )  # fmt: skip


CONVERSATION = declare_facts(
    FactTable(
        "conversation", 2, "conversations", "One row for each conversation whose voting has ended; those brought in from elsewhere have none.", _closed,
        (
            Column("record", "int", "id of the conversation", "pk"), Column("day", "date", "day on which voting ended", "closed_on"),
            Column("published", "bool", "its result is public", Q(visibility="public") & Exists(Picture.objects.filter(conversation=OuterRef("pk")))),
            Column("said", "bool", "participants made statements of their own", Exists(_said)),
            Column("decided", "bool", "a body accepted what was said, or a measure answers it",
                   Exists(_answers) | Exists(Link.objects.filter(upper=OuterRef("pk"), relation="answers"))),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
            Column("voices", "int", "voices that took part and were not set aside", _number(_voices), unit="people"),
            Column("told_voices", "int", "of them, those that said where they speak from", _number(_voices.exclude(whence="")), unit="people"),
            Column("outside_voices", "int", "of them, those that speak from outside the university", _number(_voices.filter(whence="outside")), unit="people"),
        ),
    )
)  # fmt: skip
STATEMENT = declare_facts(
    FactTable(
        "statement", 1, "statements", "One row for each statement that was shown in a conversation whose voting has ended.", _statements,
        (
            Column("record", "int", "id of the statement", "pk"), Column("day", "date", "day on which voting ended", "conversation__closed_on"),
            Column("seed", "bool", "written by the hosts"),
            Column("shared", "bool", "in every group that is told of, more agree than disagree", Q(shared=True)),
            Column("taken", "bool", "it was taken up, wholly or in part", Q(became__in=("taken", "part"))),
        ),
    )
)  # fmt: skip


def _closed_a_year_ago(organisation: Any) -> Any:
    return _closed(organisation).annotate(term=YearsLater("closed_on", 1)).filter(term__lte=clock.today())


#: a body that can decide dealt with it: a decision with somebody who does it and a date, not a note
_decision = Link.objects.filter(
    upper=OuterRef("pk"), relation="decided-on", lower__kind="decision", lower__starts_on__lte=YearsLater(OuterRef("closed_on"), 1)
)
CONVERSATION_YEAR = declare_facts(
    FactTable(
        "conversation_year", 1, "conversations", "One row for each conversation that closed at least a year ago, on the day on which the year ended.", _closed_a_year_ago,
        (
            Column("record", "int", "id of the conversation", "pk"), Column("day", "date", "a year after voting ended", "term"), Column("closed_on", "date", "day on which voting ended"),
            Column("decided", "bool", "within that year a council decided on it", Exists(_decision.exclude(lower__state="dropped"))),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
        ),
        changes_with="day",
    )
)  # fmt: skip

declare_lived("S6", "conversation", "answered")
