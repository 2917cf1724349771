"""What comes back by itself: needs whose term has passed are closed; networks of senders are forgotten."""

from __future__ import annotations

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on
from tertia.listen.needs import alike  # noqa: F401  declares its round
from tertia.listen.needs.actions import close_by_term, forget_networks
from tertia.listen.needs.models import Need

__all__ = ["close_settled", "forget"]


@declare_round("needs.close_settled", every="day")
def close_settled() -> int:
    today, count = clock.today(), 0
    for need in Need.objects.filter(state="answered", answered_on__isnull=False).select_related("owner"):
        if today > need.answered_on + dt.timedelta(days=rule_on("need.close_days", today, need.owner)):
            close_by_term(by=Actor.system("needs"), need=need, on=today)
            count += 1
    return count


@declare_round("needs.forget", every="day")
def forget() -> int:
    before = clock.today() - dt.timedelta(days=30)
    if not Need.objects.filter(raised_on__lt=before).exclude(network="").exists():
        return 0
    return forget_networks(by=Actor.system("retention"), before=before)
