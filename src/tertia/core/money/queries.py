"""What is asked of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from tertia.core.money.models import Money
from tertia.core.records.models import visible

__all__ = ["money_for", "sums_of"]


def money_for(actor: Any) -> QuerySet[Money]:
    """Sums on records that the actor may see."""
    rows: Any = Money.objects.select_related("source", "record", "evidence")
    return rows if actor.is_system else rows.filter(visible(actor, "record"))


def sums_of(records: Any) -> dict[int, dict[str, Decimal]]:
    """Of each record the sums by kind; what was struck out does not count."""
    found: dict[int, dict[str, Decimal]] = {}
    rows = Money.objects.filter(record__in=records, struck_at=None).order_by().values_list("record", "kind").annotate(whole=Sum("amount"))
    for record, kind, whole in rows:
        found.setdefault(record, {})[kind] = whole
    return found
