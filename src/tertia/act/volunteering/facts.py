"""What volunteering gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.db.models.functions import TruncDate

from tertia.act.volunteering.models import FreeChoice, Incident, SignUp
from tertia.core.facts.declare import Column, FactTable, declare_facts

__all__ = ["FREE_CHOICE", "INCIDENT", "SIGN_UP"]


def _sign_ups(organisation: Any) -> Any:
    """Of lists that were closed; who stepped back has no row."""
    return SignUp.objects.filter(shift__opportunity__owner=organisation, waiting=False, came__isnull=False)


def _choices(organisation: Any) -> Any:
    return FreeChoice.objects.filter(opportunity__owner=organisation).annotate(answers=F("freely") + F("pressed"))


SIGN_UP = declare_facts(
    FactTable(
        "sign_up", 1, "sign-ups", "One row for each accepted sign-up of a shift whose list was closed. Who stepped back in time has none.", _sign_ups,
        (
            Column("record", "int", "id of the sign-up", "pk"), Column("day", "date", "day of the shift", TruncDate("shift__starts_at")),
            Column("unit", "text", "faculty or unit of the task", "shift__opportunity__unit__slug", unit="units"),
            Column("partner", "text", "host", "shift__opportunity__host__slug", unit="partners"),
            Column("partner_kind", "text", "kind of host", "shift__opportunity__host__kind", unit="kinds of partner"),
            Column("person", "person", "keyed hash of the person", "person_id", unit="people"), Column("came", "bool", "came"),
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
