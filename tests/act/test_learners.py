"""Adult learners: counted once, known again by a mark, and no name of them anywhere."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, make_activity
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import say_engagement, write_learners
from tertia.act.activities.learners import LearnerLine, LineFault, read_learners
from tertia.act.activities.models import Activity, Learner
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.actions.models import Event, EventPersonal
from tertia.measure.indicators.engine.compute import compute
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.queries import current_facts

LIST = "Айгуль Сериккызы; 1960; 10\nserik@example.org;1955;4\n+7 701 123 45 67\t1990\t10\nИван Петров;1958;;сотрудник\n"


def course(world, words="Phones for grandparents", kind="silver"):
    return say_engagement(by=world.office, activity=make_activity(world, words=words), engagement=kind)


def test_who_took_two_courses_counts_once_and_no_name_is_kept(world):
    first, second = course(world), course(world, "Phones, second part")
    assert write_learners(by=world.office, activity=first, words=LIST, course_days=Decimal(10), on=TODAY) == 4
    write_learners(
        by=world.office,
        activity=second,
        words="Сериккызы Айгуль;1960;5\nSERIK@example.org;1955;10\n8 701 1234567;1990",
        course_days=Decimal(10),
        on=TODAY,
    )
    assert Learner.objects.count() == 7 and Learner.objects.values("mark").distinct().count() == 4
    assert Activity.objects.get(pk=first.pk).learner_days == 34
    with current_facts(world.university, "learner") as facts:
        found = {
            name: next(f for f in compute(definitions()[name], facts) if f.period == "2026-27" and not f.breakdown).numerator for name in ("ce-learners", "silver-university-learners")
        }  # fmt: skip
    assert found == {"ce-learners": 3, "silver-university-learners": 3}
    kept = json.dumps(
        [
            list(Event.objects.values_list("changes", flat=True)),
            list(EventPersonal.objects.values_list("payload", flat=True)),
            list(Learner.objects.values_list("mark")),
        ],
        ensure_ascii=False,
    )
    assert "Айгуль" not in kept and "serik" not in kept.lower() and "1234567" not in kept


def test_marks_differ_between_universities(world):
    from tertia.act.activities.actions.learners import _mark

    assert _mark(world.university.pk, "mail:a@example.org") != _mark(world.other.pk, "mail:a@example.org")


def test_a_wrong_list_writes_nothing_and_says_each_line(world):
    made = course(world)
    write_learners(by=world.office, activity=made, words=LIST, course_days=Decimal(10), on=TODAY)
    wrong = "Кто-то\nА Б В Г;1860\nx@example.org;1960;11\na@example.org;1970\nA@example.org;1970\nb@example.org;19x0"
    with pytest.raises(BadInput) as refused:
        write_learners(by=world.office, activity=made, words=wrong, course_days=Decimal(10), on=TODAY)
    assert [f.sentence.split(":")[0] for f in refused.value.faults] == ["Line 1", "Line 2", "Line 3", "Line 5", "Line 6"]
    assert made.learners.count() == 4
    with pytest.raises(BadInput):
        write_learners(by=world.office, activity=make_activity(world), words=LIST, course_days=Decimal(10), on=TODAY)
    with pytest.raises(NotAllowed):
        write_learners(by=world.other_office, activity=made, words=LIST, course_days=Decimal(10), on=TODAY)


def test_the_page_counts_and_a_new_list_takes_the_place_of_the_old_one(world):
    made, client = course(world, kind="course"), signed_in(world, "office")
    assert "Who learned" in client.get(made.get_absolute_url()).content.decode()
    address = f"/en/activities/{made.slug}/learners/"
    client.post(address, {"course_days": "10", "words": LIST})
    client.post(address, {"course_days": "2", "words": "a@example.org\nb@example.org"})
    page = client.get(address).content.decode()
    assert made.learners.count() == 2 and "Attended half or more" in page and "a@example.org" not in page


@given(st.text(max_size=200), st.decimals(min_value=Decimal("0.5"), max_value=400, places=1))
def test_any_text_is_read_or_told_by_its_line(text, days):
    for row in read_learners(text, dt.date(2026, 11, 24), days):
        assert isinstance(row, LearnerLine | LineFault) and row.line >= 1
