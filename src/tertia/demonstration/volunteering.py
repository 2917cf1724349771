"""Invented tasks for volunteers, with who signed up, who waits, and one list of these days."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from typing import Any

from django.utils import timezone

from tertia.act.volunteering.actions import answer_choice, close_list, enter, offer_help_wanted, sign_up
from tertia.act.volunteering.actions.lists import Given
from tertia.act.volunteering.actions.plans import Plan, Times
from tertia.act.volunteering.models import Opportunity, Shift, SignUp
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load, text
from tertia.plan.strategy.models import Measure

__all__ = ["offer_volunteering"]


def offer_volunteering(cast: Cast, measures: dict[str, Measure], day: dt.date, seed: int, tell: Any) -> int:
    """Every task with its shifts around the day. The student whom one may be has a place, a list that was closed, and a question."""
    pick, made = random.Random(seed + 11), 0
    for row in load("opportunities")["opportunity"]:
        with clock.at(day - dt.timedelta(days=12), 9):
            opportunity = _offer(cast, row, measures, day)
        for shift, (_offset, _hour, _hours, _places, signed) in zip(opportunity.shifts.all(), sorted(row["shifts"])):
            _sign_up(cast, opportunity, shift, signed, day, pick)
            if shift.ends_at < timezone.make_aware(dt.datetime.combine(day, dt.time())):
                _held(cast, shift, pick)
        made += 1
    tell("help is wanted", made)
    return made


def _offer(cast: Cast, row: dict[str, Any], measures: dict[str, Measure], day: dt.date) -> Opportunity:
    latitude, longitude = row["point"]
    lists = {k: tuple(row.get(k, ())) for k in ("skills", "languages", "access", "risks")}
    plan = Plan(
        where=row["where"],
        place=cast.university.place,
        latitude=latitude,
        longitude=longitude,
        min_age=row.get("min_age"),
        contact="+7 700 000 00 00",
        **lists,
    )
    return offer_help_wanted(
        by=cast.actor("office", day), owner=cast.university, host=cast.bodies[row["host"]], unit=cast.units[row["unit"]], title=text(row),
        summary=text(row, "summary_"), plan=plan, shifts=[_times(day, *shift) for shift in sorted(row["shifts"])], helps_with=[measures[row["measure"]]],
        student_led=row.get("student_led", False), demonstration=True,
    )  # fmt: skip


def _times(day: dt.date, offset: int, hour: float, hours: float, places: int, _signed: int) -> Times:
    start = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=offset), dt.time())) + dt.timedelta(hours=hour)
    return Times(start, start + dt.timedelta(hours=hours), places)


def _sign_up(cast: Cast, opportunity: Opportunity, shift: Shift, signed: int, day: dt.date, pick: random.Random) -> None:
    student = cast.people["student"]
    people = pick.sample([s for s in cast.students if s.pk != student.pk], min(signed, len(cast.students) - 1))
    if opportunity.host.slug == "demonstration-school" and people:
        people[0] = student
    before = min(shift.local()[0].date(), day) - dt.timedelta(days=2)
    with clock.at(before, 18):
        for person in people:
            born = dt.date(day.year - pick.randint(18, 23), pick.randint(1, 12), 15)
            # with few students the same one is picked for two shifts at a time; the rules of rest let him take one
            with suppress(BadInput):
                sign_up(by=Actor.of(person, before), opportunity=opportunity, shifts=[shift], birth_date=born)


def _held(cast: Cast, shift: Shift, pick: random.Random) -> None:
    """A shift of days ago: all but one came, the list was closed, the host was asked; some answered whether they chose freely."""
    shift = Shift.objects.select_related("opportunity__owner", "opportunity__host").get(pk=shift.pk)
    starts, ends = shift.local()
    rows = list(SignUp.objects.filter(shift=shift, waiting=False).select_related("person"))
    here = [row for row in rows if row.person_id == cast.people["student"].pk] + [
        r for r in rows if r.person_id != cast.people["student"].pk
    ][:-1]
    office = cast.actor("office", starts.date())
    with clock.at(starts.date(), starts.hour):
        enter(by=office, shift=shift, entries=[Given(f"in-{row.person_id}", row.person_id, "in", clock.now()) for row in here])
    with clock.at(ends.date(), ends.hour, 5):
        enter(by=office, shift=shift, entries=[Given(f"out-{row.person_id}", row.person_id, "out", clock.now()) for row in here])
        close_list(by=office, shift=shift, on=ends.date())
        for row in here[1:]:
            row.refresh_from_db()
            answer_choice(by=Actor.of(row.person, ends.date()), sign_up=row, freely=pick.random() < 0.9)
