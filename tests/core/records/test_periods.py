"""Years and rules with dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import SYSTEM

from tertia.core.actions.errors import NotAllowed
from tertia.core.periods.years import academic_year, calendar_year, label_before, period
from tertia.core.rules.actions import set_rule
from tertia.core.rules.queries import rule_on


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_every_day_lies_in_its_year_and_the_label_leads_back(day):
    for year in (academic_year(day), calendar_year(day)):
        assert day in year
        assert period(year.label) == year


@pytest.mark.parametrize("label", ["2025-27", "25-26", "", "2025/26", "2025-26 "])
def test_a_wrong_label_is_refused_with_the_remedy(label):
    with pytest.raises(ValueError, match="2025-26"):
        period(label)


def test_the_rule_in_force_on_the_day_decides(world):
    name, changed = "answer.term_days", dt.date(2026, 1, 1)
    set_rule(by=SYSTEM, name=name, value=30, valid_from=changed, source="test")
    assert [rule_on(name, changed - dt.timedelta(days=1)), rule_on(name, changed)] == [15, 30]


def test_a_university_s_own_rule_goes_before_the_general_one(world):
    set_rule(
        by=world.administrator,
        organisation=world.university,
        name="answer.term_days",
        value=7,
        valid_from=dt.date(2026, 1, 1),
        source="senate",
    )
    day = dt.date(2026, 11, 24)
    assert [rule_on("answer.term_days", day, o) for o in (world.university, world.other)] == [7, 15]


def test_only_an_administrator_changes_a_rule(world):
    with pytest.raises(NotAllowed):
        set_rule(
            by=world.office, organisation=world.university, name="answer.term_days", value=1, valid_from=dt.date(2026, 1, 1), source="me"
        )


def test_a_rule_that_is_not_there_is_an_error_and_no_default(world):
    with pytest.raises(LookupError, match="no rule"):
        rule_on("answer.term_days", dt.date(1999, 1, 1))


@pytest.mark.parametrize(("label", "before"), [("2025-26", "2024-25"), ("2000-01", "1999-00"), ("2025", "2024")])
def test_the_period_before_ends_where_this_one_starts(label, before):
    found = period(label).before
    assert (found, label_before(label)) == (period(before), before) and found.end == period(label).start
    assert period(label, 10).before == period(before, 10)
