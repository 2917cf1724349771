"""Networks are measured anew every night."""

from __future__ import annotations

from tertia.act.network.work import LAYERS, periods_of, remeasure
from tertia.core.jobs.queue import job
from tertia.core.jobs.rounds import declare_round
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock

__all__ = ["measure_again", "nightly"]


@declare_round("network.nightly", every="day", alone=True)
def nightly() -> int:
    """Returns how many networks were measured."""
    count = 0
    for owner in Organisation.objects.filter(hosts=True):
        for label in periods_of(clock.today()):
            for layer in LAYERS:
                remeasure(owner, label, layer)
                count += 1
    return count


@job("network.measure", alone=True)
def measure_again(owner_id: int, period: str, layer: str = "bodies") -> int:
    """One network, asked for by somebody who found none."""
    return remeasure(Organisation.objects.get(pk=owner_id), period, layer).pk
