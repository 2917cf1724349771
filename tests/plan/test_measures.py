"""A measure moves through its lifecycle by the hands of those who work for its university."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.cast import TODAY, make_activity, make_measure

from tertia.core.actions.errors import NotAllowed, WrongState
from tertia.plan.strategy.actions import move_measure


def test_a_measure_moves_only_along_its_lifecycle(world):
    measure = move_measure(by=world.office, measure=make_measure(world), state="underway")
    assert measure.state == "underway"
    assert move_measure(by=world.office, measure=measure, state="done").state == "done"
    with pytest.raises(WrongState):
        move_measure(by=world.office, measure=measure, state="planned")


@pytest.mark.parametrize("who", ["other_office", "member", "citizen"])
def test_who_does_not_work_for_the_university_moves_nothing(world, who):
    measure = make_measure(world)
    with pytest.raises(NotAllowed):
        move_measure(by=getattr(world, who), measure=measure, state="underway")
    measure.refresh_from_db()
    assert measure.state == "planned"


def test_without_an_activity_is_what_began_and_nothing_carries_out_the_soonest_first(world, monkeypatch):
    from tertia.plan.strategy import queries

    late, soon, busy, _ahead = (
        make_measure(
            world, words=f"M{n}", number=f"{n}.1", starts_on=TODAY + dt.timedelta(days=starts), ends_on=TODAY + dt.timedelta(days=ends)
        )
        for n, (starts, ends) in enumerate(((-9, 90), (-9, 30), (-9, 10), (9, 20)))
    )
    make_activity(world, busy)
    owners = frozenset([world.university.pk])
    assert list(queries.measures_without_activity(owners, TODAY)) == [soon, late]
    monkeypatch.setattr(queries, "LOOKED_AT", 2)  # beyond so many that end soonest nobody looks
    assert list(queries.measures_without_activity(owners, TODAY)) == [soon]
    assert list(queries.measures_without_activity(frozenset([world.other.pk]), TODAY)) == []
