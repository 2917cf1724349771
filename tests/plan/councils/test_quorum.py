"""Quorum, majority and outcome, by cases that somebody may look up and by properties."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.plan.councils.composition import Held, Missing, SeatOn, composition, leaving, vacant
from tertia.plan.councils.quorum import Span, Tally, needed, outcome, present_at

HALF, THIRDS = Fraction(1, 2), Fraction(2, 3)
DAY = dt.date(2026, 11, 24)


def at(hour, minute=0):
    return dt.datetime(2026, 11, 24, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("seats", "share", "strict", "wanted"),
    [(15, HALF, True, 8), (14, HALF, True, 8), (14, HALF, False, 7), (15, THIRDS, False, 10), (16, THIRDS, False, 11), (1, HALF, True, 1), (0, HALF, True, 1), (3, Fraction(1), False, 3)],
)  # fmt: skip
def test_a_quorum_is_a_whole_number_of_seats(seats, share, strict, wanted):
    assert needed(seats, share, strict) == wanted


def test_a_council_without_a_rule_has_no_quorum_and_its_votes_are_not_void():
    assert needed(15, None) is None
    assert outcome(Tally(1, 0, 0, present=1, seats=15), quorum=None) == ("carried", False)
    with pytest.raises(ValueError, match="no share"):
        needed(3, Fraction(3, 2))


def test_a_tie_does_not_carry_unless_the_chair_decides_it():
    tie = Tally(4, 4, 1, present=9, seats=15, chair="for")
    assert outcome(tie, quorum=8) == ("tie", False)
    assert outcome(tie, quorum=8, casting_vote=True) == ("carried", True)
    assert outcome(Tally(4, 4, 1, 9, 15, "against"), quorum=8, casting_vote=True) == ("lost", True)
    assert outcome(Tally(4, 4, 1, 9, 15, "abstain"), quorum=8, casting_vote=True) == ("tie", False), "a chair who abstains decides nothing"
    assert outcome(Tally(0, 0, 9, 9, 15), quorum=8) == ("lost", False), "nobody for and nobody against is no tie"


def test_a_vote_without_a_quorum_is_void_and_votes_cast_before_leaving_stand():
    assert outcome(Tally(7, 0, 0, present=7, seats=15), quorum=8) == ("no-quorum", False)
    assert outcome(Tally(8, 0, 0, present=7, seats=15), quorum=8) == ("carried", False), "eight had voted, one has left"


def test_of_whom_the_majority_is_counted_makes_the_difference():
    tally = Tally(5, 3, 4, present=12, seats=15)
    assert outcome(tally, quorum=8)[0] == "carried"
    assert outcome(tally, quorum=8, majority_of="present")[0] == "lost"
    assert outcome(Tally(8, 0, 0, 12, 15), quorum=8, majority_of="all")[0] == "carried"
    assert outcome(Tally(10, 5, 0, 15, 15), quorum=8, majority=THIRDS)[0] == "carried", "ten of fifteen are two thirds"
    assert outcome(Tally(9, 5, 0, 15, 15), quorum=8, majority=THIRDS)[0] == "lost"


def test_more_votes_than_seats_are_refused():
    with pytest.raises(ValueError, match="16 votes of 15 seats"):
        outcome(Tally(16, 0, 0, present=15, seats=15), quorum=8)


def test_whoever_left_is_gone_and_may_come_back():
    spans = [Span(1, at(10)), Span(2, at(10), at(11)), Span(2, at(12)), Span(3, at(11, 30), at(11, 45))]
    assert present_at(spans, at(10, 30)) == {1, 2}
    assert present_at(spans, at(11)) == {1}, "at the moment of leaving one is gone"
    assert present_at(spans, at(12)) == {1, 2}
    assert present_at(spans, at(9)) == set()


counts = st.integers(0, 40)


@given(
    counts, counts, counts, st.integers(0, 60), st.sampled_from([HALF, THIRDS, Fraction(3, 4)]), st.sampled_from(["cast", "present", "all"])
)
def test_a_vote_for_more_never_turns_carried_into_lost(for_, against, abstained, more_seats, majority, of):
    seats = for_ + against + abstained + more_seats + 1
    before = outcome(Tally(for_, against, abstained, for_ + against + abstained, seats), quorum=None, majority=majority, majority_of=of)[0]
    after = outcome(
        Tally(for_ + 1, against, abstained, for_ + against + abstained + 1, seats), quorum=None, majority=majority, majority_of=of
    )[0]
    assert not (before == "carried" and after != "carried")


@given(st.integers(0, 500), st.fractions(0, 1))
def test_a_strict_quorum_is_more_than_the_share_and_one_less_is_not(seats, share):
    strict, loose = needed(seats, share), needed(seats, share, strict=False)
    assert strict > share * seats and (strict == 1 or strict - 1 <= share * seats)
    assert loose >= share * seats and (loose == 1 or loose - 1 < share * seats)


def seat(number, sector, *held):
    return SeatOn(number, sector, tuple(Held(*h) for h in held))


def test_an_empty_seat_is_found_with_the_day_since_which_it_is_empty():
    seats = [
        seat(1, "employer", (dt.date(2024, 1, 1), dt.date(2026, 6, 30))), seat(2, "state", (dt.date(2024, 1, 1), None)), seat(3, "student"),
        seat(4, "ngo", (dt.date(2024, 1, 1), DAY)),
    ]  # fmt: skip
    assert vacant(seats, DAY) == [(3, None), (1, dt.date(2026, 7, 1))], "on the last day one still sits"
    assert leaving(seats, DAY, 90) == [(4, DAY)]
    followed = [seat(4, "ngo", (dt.date(2024, 1, 1), DAY), (DAY + dt.timedelta(days=1), None))]
    assert leaving(followed, DAY, 90) == [] and vacant(followed, DAY + dt.timedelta(days=1)) == []


def test_a_side_with_too_few_or_too_many_is_told():
    seats = [seat(1, "employer"), seat(2, "academic", (DAY, None)), seat(3, "academic", (DAY, None))]
    assert composition(seats, {"employer": [1, 0], "academic": [1, 1], "student": [0, 0]}, DAY) == [
        Missing("employer", 0, 1, 0),
        Missing("academic", 2, 1, 1),
    ]
    assert composition(seats, {}, DAY) == []
    assert Missing("employer", 0, 2, 0).short == 2
