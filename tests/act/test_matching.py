"""Suggestions and proposals: nobody who cannot, nothing overfilled, as good as can be, and why."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertia.act.volunteering.matching import Helper, Slot, Weights, propose, reasons_for, suggest

HOUR = 3600.0
ASTANA, KOSSHY, ALMATY = (51.13, 71.43), (50.94, 71.2), (43.24, 76.9)


def slot(id, start=0.0, **more):
    return Slot(id, start * HOUR, (start + 2) * HOUR, more.pop("places", 1), **more)


def test_who_does_not_speak_the_language_or_has_no_time_is_not_suggested():
    helper = Helper(1, languages=frozenset({"ru"}), spans=((0, HOUR),))
    slots = [slot(1), slot(2, 5, languages=frozenset({"kk"})), slot(3, 5, languages=frozenset({"ru"})), slot(4, 1)]
    assert [s.id for s, _fit in suggest(helper, slots)] == [4, 3]


def test_skills_missing_outcomes_and_nearness_count_and_are_said():
    helper = Helper(1, skills=frozenset({"digital"}), point=ASTANA, missing=frozenset({"O1"}), hours=30)
    far, near = slot(1, point=ALMATY, skills=frozenset({"digital"})), slot(2, point=ASTANA, outcomes=frozenset({"O1", "O2"}))
    assert [s.id for s, _ in suggest(helper, [far, near])] == [2, 1]
    assert reasons_for(helper, near) == [("outcome", ["O1"]), ("near", 0.0)]
    assert reasons_for(helper, far) == [("skill", ["digital"])]
    assert reasons_for(Helper(2), near) == [("few-hours", 0.0)]


def test_who_had_little_so_far_goes_before_who_had_much():
    found = propose([Helper(1, hours=80), Helper(2, hours=2)], [slot(9)])
    assert found.pairs == ((2, 9),)


def test_empty_places_say_why():
    helpers = [Helper(1, languages=frozenset({"ru"}))]
    found = propose(helpers, [slot(1, places=2), slot(2, languages=frozenset({"kk"}))])
    assert found.pairs == ((1, 1),)
    assert found.empty == {1: (1, "all-have-a-better-one"), 2: (1, "nobody-can")}
    assert propose([], [slot(1)]).empty == {1: (1, "nobody-asked")}
    assert propose(helpers, []).pairs == ()


SKILLS = st.frozensets(st.sampled_from("abc"), max_size=3)
HELPERS = st.lists(st.builds(Helper, id=st.just(0), skills=SKILLS, languages=st.frozensets(st.sampled_from(("kk", "ru")), max_size=2), missing=SKILLS,
                             hours=st.floats(0, 90), point=st.sampled_from([None, ASTANA, KOSSHY, ALMATY])), max_size=5)  # fmt: skip
SLOTS = st.lists(st.builds(Slot, id=st.just(0), starts=st.just(0.0), ends=st.just(HOUR), places=st.integers(1, 2), skills=SKILLS,
                           languages=st.frozensets(st.sampled_from(("kk", "ru")), max_size=1), outcomes=SKILLS, point=st.sampled_from([None, ASTANA, KOSSHY])), max_size=4)  # fmt: skip


def numbered(rows):
    from dataclasses import replace

    return [replace(row, id=n) for n, row in enumerate(rows)]


@given(HELPERS, SLOTS)
@settings(deadline=None)
def test_the_plan_is_the_best_of_all_plans_and_within_its_bound(helpers, slots):
    helpers, slots = numbered(helpers), numbered(slots)
    found = propose(helpers, slots)
    fit = {(h.id, s.id): f for h in helpers for s, f in suggest(h, slots, most=99)}
    assert all(pair in fit for pair in found.pairs)
    assert len({h for h, _ in found.pairs}) == len(found.pairs)
    assert all(sum(s == one.id for _, s in found.pairs) <= one.places for one in slots)
    best = 0.0
    for plan in itertools.product([None, *[s.id for s in slots]], repeat=len(helpers)):
        taken = [s for s in plan if s is not None]
        if any((n, s) not in fit for n, s in enumerate(plan) if s is not None) or any(taken.count(s.id) > s.places for s in slots):
            continue
        best = max(best, sum(fit[n, s] for n, s in enumerate(plan) if s is not None))
    assert found.total == pytest.approx(best, abs=1e-4)
    assert found.bound >= found.total - 1e-4


def test_few_candidates_of_each_person_lose_little_and_the_bound_says_how_little():
    helpers = [Helper(n, skills=frozenset({"abc"[n % 3]}), hours=n % 50, point=(51 + n % 7 / 50, 71 + n % 11 / 50)) for n in range(400)]
    slots = [slot(n, places=3, skills=frozenset({"abc"[n % 3]}), point=(51 + n % 5 / 40, 71 + n % 9 / 40)) for n in range(120)]
    found = propose(helpers, slots, best=12)
    assert len(found.pairs) >= 355 and found.total >= 0.98 * found.bound
    assert Weights() == Weights()
