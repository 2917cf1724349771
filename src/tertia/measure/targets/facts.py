"""What targets give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.parties.models import Membership
from tertia.measure.targets.models import Target

__all__ = ["TARGET"]


def _targets(organisation: Any) -> Any:
    return Target.objects.filter(owner=organisation).exclude(state="withdrawn")


TARGET = declare_facts(
    FactTable(
        "target", 1, "targets", "One row for each target of the university or of a unit; its day is the first of its period.", _targets,
        (
            Column("record", "int", "id of the target", "pk"), Column("day", "date", "first day of its period", "starts_on"),
            Column("unit", "text", "the unit that it is for; empty for the whole university", "unit__slug", unit="units"),
            Column("indicator", "text", "short name of the indicator", "indicator__catalogue_id", unit="indicators"),
            Column("approved", "bool", "a leader approved it", Q(state="approved")),
            Column("teaching", "bool", "students belong to the unit", Exists(Membership.objects.filter(standing="student", unit=OuterRef("unit")))),
        ),
    )
)  # fmt: skip

declare_lived("S3", "target", "approved")
