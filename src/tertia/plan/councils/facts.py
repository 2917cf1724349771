"""What councils give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.periods import clock
from tertia.core.records.models import Link
from tertia.plan.councils.models import Decision, Invitation, Meeting, Presence, Suggestion, Tenure
from tertia.plan.councils.vocabulary import OUTSIDE

__all__ = ["COUNCIL_DECISION", "COUNCIL_INVITATION", "COUNCIL_MEETING", "COUNCIL_MEMBER", "COUNCIL_SUGGESTION", "PROGRAMME_REVIEW"]

HELD = ("closed", "approved")
ADOPTED, DECIDED = ("adopted", "partly"), ("adopted", "partly", "refused")


def _there(meeting: str, *sectors: str) -> Any:
    """Whether somebody of these sides came to a meeting."""
    return Exists(Presence.objects.filter(invitation__meeting=OuterRef(meeting), invitation__sector__in=sectors))


def _meetings(organisation: Any) -> Any:
    return Meeting.objects.filter(owner=organisation, state__in=HELD)


def _invitations(organisation: Any) -> Any:
    return Invitation.objects.filter(meeting__owner=organisation, meeting__state__in=HELD, sector__in=OUTSIDE, sent_at__isnull=False)


def _suggestions(organisation: Any) -> Any:
    """What those from outside suggested; what was declined before any meeting counts as not decided by one."""
    return Suggestion.objects.filter(council__owner=organisation, sector__in=OUTSIDE)


def _decisions(organisation: Any) -> Any:
    return Decision.objects.filter(owner=organisation, at_once=False, due_on__lt=clock.today())


def _members(organisation: Any) -> Any:
    return Tenure.objects.filter(seat__council__owner=organisation, seat__sector__in=OUTSIDE)


def _changes(organisation: Any) -> Any:
    return Link.objects.filter(relation="changes", lower__owner=organisation, upper__kind="programme")


#: somebody who holds two seats, or one again, is one person: the first tenure of the name in that body stands for him
_same = Tenure.objects.filter(name=OuterRef("name"), organisation=OuterRef("organisation")).order_by("pk").values("pk")[:1]

COUNCIL_MEETING = declare_facts(
    FactTable(
        "council_meeting", 1, "meetings", "One row for each meeting of a council that was held.", _meetings,
        (
            Column("record", "int", "id of the meeting", "pk"), Column("day", "date", "day of the meeting", "starts_on"), Column("council", "text", "council", "council__slug", unit="councils"),
            Column("outsiders", "bool", "at least one person from outside was there", _there("pk", *OUTSIDE)),
            Column("labour", "bool", "the labour market was there", _there("pk", "employer")), Column("government", "bool", "state or local government was there", _there("pk", "state", "local")),
            Column("unit", "text", "unit that keeps the council", "unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
COUNCIL_INVITATION = declare_facts(
    FactTable(
        "council_invitation", 1, "invitations", "One row for each invitation of somebody from outside to a meeting that was held.", _invitations,
        (
            Column("record", "int", "id of the invitation", "pk"), Column("day", "date", "day of the meeting", "meeting__starts_on"),
            Column("council", "text", "council", "meeting__council__slug", unit="councils"), Column("sector", "text", "on whose side", unit="sides"),
            Column("accepted", "bool", "whoever was invited said yes, or sent a deputy", Q(answer__in=("accepted", "deputy"))),
            Column("came", "bool", "the member or the deputy was there", Exists(Presence.objects.filter(invitation=OuterRef("pk")))),
            Column("unit", "text", "unit that keeps the council", "meeting__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
COUNCIL_SUGGESTION = declare_facts(
    FactTable(
        "council_suggestion", 1, "suggestions", "One row for each suggestion of somebody from outside to a council.", _suggestions,
        (
            Column("record", "int", "id of the suggestion", "pk"), Column("day", "date", "day of suggesting", "made_on"), Column("council", "text", "council", "council__slug", unit="councils"),
            Column("sector", "text", "on whose side", unit="sides"), Column("decided", "bool", "a meeting decided on it, with a reason", Q(state__in=DECIDED)),
            Column("adopted", "bool", "adopted in full or in part", Q(state__in=ADOPTED)), Column("unit", "text", "unit that keeps the council", "council__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
COUNCIL_DECISION = declare_facts(
    FactTable(
        "council_decision", 1, "decisions", "One row for each decision of a council whose date has passed.", _decisions,
        (
            Column("record", "int", "id of the decision", "pk"), Column("day", "date", "by when it was to be done", "due_on"), Column("council", "text", "council", "council__slug", unit="councils"),
            Column("on_time", "bool", "done by that day", Q(state="done", done_on__isnull=False, done_on__lte=F("due_on"))),
            Column("done", "bool", "done by now", Q(state="done")), Column("unit", "text", "unit that keeps the council", "unit__slug", unit="units"),
        ),
        changes_with="day",
    )
)  # fmt: skip
COUNCIL_MEMBER = declare_facts(
    FactTable(
        "council_member", 1, "seats", "One row for each seat from outside and academic year in which somebody holds it.", _members,
        (
            Column("record", "int", "id of the tenure", "pk"), Column("day", "date", "first day in the year", "starts_on"), Column("ends_on", "date", "last day; empty where there is none"),
            Column("council", "text", "council", "seat__council__slug", unit="councils"), Column("sector", "text", "on whose side", "seat__sector", unit="sides"),
            Column("member", "int", "the person: the first tenure of the same name in the same body", Subquery(_same), unit="people"),
        ),
        spans=("starts_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
PROGRAMME_REVIEW = declare_facts(
    FactTable(
        "programme_review", 1, "changes of programmes", "One row for each decision of a council that created, reviewed or changed a programme.", _changes,
        (
            Column("record", "int", "id of the link", "pk"), Column("day", "date", "day of the decision", "lower__starts_on"),
            Column("programme", "int", "id of the programme", "upper_id", unit="programmes"),
            Column("outside", "bool", "somebody from outside was there, or had suggested it", Q(_there("lower__as_decision__meeting", *OUTSIDE)) | Q(lower__as_decision__item__suggestion__sector__in=OUTSIDE)),
            Column("unit", "text", "unit that keeps the council", "lower__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip

declare_lived("S7", "meeting", "approved")
