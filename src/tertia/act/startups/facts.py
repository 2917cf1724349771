"""What graduate start-ups give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import ExtractYear

from tertia.act.startups.models import YEARS, Startup
from tertia.core.facts.declare import Column, FactTable, declare_facts

__all__ = ["STARTUP"]


def _startups(organisation: Any) -> Any:
    return Startup.objects.filter(owner=organisation).exclude(state="withdrawn")


STARTUP = declare_facts(
    FactTable(
        "startup", 1, "firms", "One row for each graduate start-up, on the day on which it was registered.", _startups,
        (
            Column("record", "int", "id of the start-up", "pk"), Column("day", "date", "day of registration", "starts_on"),
            Column("unit", "text", "faculty or unit", "unit__slug", unit="units"),
            Column("within_two_years", "bool", "a founder graduated in the year of registration or in the two before it", Q(graduated_in__gte=ExtractYear("starts_on") - YEARS)),
            Column("helped", "bool", "the university helped it", ~Q(helped_with={})),
            Column("active", "bool", "it was found at work a year or more after it was registered", Q(active_on__isnull=False)),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
        ),
    )
)  # fmt: skip
