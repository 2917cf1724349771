"""What is asked of the faculty: who works where, which norms count, assignments as the reader may see them, their delivery, the load."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.periods.years import Period, period
from tertia.core.records.deeds import DEEDS, Deed, deeds_of
from tertia.core.records.models import Record
from tertia.plan.faculty import norms as pure
from tertia.plan.faculty.delivery import Delivery, Work, deliver
from tertia.plan.faculty.load import Carried, Load, load_of
from tertia.plan.faculty.models import Assignment, AssignmentLine, Norm, Post, ProfileVersion
from tertia.plan.faculty.policies import EVERYWHERE, units_led
from tertia.plan.faculty.vocabulary import WHOLE, YEAR, by_kind

__all__ = [
    "Done", "GroupLoad", "assignments_for", "done_of", "group_loads", "heads_of", "may_see_load", "norms_on", "people_without", "post_of", "posts_on", "profile_for", "standing_lines",
    "year_by_label",
]  # fmt: skip


def year_by_label(label: str, today: Period) -> Period:
    """The academic year of a label, else the present one."""
    try:
        found = period(label)
    except ValueError:
        return today
    return found if "-" in label else today


def posts_on(organisation: Any, since: dt.date, until: dt.date) -> QuerySet[Post]:
    """Posts held on any day from one (in) to another (out)."""
    rows: Any = Post.objects.filter(organisation=organisation, starts_on__lt=until).filter(Q(ends_on=None) | Q(ends_on__gte=since))
    return rows.select_related("person", "unit", "chair")


def post_of(person: Any, organisation: Any, year: Period) -> Post | None:
    """The post by which somebody is assigned in a year: of several the one with the highest rate, then the latest."""
    return posts_on(organisation, year.start, year.end).filter(person=person).order_by("-rate", "-starts_on", "-pk").first()


def norms_on(organisation: Any, day: dt.date) -> dict[str, pure.Norm]:
    def as_float(value: Any) -> float | None:
        return None if value is None else float(value)

    rows = Norm.objects.filter(organisation=organisation, valid_from__lte=day)
    return pure.in_force([pure.Norm(n.function, n.valid_from, as_float(n.each), as_float(n.fewest), as_float(n.most)) for n in rows], day)


def heads_of(assignment: Assignment, day: dt.date) -> list[Person]:
    """To whom an assignment goes on the side of the unit: its editors; where there is none, the leaders. Never the person itself."""
    rows = Membership.objects.in_force(day).filter(organisation=assignment.organisation_id).exclude(person=assignment.person_id)
    units = [u for u in (assignment.chair_id, assignment.unit_id) if u]
    for wanted in (Q(role="editor", unit__in=units), Q(role="editor", unit=None), Q(role="leader")):
        found = list(Person.objects.filter(pk__in=rows.filter(wanted).values("person")).order_by("pk"))
        if found:
            return found
    return []


def assignments_for(actor: Any) -> QuerySet[Assignment]:
    """Own ones and those of units that the actor leads, but no draft of the other side; agreed ones for the office."""
    rows: Any = Assignment.objects.select_related("person", "organisation", "unit", "chair", "head")
    if not actor.person_id:
        return rows.none()
    agreed = Q(agreed_on__isnull=False)
    seen = Q(person=actor.person_id) & (~Q(state="draft", turn="head") | agreed)
    for organisation in actor.organisations("leader", "editor"):
        led = units_led(actor, organisation)
        unit = Q() if led == EVERYWHERE else Q(unit__in=led) | Q(chair__in=led)
        seen |= Q(organisation=organisation) & unit & (~Q(state="draft", turn="person") | agreed)
    office = actor.organisations("office", "leader")
    if office:
        seen |= Q(organisation__in=office) & agreed
    return rows.filter(seen)


def standing_lines(assignment: Assignment) -> list[AssignmentLine]:
    return list(assignment.lines.filter(stands=True).select_related("measure"))


@dataclass
class Done:
    """An assignment's delivery with what is needed to show it: each record, and its deed."""

    delivery: Delivery
    records: dict[int, Record]
    deeds: dict[int, Deed] = field(default_factory=dict)


def done_of(assignment: Assignment) -> Done:
    """What stands against the agreed lines by now. A constant number of queries."""
    year = assignment.period
    deeds = deeds_of(assignment.organisation_id, [assignment.person_id], year.start, year.end)
    works = [Work(d.record, d.sort, d.claimed, d.signed) for d in deeds]
    planned = {line.function: float(line.hours) for line in assignment.lines.all() if line.stands}
    placed = dict(assignment.placed.values_list("record_id", "function"))
    records = Record.objects.select_related("owner").in_bulk({d.record for d in deeds})
    return Done(deliver(planned, works, placed, by_kind()), records, {d.record: d for d in deeds})


def signed_by_person(organisation: Any, year: Period) -> dict[int, float]:
    """Confirmed hours of each person in a year; one query for each room that declares deeds."""
    found: dict[int, float] = defaultdict(float)
    for source in DEEDS.values():
        rows = source.rows(organisation).filter(deed_day__gte=year.start, deed_day__lt=year.end, deed_signed__isnull=False)
        for person, hours in rows.values_list("deed_person").annotate(hours=Sum("deed_signed")):
            found[person] += float(hours)
    return found


@dataclass
class GroupLoad:
    """The load of one unit or chair. `unit` None: people whose post names none. `agreed`: of how many an assignment stands."""

    unit: int | None
    load: Load
    rows: list[Carried]
    agreed: int
    chairs: list[GroupLoad] = field(default_factory=list)


def may_see_load(actor: Any, organisation: Organisation) -> frozenset[int]:
    """Units whose load the actor may see by name; EVERYWHERE for the office and leaders, nothing for everybody else."""
    return EVERYWHERE if actor.has(organisation.pk, "office") else units_led(actor, organisation.pk)


def group_loads(organisation: Organisation, year: Period, units: frozenset[int], *, times: float) -> tuple[GroupLoad, list[GroupLoad]]:
    """The load of all that may be seen, and of each unit with its chairs. Five queries, however many people there are."""
    posts = Post.objects.filter(organisation=organisation, starts_on__lt=year.end).filter(Q(ends_on=None) | Q(ends_on__gte=year.start))
    if units != EVERYWHERE:
        posts = posts.filter(Q(unit__in=units) | Q(chair__in=units))
    planned: dict[int, tuple[float, float | None]] = {
        person: (float(hours), None if other is None else float(other))
        for person, hours, other in Assignment.objects.filter(organisation=organisation, starts_on=year.start, lines__stands=True)
        .order_by()
        .values_list("person", "other_hours")
        .annotate(hours=Sum("lines__hours"))
        .values_list("person", "hours", "other_hours")
    }
    signed = signed_by_person(organisation, year)
    norms = norms_on(organisation, year.start)
    limits = {"most": getattr(norms.get(WHOLE), "most", None), "year": getattr(norms.get(YEAR), "most", None), "times": times}
    where: dict[int, tuple[int | None, int | None]] = {}
    rates: dict[int, float] = defaultdict(float)
    for person, unit, chair, rate in posts.order_by("rate", "pk").values_list("person", "unit", "chair", "rate"):
        rates[person] += float(rate)
        where[person] = (unit, chair)  # the post with the highest rate is where somebody belongs
    carried = {
        p: Carried(p, rate, planned.get(p, (0.0, None))[0], signed.get(p, 0.0), planned.get(p, (0.0, None))[1]) for p, rate in rates.items()
    }
    groups: dict[int | None, dict[int | None, list[Carried]]] = defaultdict(lambda: defaultdict(list))
    for person, (unit, chair) in where.items():
        groups[unit][chair].append(carried[person])

    def grouped(unit: int | None, rows: list[Carried]) -> GroupLoad:
        return GroupLoad(unit, load_of(rows, **limits), rows, sum(r.person in planned for r in rows))

    found = []
    for unit, chairs in groups.items():
        one = grouped(unit, [r for rows in chairs.values() for r in rows])
        one.chairs = [grouped(chair, rows) for chair, rows in chairs.items() if chair is not None]
        found.append(one)
    return grouped(None, list(carried.values())), found


def profile_for(organisation: Any, position: str, unit: Any) -> ProfileVersion | None:
    """The profile in force for a position: the faculty's own, else the university's."""
    rows = ProfileVersion.objects.filter(profile__owner=organisation, profile__position=position, profile__state="approved")
    for wanted in (Q(profile__unit=unit) if unit else None, Q(profile__unit=None)):
        if wanted is not None and (found := rows.filter(wanted).select_related("profile").order_by("-number").first()):
            return found
    return None


def people_without(organisation: Any, year: Period, units: frozenset[int]) -> QuerySet[Person]:
    """Staff with a post in the year and no assignment of any kind yet."""
    posts = posts_on(organisation, year.start, year.end)
    if units != EVERYWHERE:
        posts = posts.filter(Q(unit__in=units) | Q(chair__in=units))
    mine = Assignment.objects.filter(person=OuterRef("pk"), organisation=organisation, starts_on=year.start)
    return Person.objects.filter(pk__in=posts.values("person")).exclude(Exists(mine)).order_by("name", "pk")
