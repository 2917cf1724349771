"""Invented programmes and courses, a service-learning course tied to tasks, one student's way through it to credits and a badge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tertia.act.activities.actions import ask_host, attest_hours, claim_hours, write_activity
from tertia.act.learning.actions import (
    assess,
    award_course,
    give_feedback,
    hand_in,
    import_study,
    note_practitioner,
    tie_opportunity,
    write_outcome,
    write_reflection,
)
from tertia.act.learning.badges import issue_badge
from tertia.act.learning.models import Course
from tertia.act.learning.study_file import read_study
from tertia.act.volunteering.models import Opportunity, Shift
from tertia.act.volunteering.queries import helped_by
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import DATA

__all__ = ["study"]

WORDS = (
    "On five afternoons I sat beside older residents in the library and we did together what they had come with: an appointment, a certificate, "
    "a message to a grandson. I learnt to ask first and to explain second, and that my own words were too quick. For them it meant that they could "
    "do it again alone; two of them came back to show it. Next time I will write the steps down large before I begin, and ask after a week whether they were of use."
)


def study(cast: Cast, day: dt.date, tell: Any) -> None:
    """Everything happens before the day; the student's hours are signed by the library."""
    began = dt.date(day.year - (day.month < 9), 9, 1)
    with clock.at(began, 9):
        rows = read_study((DATA / "study.csv").read_bytes()).rows
        office = cast.actor("office", began)
        import_study(by=office, owner=cast.university, rows=rows, language="en", on=began, demonstration=True)
    course = Course.objects.get(owner=cast.university, code="D-SRV101")
    _translate(cast, course, day)
    library = Opportunity.objects.filter(host=cast.bodies["demonstration-library"], owner=cast.university).order_by("pk").first()
    assert library is not None
    with clock.at(day - dt.timedelta(days=11), 9):
        tie_opportunity(by=cast.actor("office", day), course=course, opportunity=library, outcomes=list(course.outcomes.all()))
    with clock.at(day - dt.timedelta(days=20), 17):
        topic = Text.of(
            "en", en="What readers ask a library for", ru="За чем читатели приходят в библиотеку", kk="Оқырмандар кітапханадан не сұрайды"
        )
        note_practitioner(
            by=cast.actor("office", clock.today()), course=course, led_by="Библиотекарь (демонстрация)", organisation=cast.bodies["demonstration-library"],
            held_on=clock.today(), hours=Decimal(2), topic=topic, on=clock.today(),
        )  # fmt: skip
    _one_student(cast, course, library, day)
    tell("programmes, a course of service, a badge")


def _translate(cast: Cast, course: Course, day: dt.date) -> None:
    """Titles in the other languages, and one outcome that was sharpened, so that a difference can be seen."""
    from tertia.core.records.actions import write_version  # app start

    office = cast.actor("office", day)
    with clock.at(day - dt.timedelta(days=40), 9):
        for language, words in (("ru", "Служение обществу"), ("kk", "Қоғамға қызмет")):
            write_version(by=office, record=course, field="title", language=language, text=words)
        words = "plans work together with a partner, agrees how its benefit will be seen, and asks afterwards whether it was"
        write_outcome(
            by=office,
            course=course,
            code="O2",
            words=Text.of("en", en=words),
            third_mission=True,
            on=clock.today(),
            reason="Asked for by the partners",
        )


def _one_student(cast: Cast, course: Course, library: Opportunity, day: dt.date) -> None:
    """Five afternoons of six hours and a half, signed by the library; a reflection, feedback, credits, a badge."""
    student, office = cast.people["student"], cast.actor("office", day)
    for week in range(5):
        on = day - dt.timedelta(days=10 + 7 * week)
        start = timezone.make_aware(dt.datetime.combine(on, dt.time(11)))
        with clock.at(on, 18):
            activity = write_activity(
                by=office, owner=cast.university, title=library.title, starts_at=start, ends_at=start + dt.timedelta(hours=6.5), host=library.host,
                unit=library.unit, where=library.where, place=library.place, held=True, demonstration=True,
                carries_out=helped_by(library),
            )  # fmt: skip
            _as_shift(library, activity)
            sheet = claim_hours(by=office, activity=activity, rows=[(student, library.unit, Decimal("6.5"), "student")])
            sheet = ask_host(by=office, sheet=sheet, on=on)
            attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    with clock.at(day - dt.timedelta(days=6), 20):
        reflection = write_reflection(by=Actor.of(student, day), course=course, words=WORDS)
        reflection = hand_in(by=Actor.of(student, day), reflection=reflection)
    with clock.at(day - dt.timedelta(days=4), 15):
        give_feedback(
            by=office,
            reflection=reflection,
            words="You name the outcome and what the residents said of it. Write down the two who came back: it is your best evidence.",
        )
        assess(by=office, reflection=reflection, levels={"experience": 3, "outcome": 2, "society": 2, "self": 3})
        award_course(by=office, course=course, person=student, on=clock.today())
    with clock.at(day - dt.timedelta(days=3), 9):
        issue_badge(by=Actor.of(student, day), owner=cast.university, person=student, course=course, language="en")


def _as_shift(library: Opportunity, activity: Any) -> None:
    """A shift of the past whose list became this activity."""
    from tertia.demonstration.actions import write_shift  # app start

    write_shift(by=Actor.system("demonstration"), shift=Shift(
        opportunity=library, starts_at=activity.starts_at, ends_at=activity.ends_at, places=6, listed_at=activity.ends_at, activity=activity,
    ))  # fmt: skip
