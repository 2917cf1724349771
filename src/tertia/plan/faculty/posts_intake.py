"""The list of posts as the personnel department keeps it: one line for one person in one position."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import Fault
from tertia.core.files.sheet_words import cell_fault
from tertia.core.files.sheets import SheetRow, number_of
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.intake.people import NUMBER, people_by_number, unknown_number
from tertia.core.intake.reading import day_of, words_of
from tertia.core.languages.fold import bare
from tertia.core.languages.text import Text
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import ids_by_name
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.slugs import free_word
from tertia.plan.faculty.actions import fill_post
from tertia.plan.faculty.models import Assignment, Post
from tertia.plan.faculty.vocabulary import code_of, positions

__all__ = ["POSTS", "STAFF_NUMBER", "OnList"]

BY = Actor.system("lists")
STAFF_NUMBER = (*NUMBER, "staff number", "номер сотрудника", "қызметкер нөмірі", "таб. номер", "табельный №")
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": STAFF_NUMBER,
    "position": ("position", "должность", "лауазымы", "лауазым", "post"),
    "rate": ("rate", "ставка", "мөлшерлеме", "доля ставки", "fte"),
    "unit": ("faculty", "факультет", "факультеті", "unit", "школа", "институт", "подразделение", "бөлімше"),
    "chair": ("chair", "кафедра", "кафедрасы", "department"),
    "from": ("from", "с", "дата приема", "дата приёма", "басталуы", "қабылданған күні", "since"),
    "to": ("to", "по", "дата увольнения", "аяқталуы", "until"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnList:
    """One post; `unit` is the id of the faculty (0: none is named), `chair` the name of the chair."""

    number: str
    position: str
    rate: Decimal
    unit: int
    chair: str
    starts_on: dt.date
    ends_on: dt.date | None


def _reader(organisation: Organisation) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    units = ids_by_name(Organisation.objects.filter(parent=organisation, kind="unit"))
    usual = academic_year(clock.today()).start

    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        said = {name: words_of(cells.get(name)) for name in COLUMNS}
        if not said["number"]:
            faults.append(cell_fault(row, "number", _("the staff number is empty.")))
        position = code_of(said["position"], positions())
        if not position:
            faults.append(cell_fault(row, "position", _("“%(said)s” is none of the positions.") % {"said": said["position"]}))
        rate = _rate(cells.get("rate"))
        if rate is None:
            faults.append(cell_fault(row, "rate", _("“%(said)s” is no rate. Write a number such as 0,5; 1 is a full post.") % {"said": said["rate"]}))  # fmt: skip
        unit = units.get(said["unit"].lower(), 0) if said["unit"] else 0
        if said["unit"] and not unit:
            faults.append(
                cell_fault(row, "unit", _("there is no unit “%(said)s”. Add it first, or correct its name.") % {"said": said["unit"]})
            )
        if said["chair"] and not said["unit"]:
            faults.append(cell_fault(row, "chair", _("say to which faculty the chair belongs.")))
        days: dict[str, dt.date | None] = {"from": usual, "to": None}
        for name in days:
            try:
                days[name] = day_of(cells.get(name)) or days[name]
            except ValueError:
                faults.append(cell_fault(row, name, _("“%(said)s” is no day. Write 24.11.2026.") % {"said": said[name]}))
        starts, ends = days["from"], days["to"]
        if starts and ends and ends < starts:
            faults.append(cell_fault(row, "to", _("it ends before it begins.")))
        if faults or rate is None or starts is None:
            return None, faults
        one = OnList(said["number"], position, rate, unit, said["chair"][:200], starts, ends)
        return Line(row.line, f"{one.number}|{position}|{unit}|{bare(one.chair)}|{starts}", one), []

    return read


def _rate(value: Any) -> Decimal | None:
    """A rate above 0 and at most 2; an empty cell is a full post, `50%` a half one."""
    if value is None or value == "":
        return Decimal(1)
    with contextlib.suppress(ValueError):
        found = number_of(value)
        if found is not None and str(value).strip().endswith("%"):
            found /= 100
        if found is not None and 0 < found <= 2:
            return round(found, 2)
    return None


def _chairs(organisation: Organisation) -> dict[tuple[int, str], Organisation]:
    """Chairs by faculty and plain name."""
    rows = Organisation.objects.filter(parent__parent=organisation, kind="unit").order_by("-pk")
    return {(row.parent_id or 0, bare(version[0])): row for row in rows for version in row.name.versions.values()}


def _held(organisation: Organisation, lines: Sequence[Line]) -> dict[tuple[str, str, int, str, dt.date], Post]:
    rows = Post.objects.filter(organisation=organisation, person__key__in={line.said.number for line in lines}).select_related(
        "person", "chair"
    )
    found = {}
    for post in rows:
        names = {bare(v[0]) for v in post.chair.name.versions.values()} if post.chair else {""}
        found.update({(post.person.key or "", post.position, post.unit_id or 0, name, post.starts_on): post for name in names})
    return found


def _key(said: OnList) -> tuple[str, str, int, str, dt.date]:
    return (said.number, said.position, said.unit, bare(said.chair), said.starts_on)


def _judged(line: Line, people: dict[str, Person], held: dict[Any, Post]) -> Judged:
    said: OnList = line.said
    if said.number not in people:
        return unknown_number(line)
    post = held.get(_key(said))
    if post is None:
        return Judged("new")
    return Judged("same" if (post.rate, post.ends_on) == (said.rate, said.ends_on) else "changed")


def _judge(organisation: Organisation, lines: Sequence[Line]) -> list[Judged]:
    people, held = people_by_number(organisation, lines), _held(organisation, lines)
    return [_judged(line, people, held) for line in lines]


def _write(organisation: Organisation, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    people, held, chairs = people_by_number(organisation, lines), _held(organisation, lines), _chairs(organisation)
    units = Organisation.objects.in_bulk({line.said.unit for line in lines if line.said.unit})
    changes = []
    for line in lines:
        said, verdict = line.said, _judged(line, people, held).verdict
        if verdict == "new":
            chair = _chair(organisation, said, units, chairs, language)
            post = fill_post(
                by=BY, organisation=organisation, person=people[said.number], position=said.position, rate=said.rate, starts_on=said.starts_on,
                ends_on=said.ends_on, unit=units.get(said.unit), chair=chair,
            )  # fmt: skip
            changes.append(Change(line.number, post.person_id, {"post": post.pk}))
        elif verdict == "changed":
            post = held[_key(said)]
            before = {"rate": str(post.rate), "ends_on": post.ends_on.isoformat() if post.ends_on else None}
            post.rate, post.ends_on = said.rate, said.ends_on
            post.save()
            after = {"rate": str(said.rate), "ends_on": said.ends_on.isoformat() if said.ends_on else None, "post": post.pk}
            changes.append(Change(line.number, post.person_id, {}, before, after))
    return changes


def _chair(
    organisation: Organisation, said: OnList, units: dict[int, Organisation], chairs: dict[tuple[int, str], Organisation], language: str
) -> Organisation | None:
    """The chair of that name in the faculty; one that is not there yet is founded, so that a faculty's list brings its chairs."""
    if not said.chair:
        return None
    key = (said.unit, bare(said.chair))
    name = Text.of(language, **{language: said.chair})
    if key not in chairs:
        chairs[key] = found_organisation(
            by=BY, within=organisation, slug=free_word(name, Organisation), kind="unit", name=name,
            parent=units[said.unit], demonstration=organisation.demonstration,
        )  # fmt: skip
    return chairs[key]


def _undo(organisation: Organisation, changes: Sequence[Any]) -> int:
    """New posts go, and changed ones are as before; where an assignment was begun on the post, it stays."""
    begun = set(
        Assignment.objects.filter(organisation=organisation, person__in=[c.person_id for c in changes]).values_list("person", flat=True)
    )
    stay = 0
    for change in changes:
        if change.person_id in begun:
            stay += 1
        elif "post" in change.made:
            Post.objects.filter(pk=change.made["post"]).delete()
        else:
            ends = change.before["ends_on"]
            Post.objects.filter(pk=change.after["post"], rate=Decimal(change.after["rate"])).update(
                rate=Decimal(change.before["rate"]), ends_on=dt.date.fromisoformat(ends) if ends else None
            )
    return stay


POSTS = declare_intake(
    Intake(
        "posts", gettext_lazy("Posts of staff"),
        gettext_lazy("Needed are the staff number and the position. Rate, faculty, chair, first and last day may be there; a chair that is not known yet is added to its faculty."),
        COLUMNS, ("number", "position"), _reader, _judge, _write, _undo,
    )
)  # fmt: skip
