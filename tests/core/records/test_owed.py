"""Who owes an answer: silence is counted from a dated letter only."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from tests.cast import TODAY, make_need

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.records.actions import hand_over
from tertia.core.records.models import OwedAnswer
from tertia.core.records.queries import longest_by_party, silent, silent_for_office
from tertia.listen.needs.actions import ask_for_answer

SENT = dt.date(2026, 7, 29)


def owed(**more):
    return OwedAnswer(state="sent", sent_on=SENT, due_on=SENT + dt.timedelta(days=15), **more)


@pytest.mark.parametrize(
    ("today", "days"),
    [(SENT, None), (SENT + dt.timedelta(days=15), None), (SENT + dt.timedelta(days=16), 16), (dt.date(2026, 11, 24), 118)],
)
def test_silence_begins_after_the_due_day_and_counts_from_the_day_of_sending(today, days):
    assert owed().silent_days(today) == days


def test_days_left_end_with_the_due_day():
    assert [owed().days_left(SENT + dt.timedelta(days=n)) for n in (0, 14, 15, 16)] == [15, 1, 0, None]


def test_without_a_dated_letter_no_day_is_counted():
    assert OwedAnswer(state="not-sent").silent_days(TODAY) is None


def test_an_answer_ends_the_silence():
    answered = OwedAnswer(state="declined", sent_on=SENT, due_on=SENT, answered_on=TODAY)
    assert (answered.silent_days(TODAY), answered.answer_days) == (None, 118)


def test_an_answer_without_its_day_is_impossible_in_the_database(world):
    need = make_need(world)
    ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    from django.db import connection

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_owedanswer SET state = 'accepted'")


def test_the_board_of_silence_shows_the_longest_first(world):
    for i, days in enumerate((20, 90, 40)):
        need = make_need(world, f"Need {i}", raised_on=TODAY - dt.timedelta(days=days))
        ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY - dt.timedelta(days=days))
    assert [o.silent_days(TODAY) for o in silent(ANONYMOUS, TODAY)] == [90, 40, 20]


def test_today_shows_a_letter_once_with_how_many_questions_it_asks(world):
    for i, days in enumerate((20, 90, 90, 40)):
        need = make_need(world, f"Need {i}", raised_on=TODAY - dt.timedelta(days=days))
        ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY - dt.timedelta(days=days))
    found = silent_for_office(world.office, TODAY)
    assert [(group.owed.silent_days(TODAY), group.more) for group in found] == [(90, 1), (40, 0), (20, 0)]
    assert [o.silent_days(TODAY) for o in longest_by_party(ANONYMOUS, TODAY, 4)] == [90]  # one body, one question


def test_all_that_somebody_owes_is_handed_over(world):
    need = make_need(world)
    ask_for_answer(by=world.office, need=need, party=world.university, on=TODAY, person=world.people["leader"])
    count = hand_over(by=world.office, organisation=world.university, from_person=world.people["leader"], to_person=world.people["editor"])
    assert count == 1
    assert OwedAnswer.objects.get(record=need).person == world.people["editor"]
