"""What comes back by itself: owners of measures of which nothing was heard are asked."""

from __future__ import annotations

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.plan.strategy.actions import ask_for_news
from tertia.plan.strategy.queries import measures_without_news

__all__ = ["news"]


@declare_round("strategy.news", every="day")
def news() -> int:
    """Returns how many owners were asked now."""
    today, count = clock.today(), 0
    for owner in Organisation.objects.filter(hosts=True):
        for measure in measures_without_news(owner, today):
            ask_for_news(by=Actor.system("strategy"), measure=measure, on=today)
            count += 1
    return count
