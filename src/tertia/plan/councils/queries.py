"""What is asked of councils: who holds which seat, the order in force, who may vote now, what is empty, what came of those outside."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from tertia.core.languages.fold import bare
from tertia.core.records.models import Link
from tertia.plan.councils.composition import Held, Missing, SeatOn, composition, leaving, vacant
from tertia.plan.councils.models import Council, Decision, Interest, Invitation, Meeting, Motion, Order, Presence, Seat, Suggestion, Tenure
from tertia.plan.councils.quorum import needed
from tertia.plan.councils.vocabulary import OUTSIDE

__all__ = [
    "Outside", "SeatRow", "count_present", "count_seats", "councils_for", "decisions_for", "holders_on", "meetings_for", "my_invitations", "order_on", "outside_effect",
    "room_taken", "seats_of", "shortages", "standing_quorum",
]  # fmt: skip

#: days before the end of a term at which a seat is said to fall empty
LEAVES_WITHIN = 90


def councils_for(actor: Any) -> QuerySet[Council]:
    rows: Any = Council.objects.visible_to(actor).select_related("owner", "above", "unit", "responsible")
    return rows.annotate(held=Count("meetings", filter=Q(meetings__state__in=("closed", "approved")), distinct=True)).order_by(
        "state", "-starts_on", "pk"
    )


def meetings_for(actor: Any) -> QuerySet[Meeting]:
    """Meetings that the actor may see, and those to which the actor is invited."""
    rows: Any = Meeting.objects.select_related("owner", "council", "council__responsible", "council__owner", "unit", "responsible")
    seen = Q(pk__in=Meeting.objects.visible_to(actor).values("pk"))
    if actor.person_id:
        seen |= Exists(Invitation.objects.filter(meeting=OuterRef("pk"), person=actor.person_id).exclude(sent_at=None))
    return rows.filter(seen)


def decisions_for(actor: Any) -> QuerySet[Decision]:
    """Decisions that the actor may see, and those that the actor's bodies are to do."""
    rows: Any = Decision.objects.select_related("owner", "council", "meeting", "responsible", "body")
    seen = Q(pk__in=Decision.objects.visible_to(actor).values("pk"))
    bodies = actor.organisations("office", "leader", "editor", "partner")
    if bodies:
        seen |= Q(body__in=bodies)
    return rows.filter(seen)


def order_on(council: Any, day: dt.date | None) -> Order | None:
    """By what the council works on a day: the latest order that is in force by then."""
    rows = Order.objects.filter(council=council)
    return (rows.filter(valid_from__lte=day) if day else rows).order_by("-valid_from", "-pk").first()


def holders_on(council: Any, day: dt.date | None) -> QuerySet[Tenure]:
    """Who holds a seat on a day, in the order of seats."""
    rows: Any = Tenure.objects.filter(seat__council=council, starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    rows = rows.filter(Q(seat__closed_on=None) | Q(seat__closed_on__gt=day))
    return rows.select_related("seat", "person", "organisation").order_by("seat__position", "seat")


@dataclass
class SeatRow:
    """A seat with who holds it today, who held it, since when it is empty, and until when the holder stays."""

    seat: Seat
    holder: Tenure | None
    past: list[Tenure]
    empty: bool = False
    empty_since: dt.date | None = None
    leaves_on: dt.date | None = None


def _on(seats: list[Seat]) -> list[SeatOn]:
    return [SeatOn(s.pk, s.sector, tuple(Held(t.starts_on, t.ends_on) for t in s.tenures.all())) for s in seats]


def _open_seats(council: Any, day: dt.date) -> list[Seat]:
    rows = Seat.objects.filter(council=council).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    return list(rows.prefetch_related(Prefetch("tenures", Tenure.objects.select_related("organisation", "person"))))


def seats_of(council: Any, day: dt.date) -> list[SeatRow]:
    """All seats that are not closed. Two queries."""
    seats = _open_seats(council, day)
    known = _on(seats)
    empty, going = dict(vacant(known, day)), dict(leaving(known, day, LEAVES_WITHIN))
    found = []
    for seat in seats:
        holder = next((t for t in seat.tenures.all() if t.holds_on(day)), None)
        past = [t for t in seat.tenures.all() if t is not holder]
        found.append(SeatRow(seat, holder, past, seat.pk in empty, empty.get(seat.pk), going.get(seat.pk)))
    return found


def shortages(rows: list[SeatRow], order: Order | None, day: dt.date) -> list[Missing]:
    """Sides of which fewer or more sit here than the order wants, out of the seats of that day."""
    return composition(_on([row.seat for row in rows]), order.composition if order else {}, day)


def standing_quorum(council: Any, order: Order | None, day: dt.date) -> tuple[int, int | None]:
    """(filled seats with a vote, how many of them are a quorum)."""
    filled = holders_on(council, day).filter(seat__votes=True).count()
    return filled, needed(filled, order.quorum_share, order.quorum_strict) if order else None


def _may_vote(motion: Motion) -> QuerySet[Invitation]:
    """Seats that vote on a motion, without those who have an interest in its item."""
    interested = Interest.objects.filter(item=motion.item_id, ended_on=None).values("tenure")
    return Invitation.objects.filter(meeting=motion.item.meeting_id, votes=True).exclude(tenure__in=interested)


def count_seats(motion: Motion) -> int:
    """How many seats vote on a motion; one query."""
    return int(_may_vote(motion).count())


def count_present(motion: Motion) -> int:
    """How many of them are there now; one query."""
    return int(_may_vote(motion).filter(presences__isnull=False, presences__left_at=None).count())


def my_invitations(actor: Any, today: dt.date) -> QuerySet[Invitation]:
    """Invitations to meetings that are still to come or sit now."""
    rows: Any = Invitation.objects.filter(person=actor.person_id).exclude(sent_at=None) if actor.person_id else Invitation.objects.none()
    return (
        rows.filter(meeting__ends_on__gte=today, meeting__state__in=("called", "open"))
        .select_related("meeting__council")
        .order_by("meeting__starts_at", "pk")
    )


def room_taken(owner: Any, where: str, starts_at: dt.datetime, ends_at: dt.datetime, but: int | None = None) -> str:
    """The title of another meeting in the same room at that time, empty where there is none. A room is known by its folded name."""
    rows = (
        Meeting.objects.filter(owner=owner, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .exclude(pk=but)
        .exclude(state="withdrawn")
        .exclude(where="")
    )
    wanted = bare(where)
    return next((str(m.title) for m in rows if bare(m.where) == wanted), "")


@dataclass(frozen=True)
class Outside:
    """What those from outside did in a council within days: asked, said yes, came; suggested, was dealt with, adopted; what changed because of it."""

    invited: int
    accepted: int
    came: int
    people: int
    suggested: int
    decided: int
    adopted: int
    changes: int
    by_sector: dict[str, tuple[int, int, int]]


def outside_effect(council: Any, first: dt.date, last: dt.date) -> Outside:
    """Counted out of records, four queries."""
    rows = Invitation.objects.filter(
        meeting__council=council, meeting__starts_on__range=(first, last), meeting__state__in=("closed", "approved"), sector__in=OUTSIDE
    )
    rows = rows.exclude(sent_at=None).annotate(came=Exists(Presence.objects.filter(invitation=OuterRef("pk"))))
    sectors: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    people = set()
    for sector, answer, came, name, deputy in rows.values_list("sector", "answer", "came", "name", "deputy_name"):
        sectors[sector][0] += 1
        sectors[sector][1] += answer in ("accepted", "deputy")
        sectors[sector][2] += came
        if came:
            people.add(deputy if answer == "deputy" and deputy else name)
    told = Suggestion.objects.filter(council=council, made_on__range=(first, last), sector__in=OUTSIDE)
    states = dict(told.order_by().values_list("state").annotate(n=Count("pk")))
    adopted = states.get("adopted", 0) + states.get("partly", 0)
    decided = adopted + states.get("refused", 0)
    changes = Link.objects.filter(
        relation="changes",
        lower__as_decision__council=council,
        lower__as_decision__item__suggestion__sector__in=OUTSIDE,
        lower__starts_on__range=(first, last),
    ).count()
    by_sector = {k: (v[0], v[1], v[2]) for k, v in sectors.items()}
    return Outside(
        sum(v[0] for v in by_sector.values()), sum(v[1] for v in by_sector.values()), sum(v[2] for v in by_sector.values()), len(people), sum(states.values()),
        decided, adopted, changes, by_sector,
    )  # fmt: skip
