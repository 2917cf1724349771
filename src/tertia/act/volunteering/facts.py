"""What volunteering gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear, TruncDate

from tertia.act.volunteering.models import Consent, FreeChoice, Incident, SignUp
from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on

__all__ = ["FREE_CHOICE", "INCIDENT", "SIGN_UP"]


def _sign_ups(organisation: Any) -> Any:
    """Of lists that were closed; who stepped back has no row."""
    rows = SignUp.objects.filter(shift__opportunity__owner=organisation, waiting=False, came__isnull=False)
    return rows.annotate(born=_stamp("person__birth_date"), held=_stamp("shift__starts_at"))


def _stamp(day: str) -> Any:
    """A day as one number, 20261124, so that full years are compared by a subtraction in every database."""
    return ExtractYear(day) * 10_000 + ExtractMonth(day) * 100 + ExtractDay(day)


def _yes(condition: Any) -> Any:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


#: below the age of majority of the Law No. 42-VI, article 12, on the day of the shift
_MINOR = Q(born__gt=F("held") - 180_000)


def _papers() -> Any:
    """A minor with what the law asks: old enough to decide alone, or a parent has consented. Nothing of those of full age."""
    below = rule_on("volunteer.consent_below", clock.today())
    given = Consent.objects.filter(opportunity=OuterRef("shift__opportunity"), person=OuterRef("person"), given_at__isnull=False)
    return _yes(_MINOR & (Q(born__lte=F("held") - below * 10_000) | Exists(given)))


def _choices(organisation: Any) -> Any:
    return FreeChoice.objects.filter(opportunity__owner=organisation).annotate(answers=F("freely") + F("pressed"))


SIGN_UP = declare_facts(
    FactTable(
        "sign_up", 2, "sign-ups", "One row for each accepted sign-up of a shift whose list was closed. Who stepped back in time has none.", _sign_ups,
        (
            Column("record", "int", "id of the sign-up", "pk"), Column("day", "date", "day of the shift", TruncDate("shift__starts_at")),
            Column("unit", "text", "faculty or unit of the task", "shift__opportunity__unit__slug", unit="units"),
            Column("partner", "text", "host", "shift__opportunity__host__slug", unit="partners"),
            Column("partner_kind", "text", "kind of host", "shift__opportunity__host__kind", unit="kinds of partner"),
            Column("person", "person", "keyed hash of the person", "person_id", unit="people"), Column("came", "bool", "came"),
            Column("minor", "bool", "under 18 on the day of the shift", _yes(_MINOR)),
            Column("papers", "bool", "under 18, and a parent has consented where the law asks for it", _papers),
        ),
    )
)  # fmt: skip
FREE_CHOICE = declare_facts(
    FactTable(
        "free_choice", 1, "tasks", "One row for each task and academic year: the sum of answers, of nobody by name.", _choices,
        (
            Column("record", "int", "id of the sum", "pk"), Column("day", "date", "first day of the year", "since"),
            Column("unit", "text", "faculty or unit of the task", "opportunity__unit__slug", unit="units"),
            Column("freely", "int", "answers that it was a free choice", unit="people"), Column("answers", "int", "all answers", unit="people"),
        ),
    )
)  # fmt: skip
INCIDENT = declare_facts(
    FactTable(
        "incident", 1, "incidents", "One row for each report on safety; what happened and who reported it is not in it.", lambda owner: Incident.objects.filter(owner=owner),
        (
            Column("record", "int", "id of the report", "pk"), Column("day", "date", "day on which it happened", "happened_on"),
            Column("unit", "text", "faculty or unit of the task", "opportunity__unit__slug", unit="units"),
            Column("kind", "text", "injury, near-miss, conduct, pressure or other"), Column("closed", "bool", "dealt with", Q(closed_at__isnull=False)),
        ),
    )
)  # fmt: skip
