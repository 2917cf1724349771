"""What comes back by itself: pictures are drawn anew, conversations end on their day, networks of voters are forgotten."""

from __future__ import annotations

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.jobs.queue import enqueue
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.listen.dialogue.actions import close_conversation
from tertia.listen.dialogue.actions.watching import forget_networks
from tertia.listen.dialogue.jobs import needs_drawing
from tertia.listen.dialogue.models import Conversation, Voice

__all__ = ["draw_anew", "end_conversations", "forget"]


@declare_round("dialogue.draw_anew", every="minute")
def draw_anew() -> int:
    found = needs_drawing()
    for pk, votes in found:
        enqueue("dialogue.draw", f"{pk}:{votes}", conversation_id=pk)
    return len(found)


@declare_round("dialogue.end", every="hour")
def end_conversations() -> int:
    """A conversation ends after its last day."""
    today = clock.today()
    rows = list(Conversation.objects.filter(state="open", ends_on__lt=today))
    for conversation in rows:
        close_conversation(by=Actor.system("dialogue"), conversation=conversation, on=today)
    return len(rows)


@declare_round("dialogue.forget", every="day")
def forget() -> int:
    """The network from which a voice came is kept for thirty days after it began."""
    before = clock.today() - dt.timedelta(days=30)
    if not Voice.objects.filter(begun_on__lt=before).exclude(network="").exists():
        return 0
    return forget_networks(by=Actor.system("retention"), before=before)
