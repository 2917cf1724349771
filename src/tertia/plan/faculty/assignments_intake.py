"""Assignments as departments keep them in a table: one line for one function of one person. They come in as drafts of the unit."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
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
from tertia.core.intake.people import people_by_number, unknown_number
from tertia.core.intake.reading import words_of
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year, label_of, period
from tertia.plan.faculty.actions import begin_assignment, put_line
from tertia.plan.faculty.models import Assignment, AssignmentLine
from tertia.plan.faculty.posts_intake import STAFF_NUMBER
from tertia.plan.faculty.queries import post_of, posts_on
from tertia.plan.faculty.vocabulary import code_of, function_word, functions

__all__ = ["ASSIGNMENTS", "Assigned"]

BY = Actor.system("lists")
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": STAFF_NUMBER,
    "function": ("function", "функция", "вид работы", "вид работ", "жұмыс түрі", "атқарым"),
    "what": ("what", "содержание", "что делается", "мазмұны", "не істеледі", "мероприятие", "description"),
    "hours": ("hours", "часы", "сағат", "план, ч", "план часов", "плановые часы", "сағат саны"),
    "times": ("pieces", "количество", "саны", "кол-во", "times"),
    "year": ("year", "учебный год", "оқу жылы", "год", "academic year"),
}  # fmt: skip
_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})(?:\D.*)?")


@dataclass(frozen=True, slots=True)
class Assigned:
    """One function of one person in one academic year."""

    number: str
    year: str
    function: str
    what: str
    hours: Decimal | None
    times: int | None


def _reader(organisation: Organisation) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    usual = academic_year(clock.today()).label

    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        cells, faults = row.cells, []
        said = {name: words_of(cells.get(name)) for name in COLUMNS}
        if not said["number"]:
            faults.append(cell_fault(row, "number", _("the staff number is empty.")))
        function = code_of(said["function"], functions())
        if not function:
            faults.append(cell_fault(row, "function", _("“%(said)s” is none of the functions. Take a word of the catalogue.") % {"said": said["function"]}))  # fmt: skip
        hours, times = _number(cells.get("hours")), _number(cells.get("times"))
        if (said["hours"] and (hours is None or not 0 < hours <= 2000)) or not (said["hours"] or said["times"]):
            faults.append(cell_fault(row, "hours", _("“%(said)s” are no hours of a year.") % {"said": said["hours"]}))
        if said["times"] and (times is None or not 0 < times < 1000 or times != int(times)):
            faults.append(cell_fault(row, "times", _("“%(said)s” is no count of pieces.") % {"said": said["times"]}))
        year = _year(said["year"]) if said["year"] else usual
        if not year:
            faults.append(cell_fault(row, "year", _("“%(said)s” is no academic year. Write 2026-27.") % {"said": said["year"]}))
        if faults:
            return None, faults
        one = Assigned(
            said["number"], year, function, said["what"][:400], round(hours, 2) if hours else None, int(times) if times else None
        )
        return Line(row.line, f"{one.number}|{year}|{function}", one), []

    return read


def _number(value: Any) -> Decimal | None:
    with contextlib.suppress(ValueError):
        return number_of(value)
    return None


def _year(said: str) -> str:
    """`2026-27` for `2026/2027 уч. год`; empty for what is no academic year."""
    found = _YEAR.fullmatch(said)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return ""
    return label_of(int(found[1]))


@dataclass
class _There:
    """What stands on record for some lines: people by number, assignments by (person, first day), lines by (assignment, function)."""

    people: dict[str, Person]
    assignments: dict[tuple[int, dt.date], Assignment]
    lines: dict[tuple[int, str], list[AssignmentLine]]
    posts: set[tuple[int, str]]


def _there(organisation: Organisation, lines: Sequence[Line]) -> _There:
    people = people_by_number(organisation, lines)
    mine = [p.pk for p in people.values()]
    rows = list(Assignment.objects.filter(organisation=organisation, person__in=mine).select_related("organisation", "person"))
    of: dict[tuple[int, str], list[AssignmentLine]] = {}
    for one in AssignmentLine.objects.filter(assignment__in=rows):
        of.setdefault((one.assignment_id, one.function), []).append(one)
    posts = set()
    for label in {line.said.year for line in lines}:
        year = period(label)
        posts |= {
            (pk, label) for pk in posts_on(organisation, year.start, year.end).filter(person__in=mine).values_list("person", flat=True)
        }
    return _There(people, {(a.person_id, a.starts_on): a for a in rows}, of, posts)


def _same(line: AssignmentLine, said: Assigned) -> bool:
    return (said.hours is None or line.hours == said.hours) and (not said.what or line.what == said.what) and line.times == said.times


def _judged(line: Line, there: _There) -> Judged:
    said: Assigned = line.said
    where = str(line.number)
    person = there.people.get(said.number)
    if person is None:
        return unknown_number(line)
    assignment = there.assignments.get((person.pk, period(said.year).start))
    lines = there.lines.get((assignment.pk, said.function), []) if assignment else []
    if any(_same(one, said) for one in lines):
        return Judged("same")
    if assignment is not None and (assignment.state, assignment.turn) != ("draft", "head"):
        return Judged("", Fault(where, _("Line %(line)d: this assignment is with the teacher or agreed already. Change it on its page.") % {"line": line.number}))  # fmt: skip
    if assignment is None and (person.pk, said.year) not in there.posts:
        return Judged("", Fault(where, _("Line %(line)d: no post of “%(said)s” is on record for %(year)s. Take in the list of posts first.") % {"line": line.number, "said": said.number, "year": said.year}))  # fmt: skip
    return Judged("changed" if lines else "new")


def _judge(organisation: Organisation, lines: Sequence[Line]) -> list[Judged]:
    there = _there(organisation, lines)
    return [_judged(line, there) for line in lines]


def _write(organisation: Organisation, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    there = _there(organisation, lines)
    changes = []
    for line in lines:
        said: Assigned = line.said
        verdict = _judged(line, there).verdict
        if verdict not in ("new", "changed"):
            continue
        person, year = there.people[said.number], period(said.year)
        assignment, made = there.assignments.get((person.pk, year.start)), {}
        if assignment is None:
            post = post_of(person, organisation, year)
            assignment = begin_assignment(by=BY, person=person, organisation=organisation, year=year, post=post)
            there.assignments[(person.pk, year.start)] = assignment
            made["assignment"] = assignment.pk
        old = next((x for x in there.lines.get((assignment.pk, said.function), []) if not x.stands), None)
        before = {"what": old.what, "hours": str(old.hours), "times": old.times} if old else {}
        put = put_line(
            by=BY, assignment=assignment, function=said.function, what=said.what or (old.what if old else function_word(said.function, language)),
            hours=said.hours, times=said.times,
        )  # fmt: skip
        after = {"line": put.pk, "what": put.what, "hours": str(put.hours), "times": put.times}
        changes.append(Change(line.number, person.pk, made | ({} if old else {"line": put.pk}), before, after))
    return changes


def _undo(organisation: Organisation, changes: Sequence[Any]) -> int:
    """Lines of drafts that nobody has written into since are as before; empty drafts that this list made go."""
    stay = 0
    for change in changes:
        line = AssignmentLine.objects.filter(pk=change.made.get("line") or change.after["line"]).select_related("assignment").first()
        if line is None:
            continue
        now = {"what": line.what, "hours": str(line.hours), "times": line.times}
        untouched = not change.before or all(change.after[k] == v for k, v in now.items())
        if line.stands or line.assignment.state != "draft" or line.assignment.turn != "head" or not untouched:
            stay += 1
        elif change.before:
            line.what, line.hours, line.times = change.before["what"], Decimal(change.before["hours"]), change.before["times"]
            line.save()
        else:
            line.delete()
    made = [c.made["assignment"] for c in changes if "assignment" in c.made]
    Assignment.objects.filter(pk__in=made, lines=None, state="draft", turn="head").delete()
    return stay


ASSIGNMENTS = declare_intake(
    Intake(
        "assignments", gettext_lazy("Assignments of the third mission"),
        gettext_lazy("Needed are the staff number, the function and the hours (or how many pieces, where a norm gives hours for one). They come in as drafts of the faculty, which offers them."),
        COLUMNS, ("number", "function", "hours"), _reader, _judge, _write, _undo,
    )
)  # fmt: skip
