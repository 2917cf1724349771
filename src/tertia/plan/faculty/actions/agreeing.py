"""A yearly assignment from the first line to the agreement of both sides, and later changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import itself
from tertia.core.messages.outbox import write_letter
from tertia.core.periods import clock
from tertia.core.periods.years import Period
from tertia.core.records.deeds import deeds_of
from tertia.core.records.models import Record
from tertia.plan.faculty.models import Assignment, AssignmentLine, AssignmentVersion, Placed, Post
from tertia.plan.faculty.norms import Duty, Remark, remarks
from tertia.plan.faculty.policies import EITHER_SIDE, OTHER_SIDE, PERSON_OR_HEAD, THIS_SIDE, side_of
from tertia.plan.faculty.queries import heads_of, norms_on
from tertia.plan.faculty.vocabulary import functions

__all__ = [
    "agree", "begin_assignment", "drop_line", "offer", "place", "put_line", "remarks_of", "reopen", "take_back", "take_up", "tell", "write_assignment",
]  # fmt: skip


@action("faculty.begin_assignment", may=PERSON_OR_HEAD)
def begin_assignment(*, by: Any, person: Any, organisation: Any, year: Period, post: Post | None) -> Assignment:
    """Begin the draft of a year; whoever begins it writes it first, and the other side sees it when it is offered."""
    if Assignment.objects.filter(person=person, organisation=organisation, starts_on=year.start).exists():
        raise BadInput(Fault("", _("This year has an assignment already.")))
    if post is None:
        raise BadInput(Fault("", _("No post is on record for this year. Ask the office to write it down first.")))
    mine = by.person_id == person.pk
    made = Assignment(
        person=person, organisation=organisation, starts_on=year.start, ends_on=year.last_day, unit=post.unit, chair=post.chair, position=post.position, rate=post.rate,
        turn="person" if mine else "head", head=None if mine else by.person,
    )  # fmt: skip
    made.save()
    return made


def _locked(by: Any, assignment: Assignment, state: str, *, turn: bool = True) -> Assignment:
    """The assignment as it is now, still in this state and still the actor's turn (or the other side's): meanwhile it may have gone over."""
    assignment = lock(assignment)
    require_state(assignment, state)
    if not by.is_system and (side_of(by, assignment) == assignment.turn) is not turn:
        raise WrongState(assignment, f"with the {assignment.turn}", ("the other side",))
    return assignment


@action("faculty.write_assignment", may=THIS_SIDE, about="assignment")
def write_assignment(*, by: Any, assignment: Assignment, other_hours: Decimal | None, words: str, beyond_why: str) -> Assignment:
    """What stands beside the lines: hours of other work, a word to the other side, why the norms are left."""
    assignment = _locked(by, assignment, "draft")
    if other_hours is not None and not 0 <= other_hours < 10000:
        raise BadInput(Fault("other_hours", _("Hours are not below zero.")))
    assignment.other_hours, assignment.words, assignment.beyond_why = other_hours, words.strip()[:1000], beyond_why.strip()[:500]
    assignment.save()
    return assignment


@action("faculty.put_line", may=THIS_SIDE, about="assignment")
def put_line(
    *, by: Any, assignment: Assignment, function: str, what: str, hours: Decimal | None, times: int | None = None, by_on: dt.date | None = None,
    measure: Record | None = None,
) -> AssignmentLine:  # fmt: skip
    """Write what is to be done of a function. Without hours they follow from the pieces by the norm in force when the year began."""
    assignment = _locked(by, assignment, "draft")
    year = assignment.period
    faults = [] if function in functions() else [Fault("function", _("Choose a function of the catalogue."))]
    if not what.strip():
        faults.append(Fault("what", _("Say what is to be done.")))
    if hours is None and times:
        norm = norms_on(assignment.organisation, year.start).get(function)
        if norm is not None and norm.each is not None:
            hours = round(Decimal(str(norm.each)) * times, 2)
    if hours is None or not 0 < hours <= 2000:
        faults.append(Fault("hours", _("Write the hours, or how many pieces where a norm gives hours for one.")))
    if by_on is not None and by_on not in year:
        faults.append(Fault("by_on", _("The day lies outside of the academic year %(year)s.") % {"year": year.label}))
    if measure is not None and measure.kind != "measure":
        faults.append(Fault("measure", _("Choose a measure.")))
    if faults:
        raise BadInput(*faults)
    line = AssignmentLine.objects.filter(assignment=assignment, function=function, stands=False).first()
    line = line or AssignmentLine(assignment=assignment, function=function)
    assert hours is not None, "no fault was found"
    line.what, line.hours, line.times, line.by_on, line.measure = what.strip()[:400], hours, times, by_on, measure
    line.save()
    return line


@action("faculty.drop_line", may=THIS_SIDE)
def drop_line(*, by: Any, line: AssignmentLine) -> Assignment:
    assignment = _locked(by, line.assignment, "draft")
    if line.stands:
        raise WrongState(assignment, "agreed", ("draft",))
    line.delete()
    return assignment


def remarks_of(assignment: Assignment, *, standing: bool = False) -> list[Remark]:
    """Where the lines leave the norms of the year."""
    duties = [Duty(x.function, float(x.hours), x.times) for x in assignment.lines.all() if x.stands is standing]
    other = None if assignment.other_hours is None else float(assignment.other_hours)
    return remarks(duties, norms_on(assignment.organisation, assignment.period.start), rate=float(assignment.rate), other_hours=other)


@action("faculty.offer", may=THIS_SIDE, about="assignment")
def offer(*, by: Any, assignment: Assignment) -> Assignment:
    """Show the draft to the other side, which agrees or writes its own. What leaves the norms needs a reason."""
    assignment = _locked(by, assignment, "draft")
    if not assignment.lines.filter(stands=False).exists():
        raise BadInput(Fault("", _("Write at least one line.")))
    if remarks_of(assignment) and not assignment.beyond_why:
        raise BadInput(Fault("beyond_why", _("The norms are left. Say why, or change the lines.")))
    if assignment.turn == "head" and by.person is not None:
        assignment.head = by.person
    assignment.state, assignment.turn, assignment.offered_at = "offered", _other(assignment.turn), clock.now()
    assignment.save()
    tell(
        assignment,
        gettext_noop("An assignment for %(year)s waits for your word"),
        gettext_noop("%(who)s: read it, agree to it, or write what you would change."),
        "offered",
    )
    return assignment


def _other(side: str) -> str:
    return "head" if side == "person" else "person"


def tell(assignment: Assignment, subject: str, body: str, which: str) -> int:
    """A letter to the side whose turn it is, once for each offer and `which`. Returns to how many people."""
    label, name, count = assignment.label, assignment.person.name, assignment.versions.count()
    to = [assignment.person] if assignment.turn == "person" else heads_of(assignment, clock.today())
    stamp = assignment.offered_at.isoformat() if assignment.offered_at else ""
    letters = [
        write_letter(
            key=f"assignment:{assignment.pk}:{which}:{count}:{stamp}:{person.pk}", to=person, organisation=assignment.organisation, subject=subject, body=body,
            values=lambda language: {"year": label, "who": name},
        )
        for person in to
    ]  # fmt: skip
    return sum(letter is not None for letter in letters)


@action("faculty.take_back", may=OTHER_SIDE, about="assignment")
def take_back(*, by: Any, assignment: Assignment) -> Assignment:
    """Whoever offered it takes it back before the other side has answered."""
    assignment = _locked(by, assignment, "offered", turn=False)
    assignment.state, assignment.turn = "draft", _other(assignment.turn)
    assignment.save()
    return assignment


@action("faculty.take_up", may=THIS_SIDE, about="assignment")
def take_up(*, by: Any, assignment: Assignment) -> Assignment:
    """Do not agree, but write into what was offered; it goes back as an offer."""
    assignment = _locked(by, assignment, "offered")
    assignment.state, assignment.words = "draft", ""
    assignment.save()
    return assignment


@action("faculty.agree", may=THIS_SIDE, about="assignment")
def agree(*, by: Any, assignment: Assignment, on: dt.date, reason: str = "") -> Assignment:
    """Agree to what the other side offered: the lines stand from now on, and what stood before is kept as the version before.

    Offering is the word of the one side, agreeing that of the other; nobody gives both.
    """
    assignment = _locked(by, assignment, "offered")
    if assignment.turn == "head" and by.person is not None:
        assignment.head = by.person
    if assignment.head_id == assignment.person_id:
        raise WrongState(assignment, "the same person on both sides", ("two people",))
    assignment.state, assignment.agreed_on = "agreed", on
    assignment.save()
    lines = list(assignment.lines.filter(stands=False))
    assignment.lines.filter(stands=True).delete()
    assignment.lines.filter(stands=False).update(stands=True)
    last = assignment.versions.first()
    content = _content(assignment, lines)
    offered, now = assignment.offered_at or clock.now(), clock.now()
    by_person = assignment.turn == "person"
    AssignmentVersion(
        assignment=assignment, number=last.number + 1 if last else 1, agreed_on=on, reason=reason.strip()[:500], content=content, digest=_digest(content),
        person_agreed_at=now if by_person else offered, head_agreed_at=offered if by_person else now, head=assignment.head,
    ).save()  # fmt: skip
    return assignment


def _content(assignment: Assignment, lines: list[AssignmentLine]) -> dict[str, Any]:
    norms = norms_on(assignment.organisation, assignment.period.start)
    return {
        "rate": str(assignment.rate), "other_hours": None if assignment.other_hours is None else str(assignment.other_hours), "beyond_why": assignment.beyond_why,
        "lines": [
            {
                "function": x.function, "what": x.what, "hours": str(x.hours), "times": x.times, "by_on": x.by_on.isoformat() if x.by_on else None,
                "measure": x.measure_id,
            }
            for x in sorted(lines, key=lambda x: x.function)
        ],
        "norms": {k: [n.valid_from.isoformat(), n.each, n.fewest, n.most] for k, n in sorted(norms.items())},
    }  # fmt: skip


def _digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content in canonical JSON."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@action("faculty.reopen", may=EITHER_SIDE, about="assignment")
def reopen(*, by: Any, assignment: Assignment, reason: str) -> Assignment:
    """Either side opens an agreed assignment again, with a reason; what was agreed counts until both have agreed anew."""
    assignment = lock(assignment)
    require_state(assignment, "agreed")
    side = side_of(by, assignment)
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why it is to be changed.")))
    assignment.state, assignment.turn, assignment.words = "draft", side or "head", reason.strip()[:1000]
    assignment.save()
    for line in assignment.lines.filter(stands=True):
        line.pk, line.stands = None, False
        line._state.adding = True
        line.save()
    return assignment


@action("faculty.place", may=itself("assignment.person_id"), about="assignment")
def place(*, by: Any, assignment: Assignment, record: Record, function: str) -> Assignment:
    """Count a record under a function that is planned, whatever its kind shows; an empty function takes that back."""
    year = assignment.period
    mine = {d.record for d in deeds_of(assignment.organisation_id, [assignment.person_id], year.start, year.end)}
    if record.pk not in mine:
        raise BadInput(Fault("record", _("This is none of your work of the year.")))
    if function and not assignment.lines.filter(function=function, stands=True).exists():
        raise BadInput(Fault("function", _("This function is not in the assignment.")))
    Placed.objects.filter(assignment=assignment, record=record).delete()
    if function:
        Placed(assignment=assignment, record=record, function=function).save()
    return assignment
