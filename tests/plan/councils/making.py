"""A council of five seats and its meetings, for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from tests.cast import TODAY, text

from tertia.core.access.models import Pass
from tertia.core.actions.actor import Actor
from tertia.plan.councils.actions import (
    add_item,
    add_seat,
    arrive,
    call_meeting,
    fill_seat,
    found_council,
    open_meeting,
    plan_meeting,
)

BEGAN = dt.date(2025, 9, 1)


def make_council(world, *, form="academic-committee", words="Academic committee of informatics", filled=True):
    """Five seats: chair and secretary of the university, a student, an employer, local government. The employer's seat may stay empty."""
    council = found_council(
        by=world.office, owner=world.university, title=text(words), form=form, on=BEGAN, secretary=world.people["office"]
    )
    rows = (
        ("academic", "chair", "The chair", None), ("academic", "secretary", "The secretary", None), ("student", "member", "The student", None),
        ("employer", "member", "The employer", world.partner), ("local", "member", "The akimat's officer", world.akimat),
    )  # fmt: skip
    for sector, duty, name, organisation in rows:
        seat = add_seat(by=world.office, council=council, sector=sector, title=text(f"Seat of {name}"), duty=duty)
        if filled or sector != "employer":
            fill_seat(
                by=world.office, seat=seat, name=name, email=f"{duty}-{sector}@example.invalid", starts_on=BEGAN, organisation=organisation,
                person=world.people["leader"] if duty == "chair" else world.people["office"] if duty == "secretary" else None,
            )  # fmt: skip
    return council


def make_meeting(world, council, *, on=TODAY, hour=15, called=True, items=1, where="Room 305"):
    start = timezone.make_aware(dt.datetime.combine(on, dt.time(hour)))
    meeting = plan_meeting(by=world.office, council=council, starts_at=start, ends_at=start + dt.timedelta(hours=2), where=where)
    for n in range(items):
        add_item(
            by=world.office, meeting=meeting, title=text(f"Outcomes of the programme, part {n + 1}"), kind="decision", speaker="The dean"
        )
    return call_meeting(by=world.office, meeting=meeting) if called else meeting


def make_sitting(world, council, *, there=("chair", "secretary", "student", "employer", "local"), **more):
    """A meeting that sits, with some seats filled in the room."""
    meeting = open_meeting(by=world.office, meeting=make_meeting(world, council, **more), chair_name="The chair")
    for key in there:
        arrive(by=world.office, invitation=invited(meeting, key))
    return meeting


def invited(meeting, key):
    """An invitation by duty or side."""
    rows = meeting.invitations.all()
    return rows.get(duty=key) if key in ("chair", "secretary") else rows.get(sector=key)


def holding(invitation):
    """Whoever holds the link of an invitation."""
    return Actor.holding(Pass.objects.filter(purpose="councils.seat", subject_id=invitation.pk, revoked_at=None).latest("pk"))
