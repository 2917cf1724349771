"""Figures, brought up to date every day, one university at a time."""

from __future__ import annotations

from tertia.core.jobs.queue import enqueue, job
from tertia.core.jobs.rounds import declare_round
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.measure.indicators.models import Indicator
from tertia.measure.indicators.nightly import recompute


@declare_round("indicators.figures", every="day")
def daily_figures() -> int:
    """Put one job for each university that has chosen an indicator in the queue. Returns how many."""
    owners = Organisation.objects.filter(pk__in=Indicator.objects.filter(state="chosen").values("owner"))
    for owner in owners:
        enqueue("indicators.recompute", f"{owner.pk}:{clock.today()}", owner=owner.pk)
    return len(owners)


@job("indicators.recompute", alone=True)
def recompute_owner(owner: int) -> int:
    return recompute(Organisation.objects.get(pk=owner), clock.today())
