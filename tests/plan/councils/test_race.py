"""Votes and the closing of a vote at the same moment: whoever was told that the vote is in is counted, and nobody is told a fault of the machine."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import close_old_connections, connection
from tests.cast import text
from tests.plan.councils.making import invited, make_council, make_sitting

from tertia.core.actions.errors import WrongState
from tertia.plan.councils.actions import close_vote, open_vote, vote
from tertia.plan.councils.models import Motion


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(6))
def test_no_vote_falls_between_counting_and_closing(world, turn):
    meeting = make_sitting(world, make_council(world))
    motion = open_vote(by=world.office, item=meeting.items.get(), text=text("To agree"))
    seats = [invited(meeting, key) for key in ("chair", "secretary", "student", "employer", "local")]
    office, together = world.office, threading.Barrier(len(seats) + 1)
    told: list[Any] = []

    def work(seat: Any) -> None:
        close_old_connections()
        try:
            together.wait(timeout=20)
            if seat is None:
                close_vote(by=office, motion=motion)
            else:
                vote(by=office, motion=motion, invitation=seat, choice="for")
                told.append("in")
        except WrongState:
            told.append("late")
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(seat,)) for seat in (*seats, None)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    closed = Motion.objects.get(pk=motion.pk)
    assert [t for t in told if not isinstance(t, str)] == []
    assert closed.votes_for == told.count("in") and len(told) == len(seats) and closed.outcome
