"""What is asked of study and service: hours that are free, who served for a course, where the third mission stands in a programme."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from tertia.act.activities.models import Participation
from tertia.act.learning.credit_rules import Scheme
from tertia.act.learning.models import Assessment, Award, AwardPart, Course, Outcome, Programme, Reflection, Tie
from tertia.core.parties.models import Person
from tertia.core.periods.years import Period, academic_year, calendar_year

__all__ = [
    "KEEPERS",
    "Served",
    "courses_of",
    "free_hours",
    "programmes",
    "served_for",
    "served_with",
    "signed_hours",
    "teaches",
    "used_in_period",
    "where_it_stands",
]


#: who keeps the courses of a university, beside those who answer for one
KEEPERS = ("editor", "office", "leader", "administrator")


def _of_course(course: Course) -> Q:
    """Participations in shifts of opportunities that are tied to the course."""
    return Q(sheet__activity__shift__opportunity__in=Tie.objects.filter(course=course).values("opportunity"))


def signed_hours(person: Any) -> QuerySet[Participation]:
    """A person's hours that count: signed by the host, the earliest first."""
    return (
        Participation.objects.filter(person=person, hours_signed__gt=0)
        .select_related("sheet__activity__host")
        .order_by("sheet__starts_on", "pk")
    )


def free_hours(person: Any, *, course: Course | None = None, period: Period | None = None) -> list[tuple[int, Decimal]]:
    """Of each participation (id) the signed hours that no standing award has used, the earliest first."""
    rows = signed_hours(person)
    if course is not None:
        rows = rows.filter(_of_course(course))
    if period is not None:
        rows = rows.filter(sheet__starts_on__gte=period.start, sheet__starts_on__lt=period.end)
    used = dict(
        AwardPart.objects.filter(participation__in=rows.values("pk"), award__taken_back_at=None)
        .values_list("participation")
        .annotate(h=Sum("hours"))
        .order_by()
    )
    return [(row.pk, max((row.hours_signed or Decimal(0)) - used.get(row.pk, Decimal(0)), Decimal(0))) for row in rows]


def used_in_period(person: Any, scheme: Scheme, on: dt.date) -> tuple[Decimal, Decimal, Period | None]:
    """Hours and credits that the scheme has given this person in the period of its ceilings, and the period."""
    if not scheme.per:
        return Decimal(0), Decimal(0), None
    period = calendar_year(on) if scheme.per == "financial-year" else academic_year(on)
    rows = Award.objects.filter(person=person, scheme=scheme.name, taken_back_at=None, on__gte=period.start, on__lt=period.end)
    found = rows.aggregate(hours=Sum("hours"), credits=Sum("credits"))
    return found["hours"] or Decimal(0), found["credits"] or Decimal(0), period


def served_with(person: Any, course: Course) -> set[int]:
    """The hosts with whom a person served for a course."""
    rows = Participation.objects.filter(_of_course(course), person=person)
    return set(rows.values_list("sheet__activity__host", flat=True))


@dataclass(frozen=True)
class Served:
    """One student in a course of service: hours, what was thought of it, what was given for it."""

    person: Person
    claimed: Decimal
    signed: Decimal
    reflection: Reflection | None
    assessment: Assessment | None
    credits: Decimal


def served_for(course: Course) -> list[Served]:
    """Everybody who served for the course. Constant queries."""
    rows = (
        Participation.objects.filter(_of_course(course))
        .exclude(person=None)
        .values("person")
        .annotate(claimed=Sum("hours_claimed"), signed=Sum("hours_signed"))
        .order_by()
    )
    hours = {r["person"]: r for r in rows}
    reflections = {
        r.person_id: r for r in Reflection.objects.filter(course=course, handed_in_at__isnull=False).select_related("assessment")
    }
    given = dict(Award.objects.filter(course=course, taken_back_at=None).values_list("person").annotate(c=Sum("credits")).order_by())
    people = Person.objects.in_bulk({*hours, *reflections, *given})
    found = []
    for pk, person in sorted(people.items(), key=lambda pair: pair[1].name):
        row, reflection = hours.get(pk, {}), reflections.get(pk)
        found.append(
            Served(
                person, row.get("claimed") or Decimal(0), row.get("signed") or Decimal(0), reflection, getattr(reflection, "assessment", None),
                given.get(pk, Decimal(0)),
            )
        )  # fmt: skip
    return found


def teaches(actor: Any, course: Course) -> bool:
    """Whoever answers for the course, and who keeps courses of the university."""
    return actor.has(course.owner_id, *KEEPERS) or (actor.person_id is not None and actor.person_id == course.responsible_id)


def programmes(actor: Any) -> QuerySet[Programme]:
    """Programmes with how many courses they have, and how many of these serve society with an outcome."""
    serves = Q(courses__service=True, courses__outcomes__third_mission=True, courses__outcomes__withdrawn=False)
    rows: Any = Programme.objects.visible_to(actor).filter(state="running")
    return rows.annotate(
        course_count=Count("courses", distinct=True), service_count=Count("courses", filter=serves, distinct=True)
    ).order_by("code")


def courses_of(actor: Any) -> QuerySet[Course]:
    """Courses that the actor teaches or keeps."""
    if actor.person_id is None:
        return Course.objects.none()
    return Course.objects.filter(Q(responsible=actor.person_id) | Q(owner__in=actor.organisations("editor", "office", "leader"))).order_by(
        "code"
    )


def where_it_stands(programme: Programme) -> list[dict[str, Any]]:
    """Each course of a programme with its outcomes, those of the third mission marked, and whether somewhere one can serve for them."""
    tied = Tie.objects.filter(course=OuterRef("course"), outcomes=OuterRef("pk"))
    outcomes: dict[int, list[Outcome]] = {}
    courses = list(programme.courses.filter(state="running").order_by("code"))
    for outcome in Outcome.objects.filter(course__in=courses, withdrawn=False).annotate(served=Exists(tied)):
        outcomes.setdefault(outcome.course_id, []).append(outcome)
    return [{"course": c, "outcomes": outcomes.get(c.pk, []), "has": any(o.third_mission for o in outcomes.get(c.pk, []))} for c in courses]
