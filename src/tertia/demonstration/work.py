"""Invented measures, activities, hours with their signatures, and needs with their answers."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tertia.act.activities.actions import Details, ask_host, attest_hours, claim_hours, dispute_sheet, say_benefit, write_activity
from tertia.act.activities.models import HoursSheet
from tertia.core.actions.actor import Actor
from tertia.core.periods import clock
from tertia.core.periods.years import Period, academic_year
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.listen.needs.actions import answer_need, ask_for_answer, raise_need
from tertia.listen.needs.desk_actions import publish_need
from tertia.listen.needs.models import Need
from tertia.listen.needs.urgent import mark_urgent
from tertia.plan.conferences.models import Resolution
from tertia.plan.strategy.actions import move_measure, plan_measure
from tertia.plan.strategy.models import Measure

__all__ = ["act", "listen", "plan"]


def plan(cast: Cast, resolution: Resolution, day: dt.date) -> dict[str, Measure]:
    """Measures that answer the recommendations of 2019. No measure answers number 8: a gap that the thread shows."""
    this_year = academic_year(day)
    recommendations = {r.number: r for r in resolution.recommendations.all()}
    made = {}
    for row in load("measures")["measure"]:
        start = dt.date(this_year.start.year + row["year"], 9, 1)
        end = dt.date(start.year + row["years"], 8, 31)
        with clock.at(start):
            office = cast.actor("office", start)
            measure = plan_measure(
                by=office, owner=cast.university, title=text(row), summary=text(row, "summary_") if "summary_en" in row else None,
                number=row["number"], unit=cast.units[row["unit"]], starts_on=start, ends_on=end, target=row.get("target", ""),
                budget=Decimal(row["budget"]) if "budget" in row else None, answers=recommendations[row["number"].split(".")[0]],
                demonstration=True,
            )  # fmt: skip
            made[row["number"]] = move_measure(by=office, measure=measure, state="underway")
    return made


def listen(cast: Cast, day: dt.date) -> dict[str, Need]:
    """Needs of the region: answered, refused with a reason, silent, new."""
    made = {}
    for row in load("needs")["need"]:
        raised = day - dt.timedelta(days=row["days"])
        with clock.at(raised, 18):
            asker = cast.people["citizen"] if row["asker"] == "citizen" else None
            need = raise_need(
                by=Actor.of(asker, raised) if asker else SYSTEM, owner=cast.university, title=text(row),
                summary=text(row, "summary_"), raised_on=raised, asker=row["asker"], concerned=row.get("concerned"),
                asked_by=cast.bodies[row["asked_by"]] if "asked_by" in row else None, place=cast.university.place, demonstration=True,
            )  # fmt: skip
        made[row["key"]] = need
        if "party" not in row:
            continue
        with clock.at(raised, 19):
            office = cast.actor("office", raised)
            need = publish_need(by=office, need=need)
            owed = ask_for_answer(by=office, need=need, party=cast.bodies[row["party"]], on=raised)
        if "urgent_en" in row:
            said = raised + dt.timedelta(days=7)
            with clock.at(said, 10):
                akimat = cast.bodies["demonstration-akimat"]
                made[row["key"]] = mark_urgent(by=cast.actor("akimat", said), need=need, party=akimat, words=text(row, "urgent_"), on=said)
        if "answer" in row:
            answered = raised + dt.timedelta(days=row["after"])
            with clock.at(answered, 11):
                by = cast.actor("akimat" if row["party"] == "demonstration-akimat" else "leader", answered)
                answer_need(by=by, owed=owed, state=row["answer"], words=text(row, "words_"), on=answered)
    return made


def act(cast: Cast, measures: dict[str, Measure], needs: dict[str, Need], *, students: int, seed: int, day: dt.date, tell: Any) -> int:
    """Three academic years of activities; hosts sign by their links, one stays silent, one says "not with us"."""
    pick = random.Random(seed + 2)
    rows = load("activities")["activity"]
    bag = [row for row in rows for _ in range(row["weight"])]
    scale = max(1.0, students / 2000)
    count = 0
    for years_ago in (2, 1, 0):
        year = academic_year(dt.date(day.year - years_ago - (day.month < 9), 9, 1))
        last = min(year.last_day, day + dt.timedelta(days=24))
        share = (last - year.start).days / 365
        total = max(len(rows), round((34 + 6 * (2 - years_ago)) * share * scale))
        for i in range(total):
            row = rows[i] if i < len(rows) else pick.choice(bag)
            on = _day_of(year, last, i, total, pick)
            if measures[row["measure"]].starts_on <= on:
                _one(cast, row, measures, needs, on, day, pick)
                count += 1
        tell(f"activities of {year.label}", count)
    _open_ends(cast, measures, needs, rows, day, pick)
    return count


def _day_of(year: Period, last: dt.date, i: int, total: int, pick: random.Random) -> dt.date:
    """Spread over the year, on Saturdays and weekdays, never in July and August."""
    span = (min(last, dt.date(year.start.year + 1, 6, 20)) - year.start).days - 8
    return year.start + dt.timedelta(days=7 + int(span * (i + pick.random()) / total))


def _people(cast: Cast, row: dict[str, Any], pick: random.Random) -> list[tuple[Any, Any, Decimal, str]]:
    faculties = [u for u in cast.units.values() if u.slug not in ("third-mission-office", "registrar")]
    n = max(4, row["people"] + pick.randint(-3, 4))
    hours = Decimal(str(row["hours"]))
    chosen = pick.sample(range(len(cast.students)), min(n, len(cast.students)))
    found = [
        (cast.students[i], faculties[(i + 1) % len(faculties)], hours - (Decimal("0.5") if pick.random() < 0.15 else 0), "student")
        for i in chosen
    ]
    found.append((pick.choice(cast.staff), cast.units[row["unit"]], hours, "staff"))
    return found


def _one(cast: Cast, row: dict[str, Any], measures: Any, needs: Any, on: dt.date, day: dt.date, pick: random.Random) -> None:
    sheet = _held(cast, row, measures, needs, on, day, pick)
    if sheet is None:
        return
    asked = on + dt.timedelta(days=1)
    signed = asked + dt.timedelta(days=pick.choice((0, 1, 1, 2, 4, 7)))
    if signed > day - dt.timedelta(days=1) or row["host"] == "demonstration-museum" and (day - on).days < 120:
        return
    with clock.at(asked):
        sheet = ask_host(by=cast.actor("office", asked), sheet=sheet, on=asked)
    with clock.at(signed, 13):
        _sign(sheet, pick)


def _sign(sheet: HoursSheet, pick: random.Random) -> None:
    lines = list(sheet.participations.all())
    late = {line.pk: line.hours_claimed - 1 for line in lines if pick.random() < 0.04 and line.hours_claimed > 1}
    away = {line.pk for line in lines if pick.random() < 0.02} - set(late)
    by = Actor.holding(sheet.link)
    sheet = attest_hours(by=by, sheet=sheet, changes=late, absent=away)
    if pick.random() < 0.7:
        say_benefit(by=by, sheet=sheet, helped=pick.choice(("yes", "yes", "partly")))


def _held(cast: Cast, row: dict[str, Any], measures: Any, needs: Any, on: dt.date, day: dt.date, pick: random.Random) -> HoursSheet | None:
    """The activity, and its hours as claimed where it has been held."""
    start = timezone.make_aware(dt.datetime.combine(on, dt.time(pick.choice((10, 11, 14, 16)))))
    writing = min(on, day) - dt.timedelta(days=5)
    with clock.at(writing):
        office = cast.actor("office", writing)
        carried = [measures[row["measure"]]]
        need = needs.get(row.get("need", ""))
        if need is not None and need.raised_on <= on:
            carried.append(need)
        activity = write_activity(
            by=office, owner=cast.university, title=text(row), starts_at=start, ends_at=start + dt.timedelta(hours=row["hours"]),
            host=cast.bodies[row["host"]], unit=cast.units[row["unit"]], where=row["where"], place=cast.university.place,
            carries_out=carried, open_to_public=row.get("public", False), held=on < day, demonstration=True,
            details=_details(row, on < day, pick),
        )  # fmt: skip
    if on >= day:
        return None
    with clock.at(on, 19):
        return claim_hours(by=cast.actor("teacher", on), activity=activity, rows=_people(cast, row, pick))


def _details(row: dict[str, Any], held: bool, pick: random.Random) -> Details:
    """What returns ask for; how many came from outside is known only of what was held, and now and then nobody counted."""
    counted = held and pick.random() < 0.9
    return Details(
        engagement=row["engagement"], reached=max(0, row["reached"] + pick.randint(-3, 6)) if counted and row["reached"] else None, groups=tuple(row["groups"]),
        planned_together=pick.random() < 0.4, staff_days=Decimal("0.5"),
    )  # fmt: skip


def _open_ends(cast: Cast, measures: Any, needs: Any, rows: list[dict[str, Any]], day: dt.date, pick: random.Random) -> None:
    """What waits on the day itself: a silent museum, a fresh sheet to sign, a sheet that the host refused."""
    by_host = {row["host"]: row for row in rows}
    silent = _held(cast, by_host["demonstration-museum"], measures, needs, day - dt.timedelta(days=35), day, pick)
    fresh = _held(cast, by_host["demonstration-eco-club"], measures, needs, day - dt.timedelta(days=3), day, pick)
    foreign = _held(cast, by_host["demonstration-library"], measures, needs, day - dt.timedelta(days=12), day, pick)
    assert silent and fresh and foreign
    for sheet, ago in ((silent, 33), (fresh, 2), (foreign, 11)):
        asked = day - dt.timedelta(days=ago)
        with clock.at(asked):
            ask_host(by=cast.actor("office", asked), sheet=sheet, on=asked)
    with clock.at(day - dt.timedelta(days=9)):
        sheet = HoursSheet.objects.get(pk=foreign.pk)
        held = sheet.passes.order_by("-pk").first()
        dispute_sheet(by=Actor.holding(held), sheet=sheet)
