"""What partnerships give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from tertia.act.partnerships.models import Agreement, AgreementParty, Assessment
from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.records.models import Link

__all__ = ["AGREEMENT", "AGREEMENT_ACTIVITY", "ASSESSMENT"]


def _agreements(organisation: Any) -> Any:
    return Agreement.objects.filter(owner=organisation, state__in=("in-force", "ended"), starts_on__isnull=False)


def _under(organisation: Any) -> Any:
    return Link.objects.filter(relation="under", upper__owner=organisation, lower__as_activity__sheet__state="signed")


def _assessments(organisation: Any) -> Any:
    return Assessment.objects.filter(record__owner=organisation).exclude(party=F("record__owner"))


def _partner(column: str) -> Any:
    """The other side of the agreement; of several the first."""
    return Subquery(
        AgreementParty.objects.filter(agreement=OuterRef("pk")).exclude(organisation=OuterRef("owner")).order_by("pk").values(column)[:1]
    )


AGREEMENT = declare_facts(
    FactTable(
        "agreement", 1, "agreements", "One row for each agreement that all sides signed, and academic year in which it is in force.", _agreements,
        (
            Column("record", "int", "id of the agreement", "pk", unit="agreements"), Column("day", "date", "first day in force within the year", "starts_on"),
            Column("ends_on", "date", "last day; empty where it has none"), Column("form", "text", "kind of agreement"),
            Column("partner", "text", "the other side", _partner("organisation__slug"), unit="partners"),
            Column("partner_kind", "text", "kind of the other side", _partner("organisation__kind"), unit="kinds of partner"),
            Column("unit", "text", "unit that answers for it", "unit__slug", unit="units"),
        ),
        spans=("starts_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
AGREEMENT_ACTIVITY = declare_facts(
    FactTable(
        "agreement_activity", 1, "activities", "One row for each activity under an agreement whose hours the host has signed.", _under,
        (
            Column("record", "int", "id of the activity", "lower_id"), Column("day", "date", "day of the activity", "lower__starts_on"),
            Column("agreement", "int", "id of the agreement", "upper_id", unit="agreements"), Column("unit", "text", "unit that answers for the agreement", "upper__unit__slug", unit="units"),
            Column("in_force", "bool", "the agreement was in force on the day", Q(lower__starts_on__gte=F("upper__starts_on")) & (Q(upper__ends_on=None) | Q(lower__starts_on__lte=F("upper__ends_on")))),
        ),
    )
)  # fmt: skip
ASSESSMENT = declare_facts(
    FactTable(
        "assessment", 1, "assessments", "One row for each time that a partner was asked how working together went.", _assessments,
        (
            Column("record", "int", "id of the assessment", "pk"), Column("day", "date", "day of asking", "asked_on"),
            Column("partner", "text", "who was asked", "party__slug", unit="partners"), Column("partner_kind", "text", "kind of partner", "party__kind", unit="kinds of partner"),
            Column("answered", "bool", "the partner answered", Q(answered_on__isnull=False)),
            Column("benefit", "bool", "the partner says that it met the need, at least partly", Q(met__in=("yes", "partly"))),
            Column("again", "text", "whether the partner would do it again: yes, maybe, no; empty where not said"),
            Column("unit", "text", "unit of the record", "record__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip

declare_lived("S2", "agreement", "in-force", "ended")
