"""A conference whose vote is open, without pytest's fixtures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import TODAY, World, make_student, text

from tertia.plan.conferences.actions import (
    add_session,
    announce_conference,
    draft_resolution,
    gather,
    open_vote,
    propose,
    register_participant,
)


def make_voting(world: World) -> tuple[list[Any], Any]:
    conference = announce_conference(by=world.office, owner=world.university, title=text("The city"), starts_on=TODAY, ends_on=TODAY)
    start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    section = add_session(
        by=world.office, conference=conference, kind="section", title=text("S"), starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )
    voters = [make_student(world, n) for n in range(10)]
    for person in voters:
        register_participant(by=world.office, conference=conference, person=person)
    draft = draft_resolution(by=world.office, conference=conference, title=text("Resolution"))
    gather(by=world.office, resolution=draft, proposals=[propose(by=world.office, session=section, text=text("to do it;"))])
    return voters, open_vote(by=world.office, resolution=draft)
