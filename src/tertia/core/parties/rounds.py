"""Forgetting, every day."""

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.parties.actions import forget
from tertia.core.parties.retention import people_who_left
from tertia.core.periods import clock


@declare_round("parties.forget", every="day")
def forget_who_left() -> int:
    """Returns how many personal fields were emptied."""
    by, today = Actor.system("retention"), clock.today()
    return sum(forget(by=by, person=person, left=left, today=today) for person, left in people_who_left(today))
