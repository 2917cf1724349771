"""What comes back by itself: answers that are owed are asked for again."""

from __future__ import annotations

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.records.reminding import escalate_owed, escalates_on, overdue, remind_owed
from tertia.core.rules.queries import rule_on

__all__ = ["remind"]


@declare_round("records.remind", every="day")
def remind() -> int:
    """Each open answer past its date, once in so many days; after a long silence the leaders are told once."""
    today, by, count = clock.today(), Actor.system("reminder"), 0
    for owed in overdue(today):
        every = dt.timedelta(days=rule_on("answer.reminder_days", today, owed.record.owner))
        if owed.reminded_on is None or today >= owed.reminded_on + every:
            remind_owed(by=by, owed=owed, on=today)
            count += 1
        if escalates_on(owed, today):
            escalate_owed(by=by, owed=owed, on=today)
    return count
