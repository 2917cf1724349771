"""What the strategy states for returns."""

from __future__ import annotations

from typing import Any

from tertia.core.facts.statements import Stated, declare_statement
from tertia.plan.strategy.models import Strategy

__all__ = ["decision", "mission"]


def _adopted(owner: Any) -> Strategy | None:
    return Strategy.objects.filter(owner=owner, state__in=("adopted", "revising")).order_by("-adopted_on", "-pk").first()


@declare_statement("social-mission")
def mission(owner: Any) -> Stated | None:
    found = _adopted(owner)
    return Stated(found.mission, found) if found is not None and found.mission else None


@declare_statement("strategy-decision")
def decision(owner: Any) -> Stated | None:
    found = _adopted(owner)
    return Stated(found.decision, found) if found is not None and found.decision else None
