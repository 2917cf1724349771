"""How addressees answer, beside each other: how many they answered, how fast, what they accepted and carried out, how long they are silent."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from tertia.core.records.models import OwedAnswer
from tertia.plan.conferences.models import Progress

__all__ = ["AddresseeRow", "compare"]


@dataclass(frozen=True)
class AddresseeRow:
    """One body over one or several resolutions. `middle`: median days from sending to the answer, None while nothing dated was answered;
    `silence`: longest open silence after the term, in days. `progress`: state → how many, as the body last said.
    """

    party: Any
    asked: int
    answered: int
    accepted: int
    declined: int
    done: int
    middle: float | None
    silence: int | None
    reminders: int
    progress: dict[str, int]

    @property
    def share(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0


def compare(resolutions: Any, today: dt.date) -> list[AddresseeRow]:
    """Bodies that were asked on a recorded day, those with most left open first. Two queries, however many resolutions."""
    owed = OwedAnswer.objects.filter(record__as_recommendation__resolution__in=resolutions, sent_on__isnull=False).select_related("party")
    by_party: dict[int, list[OwedAnswer]] = defaultdict(list)
    for row in owed:
        by_party[row.party_id].append(row)
    last: dict[int, str] = {}
    said = Progress.objects.filter(follow_up__resolution__in=resolutions).exclude(state="").order_by("follow_up__asked_on", "pk")
    for number, state in said.values_list("owed", "state"):
        last[number] = state
    found = []
    for rows in by_party.values():
        days = [d for r in rows if (d := r.answer_days) is not None]
        silent = [d for r in rows if (d := r.silent_days(today)) is not None]
        progress: dict[str, int] = defaultdict(int)
        for r in rows:
            if r.pk in last:
                progress[last[r.pk]] += 1
        states = [r.state for r in rows]
        found.append(
            AddresseeRow(
                rows[0].party, len(rows), sum(not r.is_open for r in rows), sum(s in ("accepted", "partly", "done") for s in states), states.count("declined"),
                states.count("done"), median(days) if days else None, max(silent, default=None), sum(r.reminders for r in rows), dict(progress),
            )
        )  # fmt: skip
    return sorted(found, key=lambda r: (r.answered - r.asked, -(r.silence or 0), r.party.slug))
