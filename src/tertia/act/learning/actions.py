"""Courses and their outcomes, reflections, assessment, credits: every write."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.learning.credit_rules import Scheme, allot
from tertia.act.learning.lti.rounds import tell_platforms
from tertia.act.learning.models import (
    Assessment,
    Award,
    AwardPart,
    Course,
    Feedback,
    Outcome,
    OutcomeChange,
    PractitionerSession,
    Programme,
    Reflection,
    Tie,
)
from tertia.act.learning.queries import KEEPERS, free_hours, served_with, teaches, used_in_period
from tertia.act.learning.rubric import rubric
from tertia.act.learning.study_file import StudyRow
from tertia.act.volunteering.models import Opportunity
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed, WrongState
from tertia.core.actions.policies import itself, one_of, roles, signed_in
from tertia.core.languages.text import Text
from tertia.core.parties.models import Person
from tertia.core.periods import clock
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.rules.queries import rule_on

__all__ = [
    "assess", "award_course", "award_scheme", "drop_practitioner", "give_feedback", "hand_in", "import_study", "note_practitioner", "take_back_award", "take_template", "templates", "tie_opportunity", "untie_opportunity",
    "write_outcome", "write_reflection",
]  # fmt: skip

#: the office, a dean, a leader, and whoever answers for the course
TEACHERS = one_of(roles(*KEEPERS, of="course.owner_id"), itself("course.responsible_id"))
ASSESSORS = one_of(roles(*KEEPERS, of="reflection.course.owner_id"), itself("reflection.course.responsible_id"))


@action("learning.import", may=roles("office", "administrator", "leader", of="owner.pk"), about="owner")
def import_study(*, by: Any, owner: Any, rows: list[StudyRow], language: str, on: dt.date, demonstration: bool = False) -> dict[str, int]:
    """Bring programmes, courses and outcomes in line with a checked list. The same list again changes nothing; nothing is deleted."""
    counts = {"programmes": 0, "courses": 0, "outcomes": 0}
    programmes = {p.code: p for p in Programme.objects.filter(owner=owner)}
    courses = {c.code: c for c in Course.objects.filter(owner=owner)}
    for row in rows:
        programme, new = _record(
            Programme,
            programmes,
            row.programme_code,
            owner,
            Text.of(language, **{language: row.programme}),
            on,
            demonstration,
            level=row.level,
        )
        counts["programmes"] += new
        course, new = _record(
            Course, courses, row.course_code, owner, Text.of(language, **{language: row.course}), on, demonstration, credits=row.credits, service=row.service
        )  # fmt: skip
        counts["courses"] += new
        course.programmes.add(programme)
        if row.outcome_code:
            counts["outcomes"] += _outcome(
                course, row.outcome_code, Text.of(language, **{language: row.outcome}), row.third_mission, on, ""
            )
    return counts


@action("learning.take_template", may=roles("office", "administrator", "leader", of="owner.pk"))
def take_template(*, by: Any, owner: Any, name: str, on: dt.date, demonstration: bool = False) -> Course:
    """A ready course with its outcomes in three languages, to be changed as one likes. Taken twice it is one."""
    rows = templates()
    if name not in rows:
        raise BadInput(Fault("template", _("There is no ready course “%(name)s”.") % {"name": name}))
    row = rows[name]
    there = Course.objects.filter(owner=owner, code=row["code"]).first()
    if there is not None:
        return there
    made = Course(
        owner=owner, code=row["code"], title=_three(row), summary=_three(row, "summary_"), slug=free_slug(owner, "course", row["code"]), service=True,
        visibility=Visibility.PUBLIC, number=row["code"], starts_on=on, credits=row["credits"], scheme=row["scheme"], demonstration=demonstration,
    )  # fmt: skip
    made.save()
    for outcome in row["outcome"]:
        _outcome(made, outcome["code"], _three(outcome), True, on, "")
    return made


def _three(row: dict[str, Any], prefix: str = "") -> Text:
    return Text.of("en", **{lang: row[f"{prefix}{lang}"] for lang in ("en", "ru", "kk")})


@cache
def templates() -> dict[str, dict[str, Any]]:
    """Courses that may be taken over, by name."""
    return tomllib.loads((Path(__file__).parent / "course_templates.toml").read_text(encoding="utf-8"))


def _record(
    model: Any, there: dict[str, Any], code: str, owner: Any, title: Text, on: dt.date, demonstration: bool, **fields: Any
) -> tuple[Any, int]:
    """The record with this code, written or brought in line; 1 where something changed."""
    found = there.get(code)
    if found is None:
        found = model(owner=owner, code=code, title=title, slug=free_slug(owner, model.KIND, code), visibility=Visibility.PUBLIC, number=code[:20], starts_on=on, demonstration=demonstration, **fields)  # fmt: skip
        found.save()
        there[code] = found
        return found, 1
    language = next(iter(title.versions))
    changed = found.title.read(language).text != title.read(language).text or any(getattr(found, k) != v for k, v in fields.items())
    if changed:
        found.title = found.title.write(language, title.read(language).text)
        for name, value in fields.items():
            setattr(found, name, value)
        found.save()
    return found, int(changed)


def _outcome(course: Course, code: str, words: Text, third_mission: bool, on: dt.date, reason: str) -> int:
    """Write an outcome and, where it says something else now, what it said before. 1 where something changed."""
    found = Outcome.objects.filter(course=course, code=code).first()
    before = found.words if found else Text({})
    was = bool(found and found.third_mission)
    language = next(iter(words.versions))
    if found and before.read(language).text == words.read(language).text and was == third_mission and not found.withdrawn:
        return 0
    found = found or Outcome(course=course, code=code)
    found.words = before.write(language, words.read(language).text) if before else words
    found.third_mission, found.withdrawn = third_mission, False
    found.save()
    OutcomeChange(
        outcome=found, on=on, before=before, after=found.words, third_mission_before=was, third_mission_after=third_mission, reason=reason[:300]
    ).save()  # fmt: skip
    return 1


@action("learning.write_outcome", may=TEACHERS, about="course")
def write_outcome(*, by: Any, course: Course, code: str, words: Text, third_mission: bool, on: dt.date, reason: str = "") -> Course:
    """A new outcome, or what an outcome says from now on; the difference stays readable."""
    if not code.strip() or not words:
        raise BadInput(Fault("words", _("an outcome needs its code and its words.")))
    _outcome(course, code.strip()[:20], words, third_mission, on, reason)
    return course


@action("learning.note_practitioner", may=TEACHERS, about="course")
def note_practitioner(
    *, by: Any, course: Course, led_by: str, organisation: Any, held_on: dt.date, hours: Decimal, topic: Text, on: dt.date
) -> PractitionerSession:
    """A session that somebody from outside led; a guest of the own university is none."""
    faults = [] if led_by.strip() else [Fault("led_by", _("Say who led it."))]
    if organisation.pk == course.owner_id or organisation.kind in ("unit", "class") or organisation.parent_id == course.owner_id:
        faults.append(Fault("organisation", _("A practitioner is of another organisation than yours.")))
    if held_on > on:
        faults.append(Fault("held_on", _("This day is still to come. Write it down when it was held.")))
    if not 0 < hours <= 24:
        faults.append(Fault("hours", _("Hours lie above 0 and are at most 24.")))
    if not topic:
        faults.append(Fault("topic", _("Say what it was about.")))
    if faults:
        raise BadInput(*faults)
    made = PractitionerSession(
        course=course, led_by=led_by.strip()[:200], organisation=organisation, held_on=held_on, hours=hours, topic=topic
    )
    made.save()
    return made


@action("learning.drop_practitioner", may=TEACHERS, about="course")
def drop_practitioner(*, by: Any, course: Course, session: PractitionerSession) -> Course:
    """Take back what was written down wrongly."""
    session.delete()
    return course


@action("learning.tie", may=TEACHERS, about="course")
def tie_opportunity(*, by: Any, course: Course, opportunity: Opportunity, outcomes: list[Outcome]) -> Tie:
    """Say that serving there leads to outcomes of the course; at least one."""
    if not outcomes or any(o.course_id != course.pk for o in outcomes):
        raise BadInput(Fault("outcomes", _("Choose at least one outcome of this course: it says what is learnt by serving.")))
    tie = Tie.objects.filter(course=course, opportunity=opportunity).first() or Tie(course=course, opportunity=opportunity)
    tie.save()
    tie.outcomes.set(outcomes)
    return tie


@action("learning.untie", may=TEACHERS, about="course")
def untie_opportunity(*, by: Any, course: Course, tie: Tie) -> Course:
    """Take the tie away. Refused while credits rest on it."""
    if AwardPart.objects.filter(
        award__course=course, award__taken_back_at=None, participation__sheet__activity__shift__opportunity=tie.opportunity_id
    ).exists():
        raise BadInput(Fault("tie", _("Credits of this course rest on hours of this opportunity. Take the credits back first.")))
    tie.delete()
    return course


@action("learning.write_reflection", may=signed_in, traceless=True)
def write_reflection(*, by: Any, course: Course, words: str) -> Reflection:
    """One's own draft. Nobody else can read it, and the journal keeps no trace of it, until it is handed in."""
    found = Reflection.objects.filter(course=course, person=by.person).first() or Reflection(course=course, person=by.person)
    if found.handed_in_at is not None:
        raise WrongState(found, "handed in", ("draft",))
    found.words, found.written_at = words.strip()[:20_000], clock.now()
    found.save()
    return found


@action("learning.hand_in", may=itself("reflection.person_id"), about="reflection")
def hand_in(*, by: Any, reflection: Reflection) -> Reflection:
    """From now on the teacher may read it, and the hosts where the student served for the course."""
    reflection = lock(reflection)
    if reflection.handed_in_at is not None:
        raise WrongState(reflection, "handed in", ("draft",))
    if len(reflection.words.split()) < 30:
        raise BadInput(
            Fault("words", _("This is short of a reflection: write at least 30 words on what you did, what you learnt, and what it means."))
        )
    reflection.handed_in_at = clock.now()
    reflection.save()
    tell_platforms(reflection)
    return reflection


@action("learning.give_feedback", may=signed_in, about="reflection")
def give_feedback(*, by: Any, reflection: Reflection, words: str, host: Any = None) -> Feedback:
    """A word of the teacher, or of a host with whom the student served for this course."""
    course = reflection.course
    hosts = host is not None and by.has(host.pk, "partner", "office", "leader") and host.pk in served_with(reflection.person, course)
    if not (hosts or teaches(by, course)):
        raise NotAllowed("learning.give_feedback")
    if reflection.handed_in_at is None:
        raise WrongState(reflection, "draft", ("handed in",))
    if not words.strip():
        raise BadInput(Fault("words", _("Write a word of feedback.")))
    made = Feedback(reflection=reflection, by_host=host if hosts else None, person=by.person, words=words.strip()[:5000], at=clock.now())
    made.save()
    return made


@action("learning.assess", may=ASSESSORS, about="reflection")
def assess(*, by: Any, reflection: Reflection, levels: dict[str, int], words: str = "") -> Assessment:
    """Judge by the rubric. The later judgement takes the place of the one before, which the journal keeps."""
    if reflection.handed_in_at is None:
        raise WrongState(reflection, "draft", ("handed in",))
    try:
        passed = rubric().passes(levels)
    except ValueError as error:
        raise BadInput(Fault(f"level-{error}", _("Choose a level for every criterion."))) from error
    made = Assessment.objects.filter(reflection=reflection).first() or Assessment(reflection=reflection)
    made.levels, made.passed, made.words, made.teacher, made.at = levels, passed, words.strip()[:5000], by.person, clock.now()
    made.save()
    reflection.assessment = made
    tell_platforms(reflection)
    return made


@action("learning.award", may=TEACHERS)
def award_course(*, by: Any, course: Course, person: Person, on: dt.date) -> Award:
    """Credits of a course for hours that hosts have signed, after a reflection that was assessed as passed."""
    person = lock(person)
    if not course.service:
        raise BadInput(Fault("course", _("This course gives no credits for service. Mark it as service learning first.")))
    if not Assessment.objects.filter(reflection__course=course, reflection__person=person, passed=True).exists():
        raise BadInput(Fault("reflection", _("There is no reflection of this student that was assessed as passed.")))
    return _award(by, person, course.owner, course.scheme, on, course)


@action("learning.award_scheme", may=roles("office", "leader", "administrator", of="owner.pk"))
def award_scheme(*, by: Any, owner: Any, person: Person, scheme: str, on: dt.date) -> Award:
    """Credits of a national scheme for signed hours that no course has used."""
    return _award(by, lock(person), owner, scheme, on, None)


def _award(by: Any, person: Person, owner: Any, name: str, on: dt.date, course: Course | None) -> Award:
    rules = rule_on("credit.schemes", on, owner)
    if name not in rules:
        raise BadInput(
            Fault(
                "scheme", _("There is no scheme “%(name)s” in force on this day. The administrator adds it to the rules.") % {"name": name}
            )
        )
    scheme = Scheme.of(name, rules[name])
    used_hours, used_credits, period = used_in_period(person, scheme, on)
    given = sum((a.credits for a in Award.objects.filter(person=person, course=course, taken_back_at=None)), start=0) if course else 0
    found = allot(
        scheme, free_hours(person, course=course, period=period), used_hours=used_hours, used_credits=used_credits,
        course_credits=course.credits - given if course else None,
    )  # fmt: skip
    if found.credits <= 0:
        raise BadInput(
            Fault("hours", _refusal(scheme, found.held_back, used_credits, course), "ceiling" if found.held_back == "ceiling" else "hours")
        )
    membership = person.memberships.in_force(on).filter(organisation=owner).exclude(unit=None).first()
    made = Award(
        person=person, owner=owner, unit=membership.unit if membership else None, course=course, scheme=name, rule=rules[name], on=on, hours=found.hours,
        credits=found.credits,
    )  # fmt: skip
    made.save()
    for pk, hours in found.parts:
        AwardPart(award=made, participation_id=pk, hours=hours).save()
    return made


def _refusal(scheme: Scheme, held_back: str, used: Any, course: Course | None) -> str:
    if held_back == "ceiling" and course is not None:
        return _("All credits of this course are awarded already.")
    if held_back == "ceiling":
        return _("The ceiling is reached: %(used)s of %(most)s credits of this year are awarded. No further credit can be given before the next one.") % {
            "used": f"{used.normalize():f}", "most": f"{scheme.most_credits:f}",
        }  # fmt: skip
    least = min((h for h, _c in scheme.steps), default=scheme.hours_per_credit)
    return _("There are too few free hours: a credit needs %(hours)s h that the host has signed and that no other credit has used.") % {
        "hours": least
    }


@action("learning.take_back", may=roles("office", "leader", "administrator", of="award.owner_id"), about="award")
def take_back_award(*, by: Any, award: Award, reason: str) -> Award:
    """The award no longer counts and its hours are free again; it stays in the history with the reason."""
    award = lock(award)
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why the credits are taken back.")))
    award.taken_back_at = award.taken_back_at or clock.now()
    award.reason = award.reason or reason.strip()[:300]
    award.save()
    return award
