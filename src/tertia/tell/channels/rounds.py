"""What the worker does for channels."""

from __future__ import annotations

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.tell.channels.actions import forget_unconfirmed, send_newsletter
from tertia.tell.channels.deliver import deliver_due
from tertia.tell.channels.inbox import forget_inbox, read_inbox
from tertia.tell.channels.newsletter import due_subscribers

__all__ = ["deliver_due", "forget_inbox", "forget_wishes", "read_inbox", "send_newsletters"]

BY = Actor.system("newsletter")
#: days after which an address that was never confirmed is forgotten
FORGOTTEN_AFTER = 14


@declare_round("channels.newsletter", every="day", alone=True)
def send_newsletters() -> int:
    """Write the letters that are due; gives how many. Each is one transaction and has a key, so a round that breaks off goes on."""
    now = clock.now()
    return sum(send_newsletter(by=BY, subscriber=s, now=now) for s in due_subscribers(clock.today()).iterator(chunk_size=500))


@declare_round("channels.forget_wishes", every="day")
def forget_wishes() -> int:
    return forget_unconfirmed(by=BY, before=clock.now() - dt.timedelta(days=FORGOTTEN_AFTER))
