"""The registrar's roster: people of a university with number, name, unit, standing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.errors import Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.intake.reading import day_of, words_of
from tertia.core.parties.models import Membership, Organisation, Person
from tertia.core.parties.queries import ids_by_name
from tertia.core.periods import clock

__all__ = ["EVENT_WORDS", "NUMBER", "PEOPLE", "OnRoster", "people_by_number", "unknown_number"]

EVENT_WORDS = {
    "intake.send": gettext_lazy("A list was sent in"), "intake.note_looked_through": gettext_lazy("A list was looked through"),
    "intake.begin": gettext_lazy("A list is being taken in"), "intake.take_batch": gettext_lazy("Lines of a list were taken in"),
    "intake.begin_undoing": gettext_lazy("A list is being undone"), "intake.undo_batch": gettext_lazy("Lines of a list were undone"),
    "intake.forget": gettext_lazy("Old lists were forgotten"),
}  # fmt: skip
#: headings of the number that the university gives
NUMBER = ("student number", "номер студента", "студенттің нөмірі", "id студента", "номер зачетной книжки", "номер зачётной книжки", "сынақ кітапшасының нөмірі", "табельный номер", "табель нөмірі", "student id", "key")  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": NUMBER,
    "name": ("name", "фио", "ф.и.о.", "аты-жөні", "full name", "фамилия имя отчество", "тегі аты әкесінің аты"),
    "family": ("family name", "фамилия", "тегі", "surname", "last name"),
    "given": ("given name", "имя", "аты", "first name"),
    "fathers": ("father's name", "отчество", "әкесінің аты", "patronymic"),
    "email": ("e-mail", "email", "почта", "эл. почта", "электронная почта", "эл. пошта", "электрондық пошта"),
    "unit": ("unit", "факультет", "подразделение", "школа", "кафедра", "бөлімше", "faculty", "институт"),
    "standing": ("standing", "статус", "мәртебесі", "категория", "санаты"),
    "birth": ("date of birth", "дата рождения", "туған күні", "birth date"),
    "language": ("language", "язык", "тіл", "язык обучения", "оқу тілі"),
}  # fmt: skip
_STANDINGS = {
    "": "student", "student": "student", "студент": "student", "обучающийся": "student", "білім алушы": "student", "магистрант": "student", "докторант": "student",
    "staff": "staff", "сотрудник": "staff", "преподаватель": "staff", "ппс": "staff", "қызметкер": "staff", "оқытушы": "staff", "other": "other", "другое": "other",
}  # fmt: skip
_LANGUAGES = {
    "": "kk", "kk": "kk", "kz": "kk", "қаз": "kk", "каз": "kk", "казахский": "kk", "қазақша": "kk", "қазақ": "kk", "қазақ тілі": "kk", "ru": "ru", "рус": "ru",
    "русский": "ru", "орыс": "ru", "орысша": "ru", "en": "en", "англ": "en", "английский": "en", "ағылшын": "en", "english": "en",
}  # fmt: skip
_IIN = re.compile(r"^\d{12}$")


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A person as the list has it; `unit` is the id of the unit."""

    number: str
    name: str
    email: str
    unit: int | None
    standing: str
    birth: dt.date | None
    language: str


def _reader(organisation: Organisation) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    units = ids_by_name(Organisation.objects.filter(parent=organisation))

    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        number = words_of(cells.get("number"))
        name = words_of(cells.get("name")) or " ".join(filter(None, (words_of(cells.get(c)) for c in ("given", "fathers", "family"))))
        if not number:
            faults.append(cell_fault(row, "number", _("the number of the student is empty.")))
        elif _IIN.match(number):
            faults.append(
                cell_fault(row, "number", _("this looks like an IIN, which is never kept here. Use the university’s own number."))
            )
        elif len(number) > 60:
            faults.append(cell_fault(row, "number", _("the number is longer than 60 characters.")))
        if not name or len(name) > 200:
            column = next((c for c in ("name", "family", "given") if c in row.letters), "name")
            faults.append(cell_fault(row, column, _("the name is empty, or longer than 200 characters.")))
        email = words_of(cells.get("email")).lower()
        if email and not _is_email(email):
            faults.append(cell_fault(row, "email", _("“%(said)s” is no e-mail address.") % {"said": email}))
        said_unit = words_of(cells.get("unit"))
        unit = units.get(said_unit.lower()) if said_unit else None
        if said_unit and unit is None:
            faults.append(
                cell_fault(row, "unit", _("there is no unit “%(said)s”. Add it first, or correct its name.") % {"said": said_unit})
            )
        standing = _STANDINGS.get(words_of(cells.get("standing")).lower())
        if standing is None:
            faults.append(cell_fault(row, "standing", _("write student, staff or other.")))
        language = _LANGUAGES.get(words_of(cells.get("language")).lower())
        if language is None:
            faults.append(cell_fault(row, "language", _("write kk, ru or en.")))
        birth = None
        try:
            birth = day_of(cells.get("birth"))
            if birth is not None and not dt.date(1900, 1, 1) <= birth <= clock.today():
                raise ValueError
        except ValueError:
            faults.append(
                cell_fault(row, "birth", _("“%(said)s” is no date of birth. Write 24.11.2006.") % {"said": words_of(cells.get("birth"))})
            )
        if faults:
            return None, faults
        return Line(row.line, number, OnRoster(number, name, email, unit, standing or "student", birth, language or "kk")), []

    return read


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def people_by_number(organisation: Organisation, lines: Sequence[Line]) -> dict[str, Person]:
    """The people whom lines of any list name by the university's number (`said.number`)."""
    return {p.key or "": p for p in Person.objects.filter(home=organisation, key__in={line.said.number for line in lines})}


def unknown_number(line: Line) -> Judged:
    """Of a line whose number nobody has."""
    words = _("Line %(line)d: nobody has the number “%(said)s”. Take in the roster first.")
    return Judged("", Fault(str(line.number), words % {"line": line.number, "said": line.said.number}))


_PERSON = ("name", "email", "language", "birth_date")
_MEMBER = ("unit_id", "standing")


def _wanted(said: OnRoster, there: Person | None) -> dict[str, Any]:
    """The fields of a person as the list wants them; what the list leaves empty stays as it is."""
    return {
        "name": said.name, "language": said.language, "email": said.email or (there.email if there else ""),
        "birth_date": said.birth or (there.birth_date if there else None),
    }  # fmt: skip


def _there(organisation: Organisation, lines: Sequence[Line]) -> tuple[dict[str, Person], dict[int, Membership]]:
    people = {p.key or "": p for p in Person.objects.filter(home=organisation, key__in=[line.identity for line in lines])}
    rows = Membership.objects.filter(organisation=organisation, person__in=people.values(), valid_to=None).order_by("-pk")
    return people, {m.person_id: m for m in rows}


def _differs(said: OnRoster, person: Person, member: Membership | None) -> bool:
    wanted = _wanted(said, person)
    return (
        member is None
        or any(getattr(person, f) != wanted[f] for f in _PERSON)
        or (member.unit_id, member.standing) != (said.unit, said.standing)
    )


def _judge(organisation: Organisation, lines: Sequence[Line]) -> list[Judged]:
    people, members = _there(organisation, lines)

    def one(line: Line) -> Judged:
        person = people.get(line.identity)
        if person is None:
            return Judged("new")
        return Judged("changed" if _differs(line.said, person, members.get(person.pk)) else "same")

    return [one(line) for line in lines]


def _write(organisation: Organisation, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    people, members = _there(organisation, lines)
    changes: list[Change] = []
    new = [line for line in lines if line.identity not in people]
    made = Person.objects.insert_rows(_NEW_PERSON, [_new_person(organisation, line.said) for line in new], "key")
    joined = Membership.objects.insert_rows(
        _NEW_MEMBER, [(made[line.identity], organisation.pk, line.said.unit, "member", line.said.standing, "{}", on.isoformat()) for line in new], "person_id"
    )  # fmt: skip
    for line in new:
        pk = made[line.identity]
        changes.append(Change(line.number, pk, {"person": pk, "membership": joined[pk]}))
    touched, moved = [], []
    for line in lines:
        person = people.get(line.identity)
        if person is None or not _differs(line.said, person, members.get(person.pk)):
            continue
        member, wanted = members.get(person.pk), _wanted(line.said, person)
        before, after, extra = {}, {}, {}
        for f in _PERSON:
            if getattr(person, f) != wanted[f]:
                before[f], after[f] = _plain(getattr(person, f)), _plain(wanted[f])
                setattr(person, f, wanted[f])
        touched.append(person)
        if member is None:
            fresh = Membership(person=person, organisation=organisation, unit_id=line.said.unit, role="member", standing=line.said.standing, valid_from=on)  # fmt: skip
            fresh.save()
            extra["membership"] = fresh.pk
            before["membership"], after["membership"] = None, fresh.pk
        else:
            for f, value in zip(_MEMBER, (line.said.unit, line.said.standing), strict=True):
                if getattr(member, f) != value:
                    before[f"membership.{f}"], after[f"membership.{f}"] = getattr(member, f), value
                    setattr(member, f, value)
            moved.append(member)
        changes.append(Change(line.number, person.pk, extra, before, after))
    if touched:
        Person.objects.bulk_update(touched, _PERSON, batch_size=500)
    if moved:
        Membership.objects.bulk_update(moved, _MEMBER, batch_size=500)
    return changes


_NEW_PERSON = ("home_id", "key", "name", "email", "birth_date", "language", "demonstration")
_NEW_MEMBER = ("person_id", "organisation_id", "unit_id", "role", "standing", "duty", "valid_from")


def _new_person(organisation: Organisation, said: OnRoster) -> tuple[Any, ...]:
    born = said.birth.isoformat() if said.birth else None
    return (organisation.pk, said.number, said.name, said.email, born, said.language, organisation.demonstration)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _undo(organisation: Organisation, changes: Sequence[Change]) -> int:
    """Fields get back what stood before, unless they were changed since; people whom this list made go, unless something hangs on them."""
    made = [c.made["person"] for c in changes if "person" in c.made]
    hung = _hung_on(made) if made else set()
    gone = [pk for pk in made if pk not in hung]
    Membership.objects.filter(
        pk__in=[c.made["membership"] for c in changes if c.made.get("person") not in hung and "membership" in c.made]
    ).delete()
    Person.objects.filter(pk__in=gone).delete()
    stay = len(made) - len(gone)
    touched = [c for c in changes if c.before]
    people = Person.objects.in_bulk([c.person_id for c in touched])
    members = {m.person_id: m for m in Membership.objects.filter(organisation=organisation, person__in=people, valid_to=None)}
    for change in touched:
        for name, was in change.before.items():
            if name == "membership":
                continue
            target = members.get(change.person_id) if name.startswith("membership.") else people.get(change.person_id)
            field = name.removeprefix("membership.")
            if target is not None and _plain(getattr(target, field)) == change.after.get(name):
                setattr(target, field, dt.date.fromisoformat(was) if field == "birth_date" and was else was)
                target.save()
            else:
                stay += 1
    return stay


def _hung_on(people: Sequence[int]) -> set[int]:
    """Of some people those on whom more hangs than their one membership: records, hours, an account."""
    from tertia.core.intake.models import IntakeRow  # app start

    found = set(Person.objects.filter(pk__in=people).exclude(account=None).values_list("pk", flat=True))
    for relation in Person._meta.related_objects:
        if relation.related_model is IntakeRow:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": people}).values_list(
            relation.field.name, flat=True
        )
        if relation.related_model is Membership and relation.field.name == "person":
            seen: set[int] = set()
            for pk in rows:
                (found if pk in seen else seen).add(pk)
        else:
            found.update(rows)
    return found


PEOPLE = declare_intake(
    Intake(
        "people", gettext_lazy("People (roster)"),
        gettext_lazy("Needed are the student number and the name (in one column, or family name and given name); then e-mail, unit, standing, date of birth, language."),
        COLUMNS, ("number",), _reader, _judge, _write, _undo,
    )
)  # fmt: skip
