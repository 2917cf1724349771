"""Organisations and people of the demonstration."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass, field
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.parties.actions import found_organisation, give_role, import_people
from tertia.core.parties.models import Account, Organisation, Person
from tertia.core.parties.people_file import PersonRow
from tertia.core.places.models import Place
from tertia.demonstration.content import DATA, load, text
from tertia.demonstration.names import invented_names

__all__ = ["ROLES", "SYSTEM", "Cast", "gather_cast"]

SYSTEM = Actor.system("demonstration")
ASTANA = "KZ-71"

#: who can be signed in as with one click: key, role, organisation (empty: the university), duty in en, ru, kk
ROLES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("office", "office", "", {"en": "third-mission officer", "ru": "сотрудник офиса третьей миссии", "kk": "үшінші миссия кеңсесінің қызметкері"}),
    ("leader", "leader", "", {"en": "vice-rector for social development", "ru": "проректор по социальному развитию", "kk": "әлеуметтік даму жөніндегі проректор"}),
    ("editor", "editor", "", {"en": "dean", "ru": "декан", "kk": "декан"}),
    ("teacher", "member", "", {"en": "teacher", "ru": "преподаватель", "kk": "оқытушы"}),
    ("student", "member", "", {"en": "student", "ru": "студент", "kk": "студент"}),
    ("partner", "partner", "demonstration-eco-club", {"en": "coordinator of a partner", "ru": "координатор партнёра", "kk": "серіктес үйлестірушісі"}),
    ("akimat", "office", "demonstration-akimat", {"en": "officer of the akimat", "ru": "сотрудник акимата", "kk": "әкімдік қызметкері"}),
    ("ministry", "analyst", "demonstration-ministry", {"en": "analyst of the ministry", "ru": "аналитик министерства", "kk": "министрлік талдаушысы"}),
    ("analyst", "analyst", "", {"en": "analyst", "ru": "аналитик", "kk": "талдаушы"}),
    ("citizen", "citizen", "", {"en": "resident", "ru": "житель", "kk": "тұрғын"}),
    ("administrator", "administrator", "", {"en": "administrator", "ru": "администратор", "kk": "әкімші"}),
)  # fmt: skip


@dataclass
class Cast:
    """Everybody whom the other parts of the demonstration speak of."""

    university: Organisation
    units: dict[str, Organisation]
    bodies: dict[str, Organisation]
    people: dict[str, Person] = field(default_factory=dict)
    students: list[Person] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)

    def actor(self, key: str, day: dt.date) -> Actor:
        return Actor.of(self.people[key], day)


def gather_cast(*, students: int, seed: int, day: dt.date, tell: Any) -> Cast:
    tell("organisations")
    _real_bodies()
    cast = _organisations()
    tell("people")
    _people(cast, students, seed, day)
    _roles(cast, seed, day)
    return cast


def _real_bodies() -> None:
    """The universities of Kazakhstan as far as the data has them, and the two bodies that the resolution names."""
    there = set(Organisation.objects.values_list("slug", flat=True))
    for row in json.loads((DATA / "kz_universities.json").read_text(encoding="utf-8")):
        slug = row["domains"][0].replace(".", "-")
        if slug not in there:
            found_organisation(
                by=SYSTEM, slug=slug, kind="university", name=text({"en": row["name"]}), website=row["web_pages"][0],
                mail_domains=row["domains"],
            )  # fmt: skip
            there.add(slug)
    for row in load("bodies")["real"]:
        if row["slug"] not in there:
            found_organisation(by=SYSTEM, slug=row["slug"], kind=row["kind"], name=text(row))


def _organisations() -> Cast:
    content = load("bodies")
    astana = Place.objects.get(code=ASTANA)
    common: dict[str, Any] = {"place": astana, "demonstration": True}
    row = content["university"]
    university = found_organisation(
        by=SYSTEM, slug=row["slug"], kind="university", name=text(row), hosts=True, email="office@demonstration.invalid", **common
    )
    units = {
        u["slug"]: found_organisation(by=SYSTEM, slug=u["slug"], kind="unit", name=text(u), parent=university, **common)
        for u in content["unit"]
    }
    bodies = {
        b["slug"]: found_organisation(
            by=SYSTEM, slug=b["slug"], kind=b["kind"], name=text(b), email=f"{b['slug']}@demonstration.invalid",
            letter_language="kk" if "district" in b["slug"] else "ru", **common,
        )
        for b in content["body"]
    }  # fmt: skip
    bodies[university.slug] = university
    return Cast(university, units, bodies)


def _people(cast: Cast, students: int, seed: int, day: dt.date) -> None:
    """Students and staff by the same list that a university sends in every night."""
    pick, names = random.Random(seed), invented_names(seed)
    faculties = [u for u in cast.units if u not in ("third-mission-office", "registrar")]
    rows = [
        PersonRow(f"S{i:05d}", next(names), "", "student", faculties[i % len(faculties)], "member", pick.choice(("kk", "kk", "ru")))
        for i in range(1, students + 1)
    ]
    staff = max(24, students // 16)
    rows += [
        PersonRow(f"T{i:04d}", next(names), "", "staff", faculties[i % len(faculties)], "member", pick.choice(("kk", "ru")))
        for i in range(1, staff + 1)
    ]
    began = dt.date(day.year - 3, 9, 1)
    import_people(by=SYSTEM, organisation=cast.university, rows=rows, today=began)
    everybody = {p.key: p for p in Person.objects.filter(home=cast.university).exclude(key=None)}
    cast.students = [everybody[r.key] for r in rows if r.standing == "student"]
    cast.staff = [everybody[r.key] for r in rows if r.standing == "staff"]


def _roles(cast: Cast, seed: int, day: dt.date) -> None:
    names = invented_names(seed + 1)
    began = dt.date(day.year - 3, 9, 1)
    for key, role, slug, duty in ROLES:
        organisation = cast.bodies[slug] if slug else cast.university
        person = cast.students[0] if key == "student" else cast.staff[0] if key == "teacher" else None
        account = Account.objects.create_user(f"{key}@demonstration.invalid")
        account.set_unusable_password()
        account.save()
        person = _sign_up(account, person, next(names), cast.university if role not in ("partner", "citizen") and not slug else None)
        cast.people[key] = person
        unit = cast.units["third-mission-office"] if key == "office" else cast.units["economics"] if key == "editor" else None
        if key not in ("student", "teacher"):
            give_role(by=SYSTEM, person=person, organisation=organisation, role=role, valid_from=began, unit=unit, duty=text(duty))


def _sign_up(account: Account, person: Person | None, name: str, home: Organisation | None) -> Person:
    from tertia.demonstration.actions import write_person  # app start

    return write_person(by=SYSTEM, account=account, person=person, name=name, home=home)
