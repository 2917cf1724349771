"""What is asked of opportunities, shifts and sign-ups."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.utils.dateparse import parse_date

from tertia.act.volunteering import attendance
from tertia.act.volunteering.attendance import Presence, merge
from tertia.act.volunteering.models import Entry, FreeChoice, HostCheck, Opportunity, Shift, SignUp, Suspension
from tertia.act.volunteering.protection import Rules
from tertia.core.facts.expressions import Minute
from tertia.core.parties.models import Membership, Organisation
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.rules.queries import rules_on
from tertia.core.search.queries import search

__all__ = [
    "Filters", "asked_day", "checks_of", "choices_of", "coming_shifts", "days_of", "find", "helped_by", "here_now", "hosted_by", "mine", "of_day", "opportunity_for", "presence_of", "protection_rules",
    "runs", "shifts_taken", "standing_of", "suspended", "waiting_counts",
]  # fmt: skip

#: kilometres in a degree of latitude
_DEGREE = 111.32


@dataclass(frozen=True)
class Filters:
    """How the finder is narrowed; every part stands in the address."""

    text: str = ""
    place: str = ""
    days: int = 0
    language: str = ""
    skill: str = ""
    access: str = ""
    age: int | None = None
    free: bool = False
    near: tuple[float, float] | None = None

    @classmethod
    def of(cls, query: Any) -> Filters:
        """Read them from an address; what makes no sense is left out."""

        def whole(name: str, most: int) -> int:
            value = query.get(name, "")
            return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 and int(value) <= most else 0

        return cls(
            text=query.get("q", "").strip()[:100], place=query.get("place", "")[:40], days=whole("days", 366), language=query.get("language", "")[:2],
            skill=query.get("skill", "")[:30], access=query.get("access", "")[:30], age=whole("age", 120) or None, free=bool(query.get("free")),
            near=_point(query.get("near", "")),
        )  # fmt: skip

    def __bool__(self) -> bool:
        return self != Filters()


def _point(words: str) -> tuple[float, float] | None:
    try:
        latitude, longitude = (float(w) for w in words.split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def coming_shifts(now: dt.datetime) -> QuerySet[Shift]:
    return Shift.objects.filter(called_off=False, starts_at__gt=now)


def find(actor: Any, filters: Filters, *, now: dt.datetime | None = None) -> QuerySet[Opportunity]:
    """Open opportunities with a shift to come, the next one first (or the nearest first), each with `next_shift` and `next_at`."""
    now = now or clock.now()
    shifts = coming_shifts(now).filter(opportunity=OuterRef("pk"))
    if filters.days:
        shifts = shifts.filter(starts_at__lt=now + dt.timedelta(days=filters.days))
    if filters.free:
        shifts = shifts.filter(taken__lt=F("places"))
    barred = Suspension.objects.filter(owner=OuterRef("owner"), host=OuterRef("host"), lifted_on=None)
    rows: Any = (
        Opportunity.objects.visible_to(actor).filter(Exists(shifts), ~Exists(barred), state="open").select_related("host", "place", "owner")
    )
    if filters.place:
        rows = rows.filter(place__code=filters.place)
    for column, code in (("languages", filters.language), ("skills", filters.skill), ("access", filters.access)):
        if code:
            rows = rows.filter(**{f"{column}__contains": f" {code} "})
    if filters.age:
        rows = rows.filter(Q(min_age=None) | Q(min_age__lte=filters.age))
    if filters.text:
        rows = rows.filter(pk__in=[r.pk for r in search(actor, filters.text, kind="opportunity", limit=200)])
    rows = rows.annotate(
        next_shift=Subquery(shifts.order_by("starts_at", "pk").values("pk")[:1]), next_at=Subquery(shifts.order_by("starts_at", "pk").values("starts_at")[:1]),
    )  # fmt: skip
    if filters.near:
        rows = rows.exclude(latitude=None).annotate(distance=_distance(filters.near))
        return rows.order_by("distance", "next_at", "pk")
    return rows.order_by("next_at", "pk")


def _distance(near: tuple[float, float]) -> Any:
    """The square of the distance in kilometres, on a plane that touches the earth there: good for what one can travel to."""
    latitude, longitude = near
    east = (F("longitude") - Value(longitude)) * Value(_DEGREE * math.cos(math.radians(latitude)))
    north = (F("latitude") - Value(latitude)) * Value(_DEGREE)
    return ExpressionWrapper(east * east + north * north, output_field=FloatField())


def opportunity_for(actor: Any, slug: str) -> Opportunity | None:
    """The opportunity as this actor may see it; its host's own people and its author see it before it is public too."""
    hosts = actor.organisations("partner", "office", "leader", "editor")
    rows = Opportunity.objects.filter(slug=slug).select_related("owner", "host", "unit", "place", "responsible")
    visible = Opportunity.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return rows.filter(Exists(visible) | Q(host__in=hosts)).order_by("pk").first()


def runs(actor: Any, opportunity: Opportunity) -> bool:
    """Who plans the shifts and keeps the list: the office, the unit's people who wrote it, and the host."""
    return (
        actor.has(opportunity.owner_id, "editor", "office", "leader")
        or actor.has(opportunity.host_id, "partner", "office", "leader")
        or (actor.person_id is not None and actor.person_id in (opportunity.author_id, opportunity.responsible_id))
    )


def hosted_by(actor: Any) -> QuerySet[Opportunity]:
    """What the actor runs: for Today of a partner, a club or the office."""
    hosts = actor.organisations("partner", "office", "leader")
    mine = Q(author=actor.person_id) | Q(responsible=actor.person_id) if actor.person_id else Q(pk__in=[])
    return Opportunity.objects.filter(Q(host__in=hosts) | Q(owner__in=actor.organisations("editor", "office", "leader")) | mine).exclude(
        state="withdrawn"
    )


def days_of(opportunity: Opportunity, now: dt.datetime) -> list[dt.date]:
    """The days, where it takes place, on which there is a shift still to come. The database gives each quarter of an hour once."""
    zone = opportunity.zone
    quarters = (
        coming_shifts(now)
        .filter(opportunity=opportunity)
        .annotate(quarter=Minute("starts_at") / 15)
        .order_by()
        .values_list("quarter", flat=True)
    )
    return sorted({dt.datetime.fromtimestamp(quarter * 900, zone).date() for quarter in quarters.distinct()})


def asked_day(words: str) -> dt.date | None:
    """The day that an address or a form names, None for anything that is no day."""
    try:
        return parse_date(words)
    except ValueError:
        return None


def of_day(opportunity: Opportunity, day: dt.date) -> Q:
    """Shifts that begin on a day, as the wall clock has it where they take place."""
    begins, ends = (dt.datetime.combine(d, dt.time(), opportunity.zone) for d in (day, day + dt.timedelta(days=1)))
    return Q(starts_at__gte=begins, starts_at__lt=ends)


def waiting_counts(shifts: Iterable[Shift]) -> dict[int, int]:
    rows = SignUp.objects.filter(shift__in=[s.pk for s in shifts], waiting=True).values_list("shift").annotate(n=Count("pk")).order_by()
    return dict(rows)


def mine(person: Any) -> QuerySet[SignUp]:
    """A person's own sign-ups, called-off shifts included, the earliest first."""
    return (
        SignUp.objects.filter(person=person)
        .select_related("shift__opportunity__host", "shift__opportunity__place")
        .order_by("shift__starts_at", "pk")
    )


def shifts_taken(person: Any, around: Iterable[Shift]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Times that a person has promised near these shifts."""
    shifts = list(around)
    if not shifts:
        return []
    day = dt.timedelta(days=2)
    begins, ends = min(s.starts_at for s in shifts) - day, max(s.ends_at for s in shifts) + day
    rows = SignUp.objects.filter(
        person=person, waiting=False, shift__called_off=False, shift__starts_at__lt=ends, shift__ends_at__gt=begins
    )
    return list(rows.exclude(shift__in=shifts).values_list("shift__starts_at", "shift__ends_at"))


def protection_rules(day: dt.date, organisation: Any) -> Rules:
    found = rules_on("volunteer.", day, organisation)
    night = [dt.time.fromisoformat(t) for t in found["night"]]
    return Rules(
        adult_age=found["adult_age"], consent_below=found["consent_below"], forbidden_to_minors=frozenset(found["forbidden_to_minors"]),
        minors_at_night=found["minors_at_night"], night_from=night[0], night_to=night[1], rest_hours=found["rest_hours"], most_hours=found["most_hours"],
    )  # fmt: skip


def presence_of(shift: Shift) -> dict[int, Presence]:
    """Who was there, by person, merged from all entries of the shift."""
    rows = Entry.objects.filter(shift=shift).values_list("at", "key", "person_id", "kind")
    return merge(attendance.Entry(*row) for row in rows)


def standing_of(people: Iterable[int], shift: Shift) -> tuple[dict[int, Any], dict[int, str]]:
    """The unit and the standing (student, staff) that people have in the university on the day of the shift."""
    rows = Membership.objects.in_force(shift.local()[0].date()).filter(person__in=list(people), organisation=shift.opportunity.owner)
    units: dict[int, Any] = {}
    standings: dict[int, str] = {}
    for row in rows.select_related("unit").order_by("valid_from"):
        units[row.person_id] = row.unit or units.get(row.person_id)
        standings[row.person_id] = row.standing if row.standing != "other" else standings.get(row.person_id, "other")
    return units, standings


def here_now(shifts: Iterable[Shift]) -> dict[int, list[Presence]]:
    """Who is here now, by shift: came and has not left. One query."""
    entries: dict[int, list[attendance.Entry]] = {shift.pk: [] for shift in shifts}
    for shift, *row in Entry.objects.filter(shift__in=entries).values_list("shift", "at", "key", "person_id", "kind"):
        entries[shift].append(attendance.Entry(*row))
    return {pk: [p for p in merge(rows).values() if p.came and p.left is None] for pk, rows in entries.items()}


def helped_by(opportunity: Opportunity) -> list[Record]:
    """The measures and needs that the opportunity helps with."""
    return [link.upper for link in opportunity.links_up.filter(relation="helps-with").select_related("upper")]


def suspended(owner: Any, host: Any) -> bool:
    """Whether the university sends no volunteers to this host now."""
    return Suspension.objects.filter(owner=owner, host=host, lifted_on=None).exists()


def checks_of(owner: Any) -> list[dict[str, Any]]:
    """Every host that asks for volunteers here, with its last check and whether it is suspended. Constant queries."""
    hosts = list(Organisation.objects.filter(opportunities__owner=owner).distinct().order_by("slug"))
    last: dict[int, HostCheck] = {}
    for check in HostCheck.objects.filter(owner=owner, host__in=hosts).order_by("valid_to"):
        last[check.host_id] = check
    there = {s.host_id: s for s in Suspension.objects.filter(owner=owner, lifted_on=None)}
    return [{"host": h, "check": last.get(h.pk), "suspension": there.get(h.pk)} for h in hosts]


def choices_of(opportunities: Any, fewest: int) -> tuple[int, int] | None:
    """How many chose freely and how many answered; None while so few have answered that the answer could tell whose it is."""
    found = FreeChoice.objects.filter(opportunity__in=opportunities).aggregate(freely=Sum("freely"), pressed=Sum("pressed"))
    freely, answered = found["freely"] or 0, (found["freely"] or 0) + (found["pressed"] or 0)
    if answered < fewest or 0 < answered - freely < fewest or 0 < freely < fewest:
        return None
    return freely, answered
