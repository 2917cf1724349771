"""What is asked of needs."""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tertia.core.records.models import OwedAnswer
from tertia.listen.needs.models import Need, Support

__all__ = ["Body", "board", "needs_for"]


def needs_for(actor: Any, *, state: str = "", place: str = "", topic: str = "", urgent: bool = False) -> QuerySet[Need]:
    """Needs that the actor may see, the latest first; those joined to others or not published stand under their state alone."""
    rows: Any = Need.objects.visible_to(actor).select_related("place", "asked_by", "owner")
    # counted for the rows of a page alone: as joins they would be counted for all rows before the first is shown
    rows = rows.annotate(answers=_counted(OwedAnswer, "record"), too=_counted(Support, "need"))
    if state not in ("merged", "declined"):
        rows = rows.exclude(state__in=("merged", "declined"))
    if topic:
        rows = rows.filter(topic=topic)
    if state:
        rows = rows.filter(state=state)
    if urgent:
        rows = rows.filter(urgent_on__isnull=False)
    if place:
        rows = rows.filter(place__code=place)
    return rows.order_by("-raised_on", "-pk")


def _counted(model: Any, of: str) -> Any:
    found = model.objects.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Body:
    """One body on the board: what it was asked, what it answered and how fast, what it has not answered."""

    party: Any
    asked: int
    answered: int
    declined: int
    overdue: int
    longest: int
    median_days: float | None


def board(today: dt.date) -> list[Body]:
    """Who answers needs and conversations, and how fast; the longest silence first. Only what is public."""
    rows = OwedAnswer.objects.filter(record__visibility="public", record__kind__in=("need", "conversation"), sent_on__isnull=False)
    by_party: dict[int, list[OwedAnswer]] = {}
    for owed in rows.select_related("party").order_by("pk"):
        by_party.setdefault(owed.party_id, []).append(owed)
    found = []
    for owed_rows in by_party.values():
        days = [d for o in owed_rows if (d := o.answer_days) is not None]
        silent = [d for o in owed_rows if (d := o.silent_days(today)) is not None]
        found.append(
            Body(
                owed_rows[0].party, len(owed_rows), len(days), sum(o.state == OwedAnswer.State.DECLINED for o in owed_rows), len(silent),
                max(silent, default=0), statistics.median(days) if days else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda b: (-b.longest, -b.asked, b.party.slug))
