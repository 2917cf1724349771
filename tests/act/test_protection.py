"""Age, night and rest, and the merging of entries: the pure parts of volunteering."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.act.volunteering.attendance import Entry, hours_of, merge
from tertia.act.volunteering.codes import code_at, fits
from tertia.act.volunteering.protection import Rules, Work, age_on, hours_between, obstacles_of_age, obstacles_of_rest, touches_night

ALMATY = ZoneInfo("Asia/Almaty")
RULES = Rules(
    adult_age=18, consent_below=14, forbidden_to_minors=frozenset({"disaster", "convicts", "heavy", "harmful"}), minors_at_night=False,
    night_from=dt.time(22), night_to=dt.time(6), rest_hours=8, most_hours=10,
)  # fmt: skip


def at(day, hour, minute=0, month=11, year=2026):
    return dt.datetime(year, month, day, hour, minute, tzinfo=ALMATY)


def codes(found):
    return [o.code for o in found]


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (dt.date(2008, 11, 26), dt.date(2026, 11, 25), 17),
        (dt.date(2008, 11, 26), dt.date(2026, 11, 26), 18),
        (dt.date(2012, 2, 29), dt.date(2026, 2, 28), 13),
        (dt.date(2012, 2, 29), dt.date(2026, 3, 1), 14),
    ],
)
def test_age_is_in_full_years_on_the_day_of_the_shift(birth, day, age):
    assert age_on(birth, day) == age


def test_a_fourteen_year_old_may_help_by_day_without_a_parent_and_a_thirteen_year_old_may_not():
    work = Work(at(28, 10), at(28, 14))
    assert obstacles_of_age(dt.date(2012, 11, 28), work, RULES, consent=False) == []
    young = dt.date(2012, 11, 29)
    assert codes(obstacles_of_age(young, work, RULES, consent=False)) == ["consent"]
    assert obstacles_of_age(young, work, RULES, consent=True) == []


@pytest.mark.parametrize("risk", ["disaster", "convicts", "heavy", "harmful"])
def test_forbidden_work_is_forbidden_to_minors_even_with_consent(risk):
    work = Work(at(28, 10), at(28, 14), risks=frozenset({risk, "outdoors"}))
    found = obstacles_of_age(dt.date(2012, 1, 1), work, RULES, consent=True)
    assert codes(found) == ["forbidden-to-minors"] and found[0].values["risks"] == [risk]
    assert obstacles_of_age(dt.date(2008, 11, 28), work, RULES, consent=False) == []


def test_what_is_not_known_is_asked_and_not_guessed():
    assert codes(obstacles_of_age(None, Work(at(28, 10), at(28, 14)), RULES, consent=False)) == ["birth-date"]


@pytest.mark.parametrize(
    ("starts", "ends", "night"),
    [
        (at(28, 18), at(28, 22), False),
        (at(28, 18), at(28, 22, 1), True),
        (at(28, 5, 59), at(28, 9), True),
        (at(28, 6), at(28, 9), False),
        (at(28, 23), at(29, 1), True),
        (at(28, 20), at(29, 8), True),
    ],
)
def test_night_reaches_over_midnight(starts, ends, night):
    assert touches_night(Work(starts, ends), RULES) is night


def test_hours_are_those_that_pass_though_the_clocks_were_put_back():
    # on 1 March 2024 Almaty went from UTC+6 to UTC+5: at midnight clocks were put back by an hour
    starts, ends = at(29, 22, month=2, year=2024), at(1, 2, month=3, year=2024)
    assert hours_between(starts, ends) == 5


def test_rest_counts_the_whole_stretch_and_both_sides():
    new = (at(28, 14), at(28, 18))
    assert obstacles_of_rest(new, [], RULES) == []
    assert codes(obstacles_of_rest(new, [(at(28, 17), at(28, 19))], RULES)) == ["overlap"]
    assert obstacles_of_rest(new, [(at(28, 8), at(28, 14))], RULES) == []  # ten hours, the most
    found = obstacles_of_rest(new, [(at(28, 8), at(28, 14)), (at(28, 19), at(28, 20))], RULES)
    assert codes(found) == ["no-rest"] and found[0].values["hours"] == 11
    assert obstacles_of_rest(new, [(at(27, 22), at(28, 6))], RULES) == []  # eight hours of rest between


def test_a_single_long_shift_is_the_host_s_decision_not_a_matter_of_rest():
    assert obstacles_of_rest((at(28, 8), at(28, 20)), [], RULES) == []


# --- entries from several devices

MOMENTS = st.datetimes(min_value=dt.datetime(2026, 11, 28, 8), max_value=dt.datetime(2026, 11, 28, 16), timezones=st.just(dt.UTC))
ENTRIES = st.lists(
    st.builds(Entry, at=MOMENTS, key=st.text("abcdef0123456789", min_size=8, max_size=12), person=st.integers(1, 9), kind=st.sampled_from(("in", "out", "absent"))),
    max_size=60,
)  # fmt: skip


@given(ENTRIES, st.randoms(use_true_random=False), st.integers(0, 60))
def test_the_order_and_the_repetition_of_entries_change_nothing(entries, random, cut):
    mixed = [*entries, *entries[:cut]]
    random.shuffle(mixed)
    assert merge(mixed) == merge(entries)


@given(ENTRIES)
def test_merging_in_two_steps_loses_nobody(entries):
    whole = merge(entries)
    assert set(whole) == {e.person for e in entries}
    for person, presence in whole.items():
        said = {e.kind for e in entries if e.person == person}
        if said <= {"in", "out"}:
            assert presence.came
        if said == {"absent"}:
            assert not presence.came


@given(ENTRIES)
def test_hours_never_exceed_the_shift_and_are_in_quarters(entries):
    starts, ends = dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC), dt.datetime(2026, 11, 28, 14, tzinfo=dt.UTC)
    for presence in merge(entries).values():
        hours = hours_of(presence, starts, ends)
        assert 0 <= hours <= 4 and hours % Decimal("0.25") == 0


def test_a_contradiction_is_said_and_the_later_word_counts():
    noon = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
    here = merge([Entry(noon, "a", 1, "absent"), Entry(noon + dt.timedelta(minutes=5), "b", 1, "in")])[1]
    away = merge([Entry(noon, "b", 1, "in"), Entry(noon + dt.timedelta(minutes=5), "a", 1, "absent")])[1]
    assert here.came and not away.came
    assert here.doubts[0] == away.doubts[0] == "absent-and-here"


def test_a_code_is_good_for_its_minute_and_no_other_shift():
    secret, moment = b"secret", dt.datetime(2026, 11, 28, 10, 0, 30, tzinfo=dt.UTC)
    code = code_at(secret, 7, moment)
    assert fits(secret, 7, code, moment + dt.timedelta(seconds=90))
    assert not fits(secret, 7, code, moment + dt.timedelta(minutes=5))
    assert not fits(secret, 8, code, moment)
    assert not fits(b"other", 7, code, moment)
    assert len(code) == 6 and code.isdecimal()
