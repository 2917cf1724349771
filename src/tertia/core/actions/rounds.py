"""Sealing the journal, every minute."""

from tertia.core.actions.journal import seal
from tertia.core.jobs.rounds import declare_round


@declare_round("journal.seal", every="minute")
def seal_journal() -> int:
    return seal()
