"""What is asked by itself: each half year, how far it is with what was accepted."""

from __future__ import annotations

from django.db.models import Max, Min

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on
from tertia.plan.conferences.actions import ask_follow_up
from tertia.plan.conferences.actions.following import ACCEPTED
from tertia.plan.conferences.models import Resolution

__all__ = ["follow_up"]


@declare_round("conferences.follow_up", every="day")
def follow_up() -> int:
    """Begin the rounds that are due. Returns how many resolutions were asked about."""
    today, count = clock.today(), 0
    rows = Resolution.objects.filter(state="adopted", recommendations__owed_answers__state__in=ACCEPTED).select_related("owner")
    for one in rows.annotate(last=Max("follow_ups__asked_on"), first=Min("addressees__dispatches__sent_on")).order_by("pk"):
        since = one.last or one.first
        if since is not None and (today - since).days >= rule_on("resolution.follow_up_days", today, one.owner):
            ask_follow_up(by=Actor.system("conferences"), resolution=one, on=today)
            count += 1
    return count
