"""The daily digest."""

from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.outbox import send_digests
from tertia.core.periods import clock


@declare_round("messages.digest", every="day")
def daily_digest() -> int:
    return send_digests(clock.today())
