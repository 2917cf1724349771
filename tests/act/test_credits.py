"""Hours become credits by rules that are data, with ceilings, and no hour counts twice: the pure part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.act.learning.credit_rules import BadScheme, Scheme, allot, best

D = Decimal
COURSE = Scheme.of("course", {"hours_per_credit": 30})
SOCIAL = Scheme.of("social", {"steps": [[20, 2], [50, 5]], "most_hours": 70, "most_credits": 7, "per": "financial-year"})


@pytest.mark.parametrize(
    ("hours", "taken", "credits"),
    [(0, 0, 0), (19.75, 0, 0), (20, 20, 2), (49, 40, 4), (50, 50, 5), (60, 60, 6), (69.5, 60, 6), (70, 70, 7), (200, 70, 7)],
)
def test_the_social_student_credit_gives_what_its_steps_give_up_to_its_ceiling(hours, taken, credits):
    assert best(SOCIAL, D(str(hours)), D(0), D(0)) == (taken, credits)


@pytest.mark.parametrize(
    ("used_hours", "used_credits", "free", "credits"), [(50, 5, 100, 2), (60, 6, 100, 0), (70, 7, 100, 0), (20, 2, 50, 5), (20, 2, 45, 4)]
)
def test_the_ceiling_is_of_the_whole_year_so_an_eighth_credit_is_never_given(used_hours, used_credits, free, credits):
    assert best(SOCIAL, D(free), D(used_hours), D(used_credits))[1] == credits


@pytest.mark.parametrize(("hours", "credits"), [(29.75, 0), (30, 1), (89, 2), (150, 5), (400, 5)])
def test_an_ordinary_course_gives_whole_credits_and_no_more_than_it_has(hours, credits):
    assert best(COURSE, D(str(hours)), D(0), D(0), D(5)) == (credits * 30, credits)


def test_hours_are_taken_in_their_order_and_no_more_than_needed():
    found = allot(COURSE, [(1, D("12.5")), (2, D("10")), (3, D("20"))], course_credits=D(5))
    assert (found.hours, found.credits, found.parts) == (30, 1, ((1, D("12.5")), (2, D(10)), (3, D("7.5"))))
    assert found.held_back == "hours"
    assert allot(SOCIAL, [(1, D(90))], used_hours=D(70), used_credits=D(7)).held_back == "ceiling"


HOURS = st.decimals(min_value=0, max_value=120, places=2)
STEPS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 9)), min_size=1, max_size=3, unique_by=lambda p: p[0])


@given(STEPS, st.integers(10, 120), st.integers(1, 12), HOURS, HOURS, st.integers(0, 12))
def test_no_scheme_gives_more_than_its_ceiling_nor_takes_hours_that_are_not_there(
    steps, most_hours, most_credits, free, used_hours, used_credits
):
    scheme = Scheme.of("x", {"steps": [list(s) for s in steps], "most_hours": most_hours, "most_credits": most_credits})
    hours, credits = best(scheme, free, used_hours, D(used_credits))
    assert 0 <= hours <= free
    assert hours == 0 or hours + used_hours <= most_hours
    assert credits == 0 or credits + used_credits <= most_credits


@given(STEPS, HOURS)
def test_more_hours_never_give_fewer_credits(steps, free):
    scheme = Scheme.of("x", {"steps": [list(s) for s in steps]})
    assert best(scheme, free, D(0), D(0))[1] <= best(scheme, free + 1, D(0), D(0))[1]


@given(st.lists(HOURS, max_size=12))
def test_the_parts_add_up_to_the_hours_and_none_exceeds_its_source(hours):
    found = allot(SOCIAL, list(enumerate(hours)))
    assert sum((h for _pk, h in found.parts), D(0)) == found.hours
    assert all(0 < h <= hours[pk] for pk, h in found.parts)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "either hours_per_credit or steps"),
        ({"hours_per_credit": 30, "steps": [[1, 1]]}, "either"),
        ({"hours_per_credit": 0}, "above zero"),
        ({"steps": [["ten", 1]]}, "is no number"),
        ({"hours_per_credit": 30, "per": "week"}, "per is"),
        ([], "no table"),
    ],
)
def test_a_scheme_that_cannot_be_applied_says_why(row, words):
    with pytest.raises(BadScheme, match=words):
        Scheme.of("x", row)
