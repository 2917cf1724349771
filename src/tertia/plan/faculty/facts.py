"""What the faculty gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, DecimalField, Exists, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from tertia.core.facts.declare import Column, FactTable, InYear, declare_facts, declare_lived
from tertia.core.records.deeds import DEEDS
from tertia.plan.faculty.models import AssignmentLine, Ground, Placed, Post, ProfileVersion, Recognition, TrainingPart
from tertia.plan.faculty.vocabulary import functions

__all__ = ["ASSIGNMENT", "POST", "PROFILE", "RECOGNITION", "TRAINED"]

_HOURS: Any = DecimalField(max_digits=9, decimal_places=2)


def _signed(organisation: Any) -> Any:
    """Confirmed hours that count under a line: of its person, in its year, under its function (`delivery.py` says the same in Python)."""
    by_kind = Case(
        *(When(deed_sort__in=row["kinds"], then=Value(code)) for code, row in functions().items()),
        default=Value(""),
        output_field=CharField(),
    )
    placed = Placed.objects.filter(assignment=OuterRef(OuterRef("assignment_id")), record=OuterRef("deed_record")).values("function")[:1]
    whole: Any = Value(0, output_field=_HOURS)
    for source in DEEDS.values():
        rows = (
            source.rows(organisation)
            .filter(
                deed_person=OuterRef("assignment__person"), deed_day__gte=OuterRef("assignment__starts_on"),
                deed_day__lte=OuterRef("assignment__ends_on"), deed_signed__isnull=False,
            )
            .annotate(deed_function=Coalesce(Subquery(placed), by_kind))
            .filter(deed_function=OuterRef("function"))
            .values("deed_person")
            .annotate(deed_sum=Sum("deed_signed"))
            .values("deed_sum")
        )  # fmt: skip
        whole = whole + Coalesce(Subquery(rows, output_field=_HOURS), Value(0), output_field=_HOURS)
    return whole


def _lines(organisation: Any) -> Any:
    return AssignmentLine.objects.filter(assignment__organisation=organisation, stands=True).annotate(signed=_signed(organisation))


def _versions(organisation: Any) -> Any:
    return ProfileVersion.objects.filter(profile__owner=organisation)


def _recognitions(organisation: Any) -> Any:
    return Recognition.objects.filter(organisation=organisation)


def _trained(organisation: Any) -> Any:
    return TrainingPart.objects.filter(training__organisation=organisation, confirmed_on__isnull=False)


ASSIGNMENT = declare_facts(
    FactTable(
        "assignment", 1, "agreed lines", "One row for each line of a yearly assignment to which both sides agreed.", _lines,
        (
            Column("record", "int", "id of the line", "pk"), Column("day", "date", "first day of the academic year", "assignment__starts_on"),
            Column("unit", "text", "faculty or unit", "assignment__unit__slug", unit="units"), Column("person", "person", "keyed hash of the person", "assignment__person_id", unit="people"),
            Column("function", "text", "function of the third mission", unit="functions"), Column("hours", "decimal", "planned hours", unit="hours"),
            Column("hours_signed", "decimal", "hours of the year that were confirmed under the function", "signed", unit="hours"),
            Column("hours_counted", "decimal", "confirmed hours, at most the planned ones", Least(F("hours"), F("signed"), output_field=_HOURS), unit="hours"),
            Column("measure", "int", "id of the measure that it serves; empty where there is none", "measure_id", unit="measures"),
        ),
    )
)  # fmt: skip
#: the day on which the same person's next post begins, after this one has ended
_next = Post.objects.filter(person=OuterRef("person"), organisation=OuterRef("organisation"), starts_on__gt=OuterRef("ends_on")).order_by("starts_on", "pk").values("starts_on")[:1]  # fmt: skip
POST = declare_facts(
    FactTable(
        "post", 1, "posts", "One row for each post of staff and academic year in which it is held.", lambda organisation: Post.objects.filter(organisation=organisation),
        (
            Column("record", "int", "id of the post", "pk"), Column("day", "date", "first day in the year", "starts_on"), Column("person", "person", "keyed hash of the person", "person_id", unit="people"),
            Column("unit", "text", "faculty", "unit__slug", unit="units"), Column("position", "text", "position", unit="positions"),
            Column("rate", "decimal", "rate; 1 is a full post", unit="FTE"), Column("next_on", "date", "first day of the person's next post, after this one ended", Subquery(_next)),
            Column("replaced", "bool", "it ended within the year and another post of the person followed in the same year", InYear("next_on")),
        ),
        spans=("starts_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
PROFILE = declare_facts(
    FactTable(
        "profile", 1, "profiles", "One row for each approved version of a position profile and academic year in which it is in force.", _versions,
        (
            Column("record", "int", "id of the version", "pk"), Column("day", "date", "first day in the year", "approved_on"), Column("profile", "int", "id of the profile", "profile_id", unit="profiles"),
            Column("third_mission", "bool", "names functions of the third mission, each joined to kinds of work", "has_functions"),
            Column("unit", "text", "faculty; empty for a profile of the whole university", "profile__unit__slug", unit="units"),
        ),
        spans=("approved_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
RECOGNITION = declare_facts(
    FactTable(
        "recognition", 1, "decisions about staff", "One row for each recorded decision on promotion, contract, attestation or award.", _recognitions,
        (
            Column("record", "int", "id of the decision", "pk"), Column("day", "date", "day of the decision", "decided_on"), Column("kind", "text", "promotion, contract, attestation, award", unit="kinds"),
            Column("counted", "bool", "its grounds name confirmed work of the third mission", Exists(Ground.objects.filter(recognition=OuterRef("pk")))),
            Column("unit", "text", "unit of the person", "unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
TRAINED = declare_facts(
    FactTable(
        "trained", 1, "finished trainings", "One row for each confirmed training of a member of staff and academic year in which it counts.", _trained,
        (
            Column("record", "int", "id of the part", "pk"), Column("day", "date", "first day in the year", "training__ended_on"), Column("person", "person", "keyed hash of the person", "person_id", unit="people"),
            Column("hours", "decimal", "hours of the training", "training__hours", unit="hours"), Column("unit", "text", "unit of the person", "unit__slug", unit="units"),
        ),
        spans=("training__ended_on", "counts_until"), until_today=True, changes_with="year",
    )
)  # fmt: skip

declare_lived("S4", "profile", "approved", "retired")
declare_lived("S4", "profile-review", "closed")
