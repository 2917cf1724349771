"""No count of persons from 1 to 4 can be rebuilt; the attacker of these tests tries every whole number by itself."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tertia.measure.country.disclosure import counted_of, counts, exposed, is_small, suppress
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure, ratio

COUNTED = counted_of(definitions())
SHARE, HOURS = "student-volunteers-share", "volunteer-hours-per-student"


def figure(breakdown, numerator, denominator, indicator=SHARE, scale=100, unit="percent"):
    n, d = Decimal(numerator), Decimal(denominator)
    state = "value" if d else "not-applicable"
    return Figure(indicator, "1", "uni", "2025-26", breakdown, n, d, ratio(n, d, scale) if d else None, unit, state, scale=scale)


def table(cells, **more):
    """A total and its parts; cells are (volunteers, students) by unit."""
    total = figure("", sum(n for n, _ in cells), sum(d for _, d in cells), **more)
    return [total, *(figure(f"unit={i}", n, d, **more) for i, (n, d) in enumerate(cells))]


def state_of(rows):
    return {f.breakdown: f.state for f in rows if f.indicator == SHARE}


def test_what_counts_persons_is_known_from_the_definitions():
    assert COUNTED[SHARE].numerator and COUNTED[SHARE].denominator and COUNTED[SHARE].subset
    assert not COUNTED[HOURS].numerator and COUNTED[HOURS].denominator == COUNTED[SHARE].denominator
    assert "volunteer-hours-total" not in COUNTED and "active-partners" not in COUNTED


def test_few_persons_above_below_and_between_are_hidden_and_zero_is_shown():
    rows = state_of(suppress(table([(3, 40), (38, 40), (0, 30), (20, 60), (9, 50)]), COUNTED))
    assert rows["unit=0"] == rows["unit=1"] == "suppressed" and rows["unit=2"] == "value" and rows[""] == "value"


def test_one_hidden_part_takes_a_second_with_it():
    rows = state_of(suppress(table([(3, 40), (12, 60), (20, 70)]), COUNTED))
    assert rows == {"": "value", "unit=0": "suppressed", "unit=1": "suppressed", "unit=2": "value"}


def test_hiding_a_part_alone_is_found_out():
    naive = [
        f
        if f.breakdown != "unit=0"
        else Figure(
            *[getattr(f, n) for n in ("indicator", "version", "organisation", "period", "breakdown")],
            None,
            None,
            None,
            f.unit,
            "suppressed",
        )
        for f in table([(3, 40), (12, 60), (20, 70)])
    ]
    found = exposed(naive, COUNTED)
    assert [(e.count, e.least) for e in found] == [("numerator", 3)]


def test_two_hidden_ones_of_which_each_must_be_one_are_found_out():
    """Zero is shown, so two hidden counts of students that make two are one each."""
    rows = [figure("", 2, 52), figure("unit=0", 2, 50)]
    rows += [Figure(SHARE, "1", "uni", "2025-26", f"unit={i}", None, None, None, "percent", "suppressed") for i in (1, 2)]
    assert {(e.figure.breakdown, e.count, e.least) for e in exposed(rows, COUNTED)} >= {
        ("unit=1", "denominator", 1),
        ("unit=2", "denominator", 1),
    }


def test_a_number_hidden_in_one_indicator_is_hidden_in_the_other():
    """Both indicators have the same students below the line."""
    cells = [(2, 3), (10, 60), (30, 70)]
    hours = [figure(f.breakdown, 100, f.denominator, HOURS, 1, "hours per student") for f in table(cells)]
    rows = suppress([*table(cells), *hours], COUNTED)
    assert {f.state for f in rows if f.breakdown == "unit=0"} == {"suppressed"}
    assert exposed(rows, COUNTED) == []


def test_a_table_without_persons_is_left_alone():
    rows = [figure(b, n, 10, "confirmed-records-share") for b, n in (("", 3), ("unit=a", 1), ("unit=b", 2))]
    assert suppress(rows, COUNTED) == rows


cell = st.integers(0, 9).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


@settings(deadline=None)
@given(st.lists(cell, min_size=1, max_size=4))
def test_an_attacker_who_tries_every_number_rebuilds_nothing(cells):
    rows = table(cells)
    published = suppress(rows, COUNTED)
    true = {f.breakdown: f for f in rows}
    for found, secret in every_number(published, true):
        assert len(found) > 1, (secret, published)
    assert [f for f in published if f.state != "suppressed"] == [true[f.breakdown] for f in published if f.state != "suppressed"]
    assert exposed(published, COUNTED) == []


def every_number(published, true):
    """For each hidden count from 1 to 4: the set of numbers that it can be, by trying all."""
    hidden = [f.breakdown for f in published if f.state == "suppressed"]
    total = next(f for f in published if not f.breakdown)
    parts = [b for b in hidden if b]
    secrets = [(b, name) for b in hidden for name, c in counts(true[b], COUNTED[SHARE]).items() if is_small(c)]
    if not secrets or total.state == "suppressed":
        return  # without the total the parts are bound by nothing
    shown = [f for f in published if f.breakdown and f.state != "suppressed"]
    left_n, left_d = (int(getattr(total, side) - sum(getattr(f, side) for f in shown)) for side in ("numerator", "denominator"))
    pairs = [(n, d) for d in range(1, left_d + 1) for n in range(0, min(d, left_n) + 1)]
    if len(pairs) ** (len(parts) - 1) > 100_000:
        return  # too many to try; with so many to choose from nothing is determined
    possible = {secret: set() for secret in secrets}
    for chosen in product(pairs, repeat=len(parts) - 1):
        n, d = left_n - sum(p[0] for p in chosen), left_d - sum(p[1] for p in chosen)
        if not 0 <= n <= d or d < 1:
            continue
        for part, (a, b) in zip(parts, (*chosen, (n, d))):
            for name, value in (("numerator", a), ("denominator", b), ("difference", b - a)):
                if (part, name) in possible:
                    possible[part, name].add(value)
    for secret, found in possible.items():
        if secret[0]:
            yield found, secret
