"""What is asked of measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tertia.core.records.models import Link
from tertia.plan.strategy.models import Measure

__all__ = ["measures_for", "measures_without_activity"]


def measures_for(actor: Any) -> QuerySet[Measure]:
    """Measures that the actor may see, in the order of their numbers; `carried` says whether an activity carries one out."""
    carried = Link.objects.filter(upper=OuterRef("pk"), relation="carries-out")
    rows: Any = Measure.objects.visible_to(actor).select_related("unit", "responsible", "owner").annotate(carried=Exists(carried))
    return rows.order_by("number", "pk")


def measures_without_activity(owners: frozenset[int], today: dt.date) -> QuerySet[Measure]:
    """Measures under way of these owners that nothing carries out yet."""
    carried = Link.objects.filter(upper=OuterRef("pk"), relation="carries-out")
    rows: Any = Measure.objects.filter(owner__in=owners, state__in=("planned", "underway"), starts_on__lte=today)
    return rows.filter(~Exists(carried)).select_related("unit").order_by("ends_on", "pk")
