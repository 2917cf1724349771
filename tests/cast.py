"""The cast of every test: roles, not names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tertia.act.activities.actions import ask_host, claim_hours, write_activity
from tertia.act.activities.models import Activity, HoursSheet
from tertia.act.volunteering.actions import offer_help_wanted
from tertia.act.volunteering.actions.plans import Plan, Times
from tertia.act.volunteering.models import Opportunity
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import add_person, claim_person, found_organisation, give_role
from tertia.core.parties.models import Account, Organisation, Person
from tertia.listen.dialogue.actions import begin_conversation, open_conversation, seed
from tertia.listen.dialogue.models import Conversation
from tertia.listen.needs.actions import raise_need
from tertia.listen.needs.desk_actions import publish_need
from tertia.listen.needs.models import Need
from tertia.plan.conferences.actions import expand_addressee, save_reading, send_resolution
from tertia.plan.conferences.actions.resolution import ReadItem
from tertia.plan.conferences.models import Dispatch, Resolution
from tertia.plan.strategy.actions import plan_measure
from tertia.plan.strategy.models import Measure

TODAY = dt.date(2026, 11, 24)
BEGAN = dt.date(2025, 9, 1)
SYSTEM = Actor.system("test")
ROLES = ("member", "editor", "office", "leader", "analyst", "administrator")


def text(words: str) -> Text:
    return Text.of("en", en=words)


@dataclass
class World:
    university: Organisation
    other: Organisation
    partner: Organisation
    akimat: Organisation
    unit: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """`office`, `leader` … of the university; `other-office` … of the second one; `partner`, `akimat`, `citizen`."""
        return Actor.of(self.people[key], TODAY)

    def __getattr__(self, key: str) -> Any:
        try:
            return Actor.of(self.__dict__["people"][key.replace("_", "-")], TODAY)
        except KeyError:
            raise AttributeError(key) from None


def make_person(home: Organisation | None, key: str, organisation: Organisation, role: str, **more: Any) -> Person:
    account = Account.objects.create_user(f"{key}@example.org")
    person = claim_person(by=SYSTEM, account=account, today=TODAY)
    give_role(by=SYSTEM, person=person, organisation=organisation, role=role, valid_from=BEGAN, **more)
    return person


def make_world() -> World:
    university = found_organisation(by=SYSTEM, slug="uni", kind="university", name=text("The University"), hosts=True)
    other = found_organisation(by=SYSTEM, slug="second", kind="university", name=text("The Second University"), hosts=True)
    unit = found_organisation(by=SYSTEM, slug="uni-law", kind="unit", name=text("Faculty of Law"), parent=university)
    partner = found_organisation(
        by=SYSTEM, slug="club", kind="nonprofit", name=text("The Club"), email="club@example.org", letter_language="en"
    )
    akimat = found_organisation(
        by=SYSTEM, slug="akimat", kind="akimat", name=text("The Akimat"), email="akimat@example.org", letter_language="en"
    )
    world = World(university, other, partner, akimat, unit)
    for role in ROLES:
        world.people[role] = make_person(university, role, university, role, standing="student" if role == "member" else "staff")
        world.people[f"other-{role}"] = make_person(other, f"other-{role}", other, role)
    world.people["partner"] = make_person(None, "partner", partner, "partner")
    world.people["akimat"] = make_person(None, "akimat", akimat, "office")
    world.people["citizen"] = make_person(None, "citizen", university, "citizen")
    return world


def make_need(
    world: World, words: str = "The last bus leaves too early", *, public: bool = True, by: Actor | None = None, raised_on: dt.date = TODAY
) -> Need:
    need = raise_need(by=by or world.citizen, owner=world.university, title=text(words), summary=Text({}), raised_on=raised_on)
    return publish_need(by=world.office, need=need) if public else need


def make_conversation(
    world: World, *, statements: int = 3, opened: bool = True, words: str = "What shall be done about the bus?", **more: Any
) -> Conversation:
    talk = begin_conversation(
        by=world.office, owner=world.university, title=text(words), summary=Text({}), ends_on=TODAY + dt.timedelta(days=14), **more
    )
    seed(by=world.office, conversation=talk, texts=[text(f"Claim number {n} is right") for n in range(1, statements + 1)], on=TODAY)
    return open_conversation(by=world.office, conversation=talk, on=TODAY) if opened else talk


def make_resolution(world: World, items: int = 2, *, slug: str = "2026-test") -> Resolution:
    return save_reading(
        by=world.office, owner=world.university, title="Resolution of the test", language="en", source_text="1. First;\n2. Second.",
        items=[ReadItem(f"to do thing number {i};", f"{i}.", 1, "It is recommended to the bodies:", "bodies") for i in range(1, items + 1)],
        addressees=["bodies"], adopted_on=dt.date(2026, 6, 1), slug=slug,
    )  # fmt: skip


def make_dispatch(world: World, resolution: Resolution, *, on: dt.date = TODAY, body: Organisation | None = None) -> Dispatch:
    addressee = resolution.addressees.order_by("position").first()
    assert addressee is not None
    dispatch = expand_addressee(by=world.office, addressee=addressee, bodies=[body or world.akimat], groups=[1])[0]
    return send_resolution(by=world.office, dispatch=dispatch, on=on)


def make_measure(world: World, answers: Any = None, words: str = "Ask before planning", **more: Any) -> Measure:
    days = {"starts_on": BEGAN, "ends_on": dt.date(2027, 8, 31)}
    return plan_measure(by=world.office, owner=world.university, title=text(words), answers=answers, **(days | more))


def make_activity(
    world: World,
    measure: Any = None,
    *,
    on: dt.date = dt.date(2026, 11, 21),
    words: str = "River clean-up",
    host: Organisation | None = None,
) -> Activity:
    start = timezone.make_aware(dt.datetime.combine(on, dt.time(10)))
    return write_activity(
        by=world.office, owner=world.university, title=text(words), starts_at=start, ends_at=start + dt.timedelta(hours=4), host=host or world.partner,
        unit=world.unit, carries_out=[measure] if measure else [], held=on <= TODAY,
    )  # fmt: skip


def make_student(world: World, number: int) -> Person:
    person = add_person(by=SYSTEM, home=world.university, name=f"Student Number{number}", key=f"S{number:05d}")
    give_role(by=SYSTEM, person=person, organisation=world.university, role="member", standing="student", valid_from=BEGAN, unit=world.unit)
    return person


def make_sheet(world: World, activity: Activity | None = None, people: int = 3, *, asked: bool = True) -> HoursSheet:
    activity = activity or make_activity(world)
    students = [make_student(world, 1000 * activity.pk + i) for i in range(people)]
    sheet = claim_hours(by=world.office, activity=activity, rows=[(s, world.unit, Decimal("4"), "student") for s in students])
    return ask_host(by=world.office, sheet=sheet, on=TODAY) if asked else sheet


def make_opportunity(
    world: World, measure: Any = None, *, places: int = 2, shifts: int = 1, on: dt.date = dt.date(2026, 11, 28), hour: int = 10, hours: int = 4,
    by: Actor | None = None, words: str = "Digital helpers", **more: Any,
) -> Opportunity:  # fmt: skip
    """Shifts on following days, four hours from ten o'clock."""
    first = timezone.make_aware(dt.datetime.combine(on, dt.time(hour)))
    times = [Times(first + dt.timedelta(days=i), first + dt.timedelta(days=i, hours=hours), places) for i in range(shifts)]
    return offer_help_wanted(
        by=by or world.office, owner=world.university, host=world.partner, unit=world.unit, title=text(words), shifts=times,
        helps_with=[measure] if measure else [], plan=Plan(**more),
    )  # fmt: skip


def make_volunteer(world: World, number: int, *, born: dt.date | None = dt.date(2004, 5, 17)) -> Person:
    """A student with an account."""
    person = make_person(world.university, f"volunteer{number}", world.university, "member", standing="student", unit=world.unit)
    person.name, person.key, person.home, person.birth_date = f"Volunteer Number{number}", f"V{number:05d}", world.university, born
    person.language = "en"
    write_directly(person)
    return person


def write_new(row: Any) -> None:
    """A new row past the actions."""
    QuerySet(type(row)).bulk_create([row])


def write_directly(row: Any) -> None:
    """Past the actions: for what a test needs to be so."""
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    QuerySet(type(row)).filter(pk=row.pk).update(**fields)
