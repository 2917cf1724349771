"""Invented posts, norms, profiles and their review, assignments of two years, trainings and decisions about staff."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.periods import clock
from tertia.core.periods.years import Period, academic_year
from tertia.core.records.deeds import deeds_of
from tertia.core.records.models import Record
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.plan.conferences.models import Resolution
from tertia.plan.faculty.actions import (
    add_training,
    agree,
    approve_profile,
    begin_assignment,
    begin_review,
    fill_post,
    note_trained,
    offer,
    put_function,
    put_line,
    recognise,
    review_line,
    set_norm,
    write_assignment,
    write_profile,
)
from tertia.plan.faculty.actions.agreeing import remarks_of
from tertia.plan.faculty.models import Assignment, Post, Profile
from tertia.plan.faculty.queries import norms_on, post_of

__all__ = ["employ"]

POSITIONS = ("professor", "associate-professor", "senior-lecturer", "senior-lecturer", "lecturer")


def employ(cast: Cast, resolution: Resolution, day: dt.date, seed: int, tell: Any) -> None:
    content, pick = load("faculty"), random.Random(seed + 9)
    now = academic_year(day)
    chairs = _chairs(cast, content)
    _norms(cast, content, now)
    _posts(cast, chairs, now, pick)
    _profiles(cast, content, resolution, day)
    _year(cast, content, now.before, day, pick)
    _year(cast, content, now, day, pick)
    _trainings(cast, content, day)
    _decisions(cast, content, day)
    tell("duties of the faculty", Assignment.objects.filter(organisation=cast.university).count())


def _chairs(cast: Cast, content: dict[str, Any]) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = {}
    for row in content["chair"]:
        made = found_organisation(
            by=SYSTEM, slug=row["slug"], kind="unit", name=text(row), parent=cast.units[row["unit"]], demonstration=True
        )
        found.setdefault(row["unit"], []).append(made)
    return found


def _norms(cast: Cast, content: dict[str, Any], now: Period) -> None:
    for key, day in (("first", now.before.start), ("second", now.start)):
        row = content["norm"][key]
        with clock.at(day - dt.timedelta(days=60), 10):
            said: dict[str, Any] = {"by": SYSTEM, "organisation": cast.university, "valid_from": day, "source": row["source"]}
            set_norm(function="whole", fewest=Decimal(row["whole"][0]), most=Decimal(row["whole"][1]), **said)
            if "year" in row:
                set_norm(function="year", most=Decimal(row["year"]), **said)
            bounds = row.get("most", {})
            for function in sorted({*row.get("each", {}), *bounds}):
                each, most = row.get("each", {}).get(function), bounds.get(function)
                set_norm(function=function, each=Decimal(each) if each else None, most=Decimal(most) if most else None, **said)


def _posts(cast: Cast, chairs: dict[str, list[Organisation]], now: Period, pick: random.Random) -> None:
    units = dict(
        Membership.objects.filter(organisation=cast.university, standing="staff", person__in=cast.staff).values_list("person", "unit__slug")
    )
    with clock.at(now.before.start, 9):
        for n, person in enumerate(cast.staff):
            unit = units[person.pk]
            rows = chairs.get(unit, [])
            fill_post(
                by=SYSTEM, organisation=cast.university, person=person, position=POSITIONS[n % len(POSITIONS)], starts_on=now.before.before.start,
                rate=pick.choice((Decimal(1), Decimal(1), Decimal(1), Decimal("0.5"))), unit=cast.units[unit], chair=rows[n // 6 % len(rows)] if rows else None,
            )  # fmt: skip


def _profiles(cast: Cast, content: dict[str, Any], resolution: Resolution, day: dt.date) -> None:
    """Approved years ago with few functions; the review has gone through all but one of them."""
    made: list[tuple[dict[str, Any], Profile]] = []
    for row in content["profile"]:
        with clock.at(day - dt.timedelta(days=row["approved"]), 10):
            by = cast.actor("office", clock.today())
            profile = write_profile(
                by=by, owner=cast.university, position=row["position"], title=text(row), qualification=text(row, "qualification_"),
                unit=cast.units[row["unit"]] if "unit" in row else None, demonstration=True,
            )  # fmt: skip
            for function in row["before"]:
                put_function(by=by, profile=profile, function=function, words=text(row["functions"][function]))
            approve_profile(by=by, profile=profile, on=clock.today(), source=content["norm"]["first"]["source"])
        made.append((row, profile))
    began = day - dt.timedelta(days=50)
    fourth = Record.objects.get(pk=resolution.recommendations.get(number="4").pk)  # the one that asks for this review
    with clock.at(began, 10):
        review = begin_review(
            by=cast.actor("office", began), owner=cast.university, title=text(content["review"]), summary=text(content["review"], "summary_"), on=began,
            due_on=day + dt.timedelta(days=20), source=fourth, demonstration=True,
        )  # fmt: skip
    for n, (row, profile) in enumerate(made):
        if "open" in row:
            continue
        with clock.at(began + dt.timedelta(days=5 + 6 * n), 11):
            by = cast.actor("office", clock.today())
            profile.refresh_from_db()
            new = [f for f in row.get("functions", {}) if f not in row["before"]]
            for function in new:
                put_function(by=by, profile=profile, function=function, words=text(row["functions"][function]))
            if new:
                approve_profile(by=by, profile=profile, on=clock.today(), source=content["norm"]["second"]["source"])
            line = review.lines.select_related("profile", "review").get(profile=profile)
            review_line(by=by, review=review, line=line, outcome="changed" if new else "kept", reason=row.get("kept", ""), on=clock.today())


def _year(cast: Cast, content: dict[str, Any], year: Period, day: dt.date, pick: random.Random) -> None:
    """In the year before nearly everybody agreed; of the running year some offers still wait, among them that of the dean to the teacher."""
    running = day in year
    when = min(year.start + dt.timedelta(days=20), day - dt.timedelta(days=9))
    for n, person in enumerate(cast.staff):
        waits = running and (person == cast.people["teacher"] or n % 7 == 3)
        if n % 8 == 7 or (running and n % 5 == 4 and not waits):
            continue
        post = post_of(person, cast.university, year)
        assert post is not None, "everybody of the staff has a post"
        with clock.at(day - dt.timedelta(days=3) if waits else when + dt.timedelta(days=n % 9), 10):
            one = _offered(cast, content, person, post, year, n, pick)
            if not waits:
                agree(by=Actor.of(person, clock.today()), assignment=one, on=clock.today())


def _offered(cast: Cast, content: dict[str, Any], person: Person, post: Post, year: Period, n: int, pick: random.Random) -> Assignment:
    """A draft of the head of the unit with two or three lines, as it goes to the teacher; one person carries more than the norm."""
    head = cast.actor("editor" if post.unit_id == cast.units["economics"].pk else "leader", clock.today())
    made = begin_assignment(by=head, person=person, organisation=cast.university, year=year, post=post)
    words: dict[str, str] = content["what"]
    chosen: Sequence[str] = [f for i, f in enumerate(words) if (i + n) % 3 != 0][:3] if n % 4 else list(words)[:2]
    heavy, norms = n == 2, norms_on(cast.university, year.start)
    for function in chosen:
        hours = Decimal(pick.choice((8, 10, 12, 16))) * (4 if heavy else 1) * post.rate
        pieces = 3 if not heavy and function in norms and norms[function].each else None
        put_line(by=head, assignment=made, function=function, what=words[function], hours=None if pieces else hours, times=pieces)
    why = (
        "Координирует городскую программу; согласовано с учёным советом (демонстрация)"
        if heavy
        else "Начинает во втором семестре (демонстрация)"
    )
    write_assignment(by=head, assignment=made, other_hours=Decimal(1250) * post.rate, words="", beyond_why=why if remarks_of(made) else "")
    return offer(by=head, assignment=made)


def _trainings(cast: Cast, content: dict[str, Any], day: dt.date) -> None:
    for n, row in enumerate(content["training"]):
        ended = day - dt.timedelta(days=row["ended"])
        with clock.at(ended + dt.timedelta(days=2), 10):
            office = cast.actor("office", clock.today())
            made = add_training(
                by=office,
                organisation=cast.university,
                title=text(row),
                held_by=row["held_by"],
                ended_on=ended,
                hours=Decimal(row["hours"]),
            )
            for person in cast.staff[n * 3 : n * 3 + row["people"]]:
                note_trained(by=office, training=made, person=person, on=clock.today())
    with clock.at(day - dt.timedelta(days=4), 17):
        note_trained(by=Actor.of(cast.staff[-1], clock.today()), training=made, person=cast.staff[-1], on=clock.today(), paper="№ 0417")


def _decisions(cast: Cast, content: dict[str, Any], day: dt.date) -> None:
    """Decisions about those who have most confirmed work; where the file asks for no ground, the third mission did not count."""
    deeds = deeds_of(cast.university, [p.pk for p in cast.staff], day - dt.timedelta(days=900), day)
    for n, row in enumerate(content["decision"]):
        on = day - dt.timedelta(days=row["ago"])
        known: dict[int, list[int]] = {}
        for deed in deeds:
            if deed.signed and deed.day < on - dt.timedelta(days=14):
                known.setdefault(deed.person, []).append(deed.record)
        people = [p for p in cast.staff if len(known.get(p.pk, ())) >= row["grounds"]] or cast.staff
        person = people[n % len(people)]
        with clock.at(on, 12):
            recognise(
                by=cast.actor("office", on), organisation=cast.university, person=person, kind=row["kind"], decided_on=on, source=row["source"],
                records=known.get(person.pk, [])[: row["grounds"]],
            )  # fmt: skip
