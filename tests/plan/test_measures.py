"""A measure moves through its lifecycle by the hands of those who work for its university."""

from __future__ import annotations

import pytest
from tests.cast import make_measure

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
