"""What is asked of needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from tertia.listen.needs.models import Need

__all__ = ["needs_for"]


def needs_for(actor: Any, *, state: str = "", place: str = "") -> QuerySet[Need]:
    """Needs that the actor may see, the latest first."""
    rows: Any = Need.objects.visible_to(actor).select_related("place", "asked_by", "owner").annotate(answers=Count("owed_answers"))
    if state:
        rows = rows.filter(state=state)
    if place:
        rows = rows.filter(place__code=place)
    return rows.order_by("-raised_on", "-pk")
