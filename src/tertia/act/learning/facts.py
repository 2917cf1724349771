"""What study gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tertia.act.activities.models import Participation
from tertia.act.learning.models import Award, Outcome, PractitionerSession, Programme, Reflection, Tie
from tertia.core.facts.declare import Column, FactTable, declare_facts

__all__ = ["CREDIT", "PRACTITIONER", "PROGRAMME", "SERVICE"]


def _programmes(organisation: Any) -> Any:
    return Programme.objects.filter(owner=organisation).exclude(starts_on=None)


#: a course of the programme that is service learning and has an outcome reached by serving
_SERVES = Exists(Outcome.objects.filter(course__programmes=OuterRef("pk"), course__service=True, third_mission=True, withdrawn=False))


def _credits(organisation: Any) -> Any:
    return Award.objects.filter(owner=organisation, taken_back_at=None)


def _service(organisation: Any) -> Any:
    """Participations of students in a task that is tied to an outcome of a course in which they handed in a reflection."""
    handed_in = Reflection.objects.filter(person=OuterRef(OuterRef("person")), course=OuterRef("course"), handed_in_at__isnull=False)
    tied = Tie.objects.filter(opportunity__shifts__activity=OuterRef("sheet__activity"), outcomes__isnull=False).filter(Exists(handed_in))
    return Participation.objects.filter(Exists(tied), sheet__owner=organisation, role="student")


PROGRAMME = declare_facts(
    FactTable(
        "programme", 1, "programmes", "One row for each educational programme and academic year in which it runs.", _programmes,
        (
            Column("record", "int", "id of the programme", "pk"), Column("day", "date", "first day within the year", "starts_on"),
            Column("unit", "text", "faculty or unit", "unit__slug", unit="units"), Column("level", "text", "level of study"),
            Column("service", "bool", "has a course of service learning with an outcome reached by serving", _SERVES),
        ),
        spans=("starts_on", "ends_on"), until_today=True, changes_with="year",
    )
)  # fmt: skip
CREDIT = declare_facts(
    FactTable(
        "credit", 1, "awards", "One row for each award of credits for service that stands.", _credits,
        (
            Column("record", "int", "id of the award", "pk"), Column("day", "date", "day of the award", "on"),
            Column("unit", "text", "faculty or unit of the student", "unit__slug", unit="units"),
            Column("person", "person", "keyed hash of the student", "person_id", unit="people"), Column("scheme", "text", "rule by which it was awarded"),
            Column("in_course", "bool", "credits of a course", Q(course__isnull=False)), Column("hours", "decimal", "hours used", unit="hours"),
            Column("credits", "decimal", "credits", unit="credits"),
        ),
    )
)  # fmt: skip
SERVICE = declare_facts(
    FactTable(
        "service", 1, "participations", "One row for each student's part in a task tied to an outcome of a course, with a reflection handed in.", _service,
        (
            Column("record", "int", "id of the participation", "pk"), Column("day", "date", "day of the activity", "sheet__starts_on"),
            Column("unit", "text", "faculty or unit of the student", "unit__slug", unit="units"),
            Column("person", "person", "keyed hash of the student", "person_id", unit="people"),
            Column("hours", "decimal", "hours signed by the host; empty until then", "hours_signed", unit="hours"),
            Column("attested", "bool", "the host has signed", Q(hours_signed__isnull=False)),
        ),
    )
)  # fmt: skip


def _practitioners(organisation: Any) -> Any:
    return PractitionerSession.objects.filter(course__owner=organisation, course__programmes__isnull=False)


PRACTITIONER = declare_facts(
    FactTable(
        "practitioner_session", 1, "sessions", "One row for each session led by somebody from outside and programme to which its course belongs.", _practitioners,
        (
            Column("record", "int", "id of the session", "pk"), Column("day", "date", "day of the session", "held_on"),
            Column("programme", "int", "id of the programme", "course__programmes", unit="programmes"), Column("course", "int", "id of the course", "course_id", unit="courses"),
            Column("hours", "decimal", "hours of the session", unit="hours"), Column("partner", "text", "body of whoever led it", "organisation__slug", unit="partners"),
            Column("partner_kind", "text", "kind of that body", "organisation__kind", unit="kinds of partner"), Column("unit", "text", "faculty of the programme", "course__programmes__unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
