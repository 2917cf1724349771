"""Ties between organisations and units out of records: shared activities, agreements, joint projects; and problems tied to who works on them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from tertia.act.activities.models import Activity
from tertia.act.partnerships.models import AgreementParty
from tertia.act.projects.models import ProjectParty
from tertia.core.parties.models import Person
from tertia.core.records.models import Link

__all__ = ["Tie", "needs_of", "people_of", "ties_of"]

Tie = tuple[int, int, str]


def ties_of(owner: Any, first: dt.date | None = None, last: dt.date | None = None) -> Counter[Tie]:
    """(organisation, organisation, why) with how often, the smaller number first; within days, both included. Three queries.

    An activity ties its host to the unit that held it, or to the university. Of an agreement or a project all sides are tied.
    """
    found: Counter[Tie] = Counter()
    for a, b, many in _activities(owner, first, last):
        if a != b:
            found[min(a, b), max(a, b), "activity"] += many
    for why, rows in (("agreement", _agreements(owner, first, last)), ("project", _projects(owner, first, last))):
        for sides in _grouped(rows):
            for n, a in enumerate(sides):
                for b in sides[n + 1 :]:
                    found[min(a, b), max(a, b), why] += 1
    return found


def _held(owner: Any, first: dt.date | None, last: dt.date | None) -> Any:
    rows = Activity.objects.filter(owner=owner, state="held", host__isnull=False, host__merged_into=None)
    if first:
        rows = rows.filter(starts_on__gte=first)
    if last:
        rows = rows.filter(starts_on__lte=last)
    return rows


def _activities(owner: Any, first: dt.date | None, last: dt.date | None) -> Iterator[tuple[int, int, int]]:
    rows = _held(owner, first, last)
    for host, unit, many in rows.order_by().values_list("host", "unit").annotate(n=Count("pk")):
        yield host, unit or owner.pk, many


def _agreements(owner: Any, first: dt.date | None, last: dt.date | None) -> Any:
    rows = AgreementParty.objects.filter(agreement__owner=owner, agreement__state__in=("in-force", "ended"))
    if last:
        rows = rows.filter(agreement__starts_on__lte=last)
    if first:
        rows = rows.filter(Q(agreement__ends_on=None) | Q(agreement__ends_on__gte=first))
    return rows.order_by("agreement", "organisation").values_list("agreement", "organisation")


def _projects(owner: Any, first: dt.date | None, last: dt.date | None) -> Any:
    rows = ProjectParty.objects.filter(project__owner=owner, agreed_on__isnull=False).exclude(project__state__in=("proposed", "stopped"))
    if last:
        rows = rows.filter(project__starts_on__lte=last)
    if first:
        rows = rows.filter(Q(project__ends_on=None) | Q(project__ends_on__gte=first))
    return rows.order_by("project", "organisation").values_list("project", "organisation")


def _grouped(rows: Any) -> Iterator[list[int]]:
    held: list[int] = []
    present = None
    for key, side in rows:
        if key != present and held:
            yield held
            held = []
        present = key
        held.append(side)
    if held:
        yield held


def people_of(owner: Any, first: dt.date | None = None, last: dt.date | None = None) -> Counter[Tie]:
    """(minus the person, organisation, why): who of the university answers for activities with a host, agreements and projects, and with which partner.

    Who wrote a record answers for it where nobody else does. The minus keeps numbers of people and of organisations apart in one network. Four queries.
    """
    found: Counter[Tie] = Counter()
    for why, rows, record, side in (
        ("activity", _held(owner, first, last), "", "host"),
        ("agreement", _agreements(owner, first, last), "agreement__", "organisation"),
        ("project", _projects(owner, first, last), "project__", "organisation"),
    ):
        outside = rows.exclude(**{side: owner}).exclude(**{f"{side}__parent": owner}).order_by()
        answers = outside.annotate(person=Coalesce(f"{record}responsible", f"{record}author")).filter(person__isnull=False)
        for person, partner, many in answers.values_list("person", side).annotate(n=Count("pk")):
            found[-person, partner, why] += many
    there = {-person for person, _side, _why in found}
    here = set(Person.objects.filter(Q(home=owner) | Q(memberships__organisation=owner), pk__in=there).values_list("pk", flat=True))
    return Counter({tie: many for tie, many in found.items() if -tie[0] in here})


def needs_of(owner: Any, first: dt.date | None = None, last: dt.date | None = None) -> Counter[tuple[int, int]]:
    """(need, organisation) with how many activities of that host serve the need."""
    rows = Link.objects.filter(relation="serves", upper__kind="need", lower__owner=owner, lower__as_activity__host__isnull=False)
    if first:
        rows = rows.filter(lower__starts_on__gte=first)
    if last:
        rows = rows.filter(lower__starts_on__lte=last)
    return Counter(
        {(need, host): n for need, host, n in rows.order_by().values_list("upper", "lower__as_activity__host").annotate(n=Count("pk"))}
    )
