"""What memberships give to measuring: students and staff as denominators."""

from __future__ import annotations

from typing import Any

from tertia.core.facts.declare import Column, FactTable, declare_facts
from tertia.core.parties.models import Membership

__all__ = ["MEMBER"]


def _members(organisation: Any) -> Any:
    return Membership.objects.filter(organisation=organisation, standing__in=("student", "staff"))


MEMBER = declare_facts(
    FactTable(
        "member", 1, "memberships", "One row for each student or member of staff and academic year of membership.", _members,
        (
            Column("record", "int", "id of the membership", "pk"),
            Column("day", "date", "first day of membership within the year", "valid_from"),
            Column("person", "person", "keyed hash of the person", "person_id", unit="people"),
            Column("unit", "text", "faculty or unit", "unit__slug", unit="units"), Column("standing", "text", "student or staff"),
        ),
        spans=("valid_from", "valid_to"), until_today=True, changes_with="year",
    )
)  # fmt: skip
