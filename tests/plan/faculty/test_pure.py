"""Norms, delivery and load as pure functions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.plan.faculty.delivery import Work, deliver
from tertia.plan.faculty.load import Carried, load_of
from tertia.plan.faculty.norms import Duty, Norm, in_force, remarks, suggested
from tertia.plan.faculty.vocabulary import by_kind, code_of, functions, positions

DAY = dt.date(2026, 9, 1)


def said(duties, *norms, **more):
    return [(r.function, r.what, r.hours, r.bound) for r in remarks(duties, in_force(norms, DAY), **{"rate": 1.0, **more})]


def test_the_latest_norm_by_the_day_counts():
    old, new, later = (Norm("whole", dt.date(y, 9, 1), most=m) for y, m in ((2024, 50), (2026, 80), (2027, 10)))
    assert in_force([later, new, old], DAY)["whole"] == new
    assert in_force([new], dt.date(2026, 8, 31)) == {}


def test_what_leaves_the_norms_is_told_for_the_rate_of_the_post():
    whole, one = Norm("whole", DAY, fewest=20, most=100), Norm("lecture", DAY, each=6, most=30)
    assert said([Duty("lecture", 12, 2), Duty("advice", 20)], whole, one) == []
    assert said([Duty("lecture", 15, 2)], whole, one) == [("lecture", "piece", 15, 12), ("whole", "under", 15, 20)]
    assert said([Duty("lecture", 16)], whole, one, rate=0.5) == [("lecture", "over", 16, 15)]
    assert said([Duty("lecture", 12, 2), Duty("advice", 90)], whole, one) == [("whole", "over", 102, 100)]
    year = Norm("year", DAY, most=1500)
    assert said([Duty("advice", 50)], year, other_hours=1460.0) == [("year", "over", 1510, 1500)]
    assert said([Duty("advice", 50)], year) == [], "hours that nobody said are not judged"
    assert said([Duty("advice", 500)]) == [], "without a norm nothing is judged"
    assert suggested(one, 3) == 18 and suggested(one, None) is None and suggested(None, 3) is None


def test_each_hour_counts_once_and_no_more_than_was_planned():
    works = [Work(1, "lecture", 6, 6), Work(2, "lecture", 8, None), Work(3, "", 5, 5), Work(4, "advice", 3, 3), Work(5, "advice", 2, 2)]
    done = deliver({"lecture": 10, "research": 7}, works, {3: "research", 5: "lecture"}, {"lecture": "lecture", "advice": "advice"})
    lecture, research = done.lines["lecture"], done.lines["research"]
    assert (lecture.signed, lecture.waiting, lecture.counted) == (8, 8, 8)
    assert (research.signed, research.counted, research.proven) == (5, 5, True)
    assert [w.record for w in done.beside] == [4] and done.beside_signed == 3
    assert (done.planned, done.counted) == (17, 13)


def test_work_placed_under_a_function_that_is_gone_stands_beside():
    done = deliver({"lecture": 10}, [Work(1, "lecture", 6, 6)], {1: "research"}, {"lecture": "lecture"})
    assert done.counted == 0 and [w.record for w in done.beside] == [1]


WORKS = st.lists(
    st.builds(
        Work, st.integers(1, 40), st.sampled_from(["", "lecture", "advice", "research", "course"]), st.integers(0, 24), st.none() | st.integers(0, 24)
    ),
    max_size=30, unique_by=lambda w: w.record,
)  # fmt: skip
PLANS = st.dictionaries(st.sampled_from(sorted(functions())), st.integers(1, 200), max_size=6)


@given(PLANS, WORKS, st.dictionaries(st.integers(1, 40), st.sampled_from(sorted(functions()))))
def test_no_hour_is_lost_or_doubled(planned, works, placed):
    done = deliver(planned, works, placed, by_kind())
    seen = [w.record for line in done.lines.values() for w in line.works] + [w.record for w in done.beside]
    assert sorted(seen) == sorted(w.record for w in works)
    signed = sum(w.signed or 0 for w in works)
    assert sum(x.signed for x in done.lines.values()) + done.beside_signed == signed
    assert 0 <= done.counted <= min(done.planned, signed)


def test_the_load_of_a_chair():
    rows = [Carried(1, 1, 40), Carried(2, 0.5, 60, 12), Carried(3, 1, 0), Carried(4, 1, 50, 3, 1460)]
    load = load_of(rows, most=100, year=1500)
    assert (load.people, load.posts, load.planned, load.signed) == (4, 3.5, 150, 15)
    assert load.middle == 45 and load.top_tenth == 60 / 150
    assert load.over == {2, 4} and load.uneven == {2} and load.bare == {3}


def test_an_empty_chair_and_one_without_plans_have_no_share():
    assert load_of([]).top_tenth is None and load_of([]).middle == 0
    idle = load_of([Carried(1, 1, 0)], most=10)
    assert idle.top_tenth is None and idle.uneven == frozenset() and idle.bare == {1}
    with pytest.raises(ValueError, match="negative"):
        load_of([Carried(1, 1, -1)])


@given(st.lists(st.tuples(st.floats(0.25, 2), st.floats(0, 300)), max_size=40))
def test_a_tenth_carries_at_least_its_share(said_of):
    rows = [Carried(n, rate, hours) for n, (rate, hours) in enumerate(said_of)]
    load = load_of(rows)
    assert load.planned == pytest.approx(sum(h for _r, h in said_of))
    if load.top_tenth is not None:
        assert load.top_tenth >= 0.1 - 1e-9
    assert not load.uneven & load.bare


def test_the_catalogue_of_functions_lets_no_kind_count_twice():
    from tertia.act.activities.engagement import kinds

    all_kinds = [kind for row in functions().values() for kind in row["kinds"]]
    assert len(all_kinds) == len(set(all_kinds)) and set(all_kinds) == {*kinds(), "council"}, "every kind of work shows a function"
    for rows in (functions(), positions()):
        for code, row in rows.items():
            assert all(row[lang] for lang in ("en", "ru", "kk")), code
            assert code_of(row["kk"].upper(), rows) == code == code_of(code, rows)
    assert code_of("доцент", positions()) == "associate-professor" and code_of("nothing", functions()) == ""
