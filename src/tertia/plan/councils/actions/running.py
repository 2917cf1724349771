"""The meeting itself: opening, items, the floor, what was said, closing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import move
from tertia.plan.councils.actions.calling import fill_due
from tertia.plan.councils.models import AgendaItem, Meeting, Motion, Speaker
from tertia.plan.councils.policies import keepers

__all__ = ["begin_item", "close_meeting", "end_item", "give_floor", "note", "open_meeting"]

RUNS = keepers("meeting.council")
RUNS_ITEM = keepers("item.meeting.council")


@action("councils.open_meeting", may=RUNS)
def open_meeting(*, by: Any, meeting: Meeting, chair_name: str) -> Meeting:
    """It begins, whether or not a quorum is there: each vote has its own. What has fallen due since the call comes onto the agenda."""
    meeting = lock(meeting)
    require_state(meeting, "called")
    if not chair_name.strip():
        raise BadInput(Fault("chair_name", _("Write who is in the chair.")))
    meeting.chair_name, meeting.opened_at = chair_name.strip()[:200], clock.now()
    move(meeting, "open")
    fill_due(meeting)
    return meeting


@action("councils.begin_item", may=RUNS_ITEM)
def begin_item(*, by: Any, item: AgendaItem) -> AgendaItem:
    """The item is dealt with from now on; the one before is closed, unless a vote on it is open."""
    meeting = lock(item.meeting)
    require_state(meeting, "open")
    item = lock(item)
    for running in meeting.items.filter(state="running").exclude(pk=item.pk):
        _end(running, "done")
    item.state = "running"
    item.save()
    return item


@action("councils.end_item", may=RUNS_ITEM)
def end_item(*, by: Any, item: AgendaItem, postponed: bool = False) -> AgendaItem:
    require_state(lock(item.meeting), "open")
    item = lock(item)
    _end(item, "postponed" if postponed else "done")
    return item


def _end(item: AgendaItem, state: str) -> None:
    if Motion.objects.filter(item=item, closed_at=None).exists():
        raise BadInput(Fault("", _("A vote on item %(n)d is open. Close it first.") % {"n": item.position}, "vote-open"))
    for speaker in item.speakers.filter(began_at__isnull=False, ended_at=None):
        speaker.ended_at = clock.now()
        speaker.save()
    item.state = state
    item.save()


@action(
    "councils.give_floor",
    may=keepers("speaker.item.meeting.council"),
)
def give_floor(*, by: Any, speaker: Speaker, ends: bool = False) -> Speaker:
    """The floor goes to a speaker, and so ends whoever had it; or the speaker has ended."""
    speaker = lock(speaker)
    require_state(lock(speaker.item.meeting), "open")
    if speaker.ended_at is not None:
        raise WrongState(speaker, "ended", ("waiting", "speaking"))
    now = clock.now()
    for other in Speaker.objects.filter(item=speaker.item, began_at__isnull=False, ended_at=None).exclude(pk=speaker.pk):
        other.ended_at = now
        other.save()
    speaker.began_at = speaker.began_at or now
    speaker.ended_at = now if ends else None
    speaker.save()
    return speaker


@action("councils.note", may=RUNS_ITEM)
def note(*, by: Any, item: AgendaItem, heard: Text) -> AgendaItem:
    """What was said, as the minutes will have it; until the minutes are approved."""
    require_state(lock(item.meeting), "open", "closed")
    item = lock(item)
    item.heard = heard
    item.save()
    return item


@action("councils.close_meeting", may=RUNS)
def close_meeting(*, by: Any, meeting: Meeting) -> Meeting:
    """It is over: whoever is still there leaves now, what was not dealt with is postponed. Raises BadInput while a vote is open."""
    meeting = lock(meeting)
    require_state(meeting, "open")
    now = clock.now()
    for item in meeting.items.all():
        if item.state in ("running", "open"):
            _end(item, "done" if item.state == "running" else "postponed")
        elif Motion.objects.filter(item=item, closed_at=None).exists():
            _end(item, item.state)
    for invitation in meeting.invitations.all():
        for there in invitation.presences.filter(left_at=None):
            there.left_at = max(now, there.came_at)
            there.save()
    meeting.closed_at = now
    move(meeting, "closed")
    return meeting
