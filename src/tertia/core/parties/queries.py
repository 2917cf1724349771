"""What is asked of organisations and people."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from tertia.core.parties.here import asked_host
from tertia.core.parties.models import Membership, Organisation, Person

__all__ = ["duties_of", "home_of", "ids_by_name", "managed_by", "members_of", "organisations", "own_here", "university_here", "workers_of"]


Rows = TypeVar("Rows", bound="QuerySet[Any]")


def organisations(*, kind: str = "") -> QuerySet[Organisation]:
    """All parties but units and classes; their names are public."""
    rows = Organisation.objects.exclude(kind__in=("unit", "class")).filter(merged_into=None).select_related("place")
    return (rows.filter(kind=kind) if kind else rows).order_by("-hosts", "slug")


def university_here() -> Organisation | None:
    """The university under whose name the site was asked for; else the one that keeps its records here, of several the first."""
    rows = Organisation.objects.filter(hosts=True).order_by("pk")
    asked = asked_host.get()
    return (rows.filter(host_name=asked).first() if asked else None) or rows.first()


def own_here(rows: Rows) -> Rows:
    """Of a list of records a university's own where the site was asked for under its name; elsewhere, and under a name of nobody, all."""
    asked = asked_host.get()
    own = Organisation.objects.filter(hosts=True, host_name=asked).first() if asked else None
    return rows.filter(owner=own) if own else rows


def managed_by(actor: Any) -> Organisation | None:
    """The university whose people this actor keeps."""
    return home_of(actor, "administrator", "office")


def home_of(actor: Any, *roles: str) -> Organisation | None:
    """The university in which this actor has one of the roles."""
    return Organisation.objects.filter(pk__in=actor.organisations(*roles), hosts=True).order_by("pk").first()


def members_of(organisation: Organisation, day: Any, text: str = "") -> QuerySet[Membership]:
    rows = Membership.objects.in_force(day).filter(organisation=organisation).select_related("person", "unit")
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(person__key=text))
    return rows.order_by("person__name", "pk")


def ids_by_name(rows: Any) -> dict[str, int]:
    """Organisations by slug and by name in every language, in small letters; of two with one name the last counts."""
    found: dict[str, int] = {}
    for one in rows:
        for text in (one.name, one.short_name):
            found.update({version[0].strip().lower(): one.pk for version in text.versions.values()})
        found[one.slug] = one.pk
    return found


def counts_of(organisation: Organisation, day: Any) -> dict[str, int]:
    rows = Membership.objects.in_force(day).filter(organisation=organisation).values_list("standing").annotate(n=Count("pk")).order_by()
    return dict(rows)


def workers_of(organisation: Organisation, day: Any) -> QuerySet[Person]:
    """People who may stand in for one another: those with a working role."""
    rows = Membership.objects.in_force(day).filter(organisation=organisation, role__in=("editor", "office", "leader", "administrator"))
    return Person.objects.filter(pk__in=rows.values("person")).order_by("name")


def duties_of(actor: Any, day: Any) -> list[Membership]:
    """In which duties the person works today."""
    if actor.person_id is None:
        return []
    return list(Membership.objects.in_force(day).filter(person=actor.person_id).select_related("organisation", "unit"))
