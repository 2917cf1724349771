"""Teachers with posts, a dean, norms, and assignments for the tests of the faculty."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.test import Client
from tests.cast import BEGAN, SYSTEM, TODAY, make_activity, make_person, write_directly

from tertia.act.activities.actions import ask_host, attest_hours, claim_hours
from tertia.core.actions.actor import Actor
from tertia.core.periods.years import academic_year
from tertia.plan.faculty.actions import agree, begin_assignment, fill_post, offer, put_line, set_norm, write_assignment
from tertia.plan.faculty.queries import post_of

YEAR = academic_year(TODAY)


def make_teacher(world, number=1, *, unit=None, chair=None, rate="1", position="lecturer", post=True):
    unit = unit or world.unit
    person = make_person(world.university, f"teacher{number}", world.university, "member", standing="staff", unit=unit)
    person.name, person.key, person.home, person.language = f"Teacher Number{number}", f"T{number:04d}", world.university, "en"
    write_directly(person)
    if post:
        fill_post(
            by=SYSTEM,
            organisation=world.university,
            person=person,
            position=position,
            rate=Decimal(rate),
            starts_on=BEGAN,
            unit=unit,
            chair=chair,
        )
    return person


def make_dean(world, unit=None, key="dean"):
    person = make_person(world.university, key, world.university, "editor", standing="staff", unit=unit or world.unit)
    person.name, person.home, person.language = f"The {key}", world.university, "en"
    write_directly(person)
    return person


def by(person):
    return Actor.of(person, TODAY)


def norm(world, function="whole", on=dt.date(2026, 9, 1), **more):
    more = {k: Decimal(str(v)) for k, v in more.items()}
    return set_norm(by=world.office, organisation=world.university, function=function, valid_from=on, source="Council, No. 1", **more)


def make_draft(world, person, who, lines=(("lecture", 10),), year=YEAR):
    made = begin_assignment(by=who, person=person, organisation=world.university, year=year, post=post_of(person, world.university, year))
    for function, hours in lines:
        put_line(by=who, assignment=made, function=function, what=f"{function} for the city", hours=Decimal(str(hours)))
    return made


def make_agreed(world, person, dean, lines=(("lecture", 10),), year=YEAR, why="so it is"):
    made = make_draft(world, person, by(dean), lines, year)
    write_assignment(by=by(dean), assignment=made, other_hours=None, words="", beyond_why=why)
    offer(by=by(dean), assignment=made)
    return agree(by=by(person), assignment=made, on=TODAY)


def work_of(world, person, kind="lecture", hours=4, *, on=dt.date(2026, 10, 10), signed=True, words="A talk in the library"):
    """An activity of a kind in which the person gave hours; the partner has signed them or not."""
    activity = make_activity(world, on=on, words=words)
    activity.engagement = kind
    write_directly(activity)
    sheet = claim_hours(by=world.office, activity=activity, rows=[(person, world.unit, Decimal(str(hours)), "staff")])
    if signed:
        sheet = ask_host(by=world.office, sheet=sheet, on=on)
        attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    return activity


def browser_of(person):
    client = Client()
    client.force_login(person.account)
    return client
