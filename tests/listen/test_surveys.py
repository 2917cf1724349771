"""Surveys: shares with margins where chance chose, a refusal with its reason where it did not; devices and paper sheets once each."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.access.voices import Speaker
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.actions.models import Event
from tertia.core.languages.text import Text
from tertia.core.records.models import Link
from tertia.listen.surveys.actions import (
    answer_survey,
    close_survey,
    enter_sheet,
    open_survey,
    prepare_survey,
    print_sheets,
    say_sampling,
)
from tertia.listen.surveys.estimates import Design, estimate, weights_of
from tertia.listen.surveys.models import Response, Survey
from tertia.listen.surveys.questions import QuestionsUnreadable, code_of, is_code, read_questions
from tertia.listen.surveys.results import results_of, why_no_margin, why_no_weights

LINES = "How do you get home? : bus; on foot; car\n[many] What is missing? : light; roof; timetable\nWhat else?\n"


def answers(yes, no):
    return [["a"]] * yes + [["b"]] * no


def test_a_random_sample_has_a_margin_that_holds_the_truth_in_about_95_of_100():
    pick, held = np.random.default_rng(1), 0
    for _draw in range(400):
        yes = int(pick.hypergeometric(900, 2100, 200))
        (one, _two) = estimate(answers(yes, 200 - yes), ["a", "b"], Design("random", 200, 3000)).shares
        held += one.low <= 0.3 <= one.high
    assert 0.92 <= held / 400 <= 0.98


def test_no_margin_is_told_where_chance_did_not_choose_or_few_answered():
    rows = answers(60, 40)
    for design, why in (
        (Design("open", 100, 1000), "open"), (Design("random", None, 1000), "unknown"), (Design("random", 90, 1000), "unknown"),
        (Design("random", 260, 1000), "rate"), (Design("random", 250, 1000), ""),
    ):  # fmt: skip
        told = estimate(rows, ["a", "b"], design)
        assert told.refused == why and (told.shares[0].low is None) == bool(why), design
    assert estimate(answers(5, 4), ["a", "b"], Design("random", 9, 9)).refused == "few"


def test_a_full_count_has_no_doubt_and_weights_widen_the_margin():
    whole = estimate(answers(60, 40), ["a", "b"], Design("all", 100, 100)).shares[0]
    assert (whole.low, whole.high) == (0.6, 0.6)
    plain = estimate(answers(60, 40), ["a", "b"], Design("random", 100, 10_000)).shares[0]
    groups = ["x"] * 80 + ["y"] * 20
    weights, why = weights_of(groups, {"x": 50, "y": 50})
    assert why == "" and sum(weights) == pytest.approx(100) and weights[0] == pytest.approx(0.625) and weights[-1] == pytest.approx(2.5)
    wide = estimate(answers(60, 40), ["a", "b"], Design("random", 100, 10_000), weights).shares[0]
    assert wide.high - wide.low > plain.high - plain.low and wide.share != plain.share


@pytest.mark.parametrize(
    ("groups", "known", "why"),
    [(["x"], {}, "unknown"), (["x"], {"x": 1, "y": 1}, "empty"), (["x"] * 99 + ["y"], {"x": 1, "y": 1}, "heavy")],
)
def test_weights_are_refused_with_a_reason(groups, known, why):
    assert weights_of(groups, known) == (None, why)


@given(st.lists(st.sets(st.sampled_from("abc")), max_size=60), st.sampled_from(("open", "random", "all")), st.integers(1, 300))
def test_shares_lie_within_their_margins(rows, sampling, asked):
    told = estimate([sorted(r) for r in rows], list("abc"), Design(sampling, asked, 1000))
    for share in told.shares:
        assert 0 <= share.share <= 1 and (
            share.low is None or 0 <= share.low <= share.share + 1e-9 and share.share - 1e-9 <= share.high <= 1
        )
    assert told.answered == sum(bool(r) for r in rows)


@given(st.integers(1, 99_999), st.integers(0, 5), st.integers(0, 9))
def test_one_mistyped_figure_is_noticed(number, at, figure):
    code = code_of(number)
    assert is_code(code)
    wrong = code[:at] + str(figure) + code[at + 1 :]
    assert is_code(wrong) == (wrong == code)


def test_questions_are_read_and_what_is_none_is_told_by_its_line():
    one, two, three = read_questions(LINES)
    assert (one.kind, one.options, two.kind, three.kind, three.text) == ("one", ("bus", "on foot", "car"), "many", "words", "What else?")
    for words, line, why in (
        ("", 1, "none"), ("a?\n[many] b?", 2, "options"), ("a? : x; x", 1, "twice"), ("x" * 301, 1, "long"), ("a\n" * 41, 41, "many"), (": a; b", 1, "options")
    ):  # fmt: skip
        with pytest.raises(QuestionsUnreadable) as refused:
            read_questions(words)
        assert (refused.value.line, refused.value.why) == (line, why), words


def make_survey(world, *, opened=True):
    made = prepare_survey(by=world.office, owner=world.university, title=text("The way home"), summary=Text({}), lines=LINES, ends_on=TODAY)
    return open_survey(by=world.office, survey=made, on=TODAY) if opened else made


@pytest.mark.django_db
def test_a_device_answers_once_a_sheet_is_entered_once_and_nobody_is_named(world):
    survey = make_survey(world)
    answer_survey(by=world.member, survey=survey, speaker=Speaker(mark="a"), answers={0: ["a"], 1: ["a", "c"], 2: "More light"}, on=TODAY)
    assert Event.objects.filter(action="surveys.answer").values_list("person", "changes").get() == (None, [])
    for bad in ({0: ["a", "b"]}, {0: ["z"]}, {1: ["a", "a"]}, {}):
        with pytest.raises(BadInput):
            answer_survey(by=ANONYMOUS, survey=survey, speaker=Speaker(mark="b"), answers=bad, on=TODAY)
    with pytest.raises(BadInput):
        answer_survey(by=ANONYMOUS, survey=survey, speaker=Speaker(mark="a"), answers={0: ["a"]}, on=TODAY)
    with pytest.raises(BadInput):
        print_sheets(by=world.office, survey=survey, count=0)
    codes = print_sheets(by=world.office, survey=survey, count=3)
    survey.refresh_from_db()
    enter_sheet(by=world.member, survey=survey, code=codes[0], answers={0: ["b"]}, on=TODAY)
    for bad in (codes[0], code_of(4), "000000", "12345", codes[1][:-1] + str((int(codes[1][-1]) + 1) % 10)):
        with pytest.raises(BadInput):
            enter_sheet(by=world.member, survey=survey, code=bad, answers={0: ["b"]}, on=TODAY)
    with pytest.raises(NotAllowed):
        enter_sheet(by=world.citizen, survey=survey, code=codes[1], answers={0: ["b"]}, on=TODAY)
    close_survey(by=world.office, survey=survey, on=TODAY)
    survey.refresh_from_db()
    with pytest.raises(WrongState):
        answer_survey(by=ANONYMOUS, survey=survey, speaker=Speaker(mark="c"), answers={0: ["a"]}, on=TODAY)
    assert Response.objects.count() == 2


@pytest.mark.django_db
def test_how_those_asked_were_found_is_said_and_decides_what_is_shown(world):
    survey = make_survey(world)
    for n in range(40):
        answer_survey(by=ANONYMOUS, survey=survey, speaker=Speaker(mark=f"v{n}"), answers={0: ["a" if n % 4 else "b"], 1: ["a"]}, on=TODAY)
    page = Client().get(f"/en/surveys/{survey.slug}/").content.decode()
    assert "No margin of error is told: whoever wanted to answered" in page and "Interval at 95" not in page
    common = {"by": world.office, "survey": survey, "weight_question": None, "weight_shares": {}}
    for bad in (
        {"sampling": "guess", "notes": text("x"), "asked": 50, "population": 400}, {"sampling": "random", "notes": Text({}), "asked": 50, "population": 400},
        {"sampling": "random", "notes": text("x"), "asked": 500, "population": 400},
        {"sampling": "open", "notes": Text({}), "asked": None, "population": None, "weight_question": 1},
    ):  # fmt: skip
        with pytest.raises(BadInput):
            say_sampling(**(common | bad))
    office = signed_in(world, "office")
    form = {"do": "sampling", "sampling": "random", "notes": "Every tenth door", "asked": "60", "population": "600", "weight_question": "0"}
    assert office.post(f"/en/surveys/{survey.slug}/", form | {"shares": "a 60\nz 40"}).status_code == 400
    office.post(f"/en/surveys/{survey.slug}/", form | {"shares": "a 60\nb 40"})
    page = Client().get(f"/en/surveys/{survey.slug}/").content.decode()
    assert "Interval at 95" in page and "Every tenth door" in page and "weighted by the known shares" in page
    survey.refresh_from_db()
    told, why = results_of(survey)
    assert why == "" and told[0].rows[0]["share"] == 60 and all(why_no_margin(c) for c in ("few", "open", "unknown", "rate"))
    assert all(why_no_weights(c) for c in ("unknown", "empty", "heavy"))
    office.post(f"/en/surveys/{survey.slug}/", form | {"shares": "a 50\nb 40\nc 10"})
    assert "one of the groups has not answered" in Client().get(f"/en/surveys/{survey.slug}/").content.decode()


@pytest.mark.django_db
def test_the_whole_way_through_the_pages(world):
    office, need = signed_in(world, "office"), make_need(world)
    bad = office.post(f"/en/surveys/new/?from={need.pk}", {"title_en": "The way home", "lines": "[many] x"})
    assert "Line 1: write the question" in bad.content.decode()
    office.post(f"/en/surveys/new/?from={need.pk}", {"title_en": "The way home", "lines": LINES, "ends_on": str(TODAY)})
    survey = Survey.objects.get()
    page = f"/en/surveys/{survey.slug}/"
    assert Link.objects.filter(lower=survey, upper=need, relation="asks-about").exists() and Client().get(page).status_code == 404
    office.post(page, {"do": "open"})
    guest = Client()
    assert "What is missing?" in guest.get(f"{page}answer/").content.decode()
    assert guest.post(f"{page}answer/", {}).status_code == 400
    assert "Thank you" in guest.post(f"{page}answer/", {"q0": "a", "q1": ["a", "b"], "q2": "<b>light</b>"}).content.decode()
    again = guest.post(f"{page}answer/", {"q0": "b"})
    assert again.status_code == 400 and "answered already" in again.content.decode()
    assert office.post(f"{page}paper/", {"count": "500"}).status_code == 400
    sheets = office.post(f"{page}paper/", {"count": "2"}).content.decode()
    assert sheets.count("paper-sheet") == 2 and code_of(1) in sheets
    assert office.post(f"{page}enter/", {"code": "111111", "q0": "a"}).status_code == 400
    office.post(f"{page}enter/", {"code": code_of(1), "q0": "a"})
    shown = guest.get(page).content.decode()
    assert "2 people answered, 1 of them on paper" in shown and "<b>light</b>" not in shown and "Fewer than 10 answers" in shown
    assert "&lt;b&gt;light&lt;/b&gt;" in office.get(page).content.decode() and "light&lt;" not in shown
    office.post(page, {"do": "close"})
    assert "The survey has ended." in guest.get(f"{page}answer/").content.decode()
    assert guest.get("/en/surveys/").status_code == 200
