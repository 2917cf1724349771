"""What comes back by itself: votes are counted after their last day."""

from __future__ import annotations

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.listen.proposals.models import Poll
from tertia.listen.proposals.polls import close_poll

__all__ = ["count_polls"]


@declare_round("proposals.count", every="hour")
def count_polls() -> int:
    today = clock.today()
    rows = list(Poll.objects.filter(state="open", ends_on__lt=today))
    for poll in rows:
        close_poll(by=Actor.system("count"), poll=poll, on=today)
    return len(rows)
