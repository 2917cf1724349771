"""The list of words by which typing errors are mended where there are many records."""

from __future__ import annotations

from django.db import connection

from tertia.core.jobs.rounds import declare_round
from tertia.core.search.postgres import gather_words, is_large

__all__ = ["gather_all", "gather_new"]


@declare_round("search.words", every="hour", alone=True)
def gather_new() -> int:
    """Words of what changed lately; on SQLite and among few records nobody asks for them."""
    return gather_words(hours=3) if connection.vendor == "postgresql" and is_large() else 0


@declare_round("search.all_words", every="day", alone=True)
def gather_all() -> int:
    return gather_words() if connection.vendor == "postgresql" and is_large() else 0
