"""Used words are swept once a day."""

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.signin.actions import sweep_used

#: an answer is refused as too old after minutes
KEPT = dt.timedelta(days=1)


@declare_round("signin.sweep_used", every="day")
def sweep() -> int:
    return sweep_used(by=Actor.system("sign-in"), before=clock.now() - KEPT)
