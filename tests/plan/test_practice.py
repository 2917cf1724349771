"""The library of practice: evidence and licence are needed, several judge whether it fits, near ones stand beside needs."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import TODAY, make_measure, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.languages.text import Text
from tertia.plan.practice.actions import follow_practice, judge_practice, keep_practice, withdraw_practice
from tertia.plan.practice.models import Practice
from tertia.plan.practice.queries import near_practices


def make_practice(world, words="Students measured the water of the river with pupils", **more):
    given = {
        "summary": Text({}), "who": "A university by a river", "country": "fi", "came_of_it": text("Two schools go on"), "evidence_url": "https://example.org/report",
        "evidence_words": "Report, 2024", "licence": "facts retold",
    }  # fmt: skip
    return keep_practice(by=world.office, owner=world.university, title=text(words), **{**given, **more})


def test_hearsay_is_not_kept(world):
    with pytest.raises(BadInput) as refused:
        make_practice(world, who=" ", evidence_url="", evidence_words="", licence="")
    assert {f.where for f in refused.value.faults} == {"who", "evidence_url", "evidence_words", "licence"}
    with pytest.raises(NotAllowed):
        keep_practice(
            by=world.citizen, owner=world.university, title=text("x"), summary=Text({}), who="y", country="", came_of_it=Text({}), evidence_url="https://e.org", evidence_words="z",
            licence="l",
        )  # fmt: skip


def test_several_judge_and_what_fits_nobody_is_not_offered(world):
    practice = make_practice(world)
    need = make_need(world, "The water of the river is dirty")
    assert near_practices(world.office, need)[0][0] == practice and "water" in near_practices(world.office, need)[0][1]
    with pytest.raises(BadInput):
        judge_practice(by=world.office, practice=practice, organisation=world.university, verdict="perhaps", reason=text(""), on=TODAY)
    judge_practice(by=world.office, practice=practice, organisation=world.university, verdict="no", reason=text("No laboratory"), on=TODAY)
    assert near_practices(world.office, need) == []
    judge_practice(
        by=world.leader, practice=practice, organisation=world.university, verdict="changed", reason=text("With the akimat's"), on=TODAY
    )
    assert practice.fits.count() == 2 and near_practices(world.office, need)[0][0] == practice
    page = Client().get(practice.get_absolute_url()).content.decode()
    assert "No laboratory" in page and "With the akimat" in page and "https://example.org/report" in page
    office = signed_in(world, "office")
    assert "Students measured the water" in office.get(need.get_absolute_url()).content.decode()
    assert "Students measured the water" not in Client().get(need.get_absolute_url()).content.decode()


def test_a_measure_follows_an_example_and_both_say_so(world):
    practice, measure = make_practice(world), make_measure(world)
    follow_practice(by=world.office, measure=measure, practice=practice)
    assert "Students measured" in Client().get(measure.get_absolute_url()).content.decode()
    assert "Ask before planning" in Client().get(practice.get_absolute_url()).content.decode()
    withdraw_practice(by=world.office, practice=practice)
    assert "Students measured" not in Client().get("/en/practice/").content.decode()


def test_an_example_is_put_in_and_found_in_the_browser(world):
    office = signed_in(world, "office")
    body = {
        "title_ru": "Студенты измеряют воду", "who": "Университет", "evidence_words": "Отчёт, 2024", "evidence_url": "https://example.org/r", "licence": "CC BY 4.0",
    }  # fmt: skip
    assert office.post("/ru/practice/new/", body).status_code == 302
    made = Practice.objects.get()
    assert "Студенты" in Client().get("/ru/practice/?q=вода измерить студенты").content.decode()
    assert office.post(made.get_absolute_url(), {"do": "judge", "verdict": "yes", "reason": "Да"}).status_code == 302
    assert made.fits.count() == 1
