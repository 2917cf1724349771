"""Preparing a survey, opening and closing it; answering on a device or entering a paper sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.access.voices import Speaker
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, anyone, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.surveys.models import Response, Survey
from tertia.listen.surveys.questions import Question, QuestionsUnreadable, code_of, is_code, read_questions

__all__ = ["answer_survey", "close_survey", "enter_sheet", "open_survey", "prepare_survey", "print_sheets", "questions_of", "say_sampling"]

MOST_SHEETS, LONGEST = 200, 1000


def _why(error: QuestionsUnreadable) -> str:
    words = {
        "options": _("Line %(n)d: write the question, a colon, and two options or more with semicolons between them."),
        "twice": _("Line %(n)d: an option stands there twice."),
        "long": _("Line %(n)d: at most 300 letters and 20 options."),
        "many": _("Line %(n)d: at most 40 questions."),
        "none": _("Write at least one question."),
    }[error.why]
    return words % {"n": error.line} if "%(n)d" in words else words


def questions_of(survey: Survey) -> list[Question]:
    return [Question(q["kind"], q["text"], tuple(q["options"])) for q in survey.questions]


@action("surveys.prepare", may=roles(*OFFICE, of="owner.pk"))
def prepare_survey(
    *,
    by: Any,
    owner: Any,
    title: Text,
    summary: Text,
    lines: str,
    ends_on: dt.date | None,
    about: Record | None = None,
    demonstration: bool = False,
) -> Survey:
    """Questions a line each (`questions.read_questions`); a draft until it is opened. Opened, its questions stand."""
    if not title:
        raise BadInput(Fault("title", _("Give the survey a name.")))
    try:
        questions = read_questions(lines)
    except QuestionsUnreadable as error:
        raise BadInput(Fault("lines", _why(error))) from error
    made = Survey(
        owner=owner, title=title, summary=summary, questions=[q.stored() for q in questions], ends_on=ends_on, author=by.person,
        slug=free_slug(owner, "survey", title), visibility=Visibility.OFFICE, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    if about is not None:
        join(made, "asks-about", about)
    return made


@action("surveys.open", may=roles(*OFFICE, of="survey.owner_id"), about="survey")
def open_survey(*, by: Any, survey: Survey, on: dt.date) -> Survey:
    survey = lock(survey)
    if survey.ends_on is not None and survey.ends_on < on:
        raise BadInput(Fault("ends_on", _("The last day lies in the past; nobody could answer.")))
    survey.starts_on, survey.visibility = on, Visibility.PUBLIC
    move(survey, "open")
    return survey


@action("surveys.close", may=roles(*OFFICE, of="survey.owner_id"), about="survey")
def close_survey(*, by: Any, survey: Survey, on: dt.date) -> Survey:
    survey = lock(survey)
    survey.closed_on = on
    move(survey, "closed")
    return survey


@action("surveys.say_sampling", may=roles(*OFFICE, of="survey.owner_id"), about="survey")
def say_sampling(
    *, by: Any, survey: Survey, sampling: str, notes: Text, asked: int | None, population: int | None, weight_question: int | None,
    weight_shares: dict[str, float],
) -> Survey:  # fmt: skip
    """How those asked were found, how many there are, and the known shares of one question's groups for weights."""
    survey = lock(survey)
    if sampling not in Survey.Sampling.values:
        raise BadInput(Fault("sampling", _("Choose how those asked were found.")))
    if sampling != Survey.Sampling.OPEN and not notes:
        raise BadInput(Fault("notes", _("Say from which list they were drawn, and how; without it no margin can be told.")))
    if asked is not None and population is not None and asked > population:
        raise BadInput(Fault("asked", _("More were asked than there are.")))
    if weight_question is not None:
        questions = questions_of(survey)
        codes = {code for code, _text in questions[weight_question].coded} if weight_question < len(questions) else set()
        if (
            not codes
            or questions[weight_question].kind != "one"
            or set(weight_shares) - codes
            or any(s < 0 for s in weight_shares.values())
        ):
            raise BadInput(Fault("weights", _("Weights need a question with one choice, and a share for each of its options.")))
    survey.sampling, survey.sampling_notes, survey.asked, survey.population = sampling, notes, asked, population
    survey.weight_question, survey.weight_shares = weight_question, weight_shares if weight_question is not None else {}
    survey.save()
    return survey


def _checked(survey: Survey, answers: dict[int, list[str] | str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, question in enumerate(questions_of(survey)):
        given = answers.get(number)
        if not given:
            continue
        if question.kind == "words":
            found[str(number)] = str(given).replace("\x00", "")[:LONGEST]
            continue
        codes = [given] if isinstance(given, str) else list(given)
        if (
            set(codes) - {code for code, _text in question.coded}
            or question.kind == "one"
            and len(codes) > 1
            or len(set(codes)) != len(codes)
        ):
            raise BadInput(Fault(f"q{number}", _("Question %(n)d: choose from its options.") % {"n": number + 1}))
        found[str(number)] = codes
    if not found:
        raise BadInput(Fault("", _("No question was answered.")))
    return found


@action("surveys.answer", may=anyone, about="survey", traceless=True)
def answer_survey(*, by: Any, survey: Survey, speaker: Speaker, answers: dict[int, list[str] | str], on: dt.date) -> Response:
    """Answer on a device, once; the event names nobody."""
    require_state(survey, "open")
    if survey.ends_on is not None and on > survey.ends_on:
        raise BadInput(Fault("", _("The survey has ended.")))
    key = speaker.voice_key(survey.pk)
    if Response.objects.filter(survey=survey, key=key).exists():
        raise BadInput(Fault("", _("You have answered already. Thank you.")))
    made = Response(survey=survey, answers=_checked(survey, answers), key=key, answered_on=on)
    made.save()
    return made


@action("surveys.print", may=roles(*OFFICE, of="survey.owner_id"), about="survey")
def print_sheets(*, by: Any, survey: Survey, count: int) -> list[str]:
    """Codes for so many new paper sheets."""
    if not 1 <= count <= MOST_SHEETS:
        raise BadInput(Fault("count", _("From 1 to %(n)d sheets at once.") % {"n": MOST_SHEETS}))
    survey = lock(survey)
    first = survey.sheets + 1
    survey.sheets += count
    survey.save()
    return [code_of(n) for n in range(first, first + count)]


@action("surveys.enter", may=roles("member", *OFFICE, of="survey.owner_id"), about="survey")
def enter_sheet(*, by: Any, survey: Survey, code: str, answers: dict[int, list[str] | str], on: dt.date) -> Response:
    """Enter a sheet that came back; each code once."""
    require_state(survey, "open")
    code = code.strip()
    if not is_code(code) or int(code[:-1]) > survey.sheets or not int(code[:-1]):
        raise BadInput(Fault("code", _("This is no code of a sheet of this survey; look at the figures once more.")))
    if Response.objects.filter(survey=survey, sheet=code).exists():
        raise BadInput(Fault("code", _("Sheet %(code)s was entered already.") % {"code": code}))
    made = Response(survey=survey, answers=_checked(survey, answers), sheet=code, answered_on=on)
    made.save()
    return made
