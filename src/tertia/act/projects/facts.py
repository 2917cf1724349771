"""What joint projects give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tertia.act.projects.models import Project, ProjectParty
from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.records.models import Link

__all__ = ["PROJECT"]


def _projects(organisation: Any) -> Any:
    return Project.objects.filter(owner=organisation).exclude(state__in=("proposed", "stopped"))


def _with(*kinds: str) -> Exists:
    return Exists(ProjectParty.objects.filter(project=OuterRef("pk"), organisation__kind__in=kinds, agreed_on__isnull=False))


PROJECT = declare_facts(
    FactTable(
        "project", 1, "projects", "One row for each joint project that all leaders agreed to, and academic year in which it runs.", _projects,
        (
            Column("record", "int", "id of the project", "pk"), Column("day", "date", "first day within the year", "starts_on"),
            Column("unit", "text", "unit that answers for it", "unit__slug", unit="units"),
            Column("for_need", "bool", "it works on a registered need", Exists(Link.objects.filter(relation="solves", lower=OuterRef("pk"), upper__kind="need"))),
            Column("with_government", "bool", "local government or a ministry is a party", _with("akimat", "ministry")),
            Column("with_business", "bool", "a business is a party", _with("business")),
            Column("confirmed", "bool", "those who asked confirmed the result", Q(state="confirmed")),
            Column("result", "bool", "a result was stated", Q(result_on__isnull=False)),
        ),
        spans=("starts_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip

declare_lived("S12", "project", "confirmed")
