"""What another app of measuring shows beside a figure: plans. The app declares it, so figures need not import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

__all__ = ["Planned", "declare_plans", "planned_beside"]


@dataclass(frozen=True)
class Planned:
    """The plan of one figure: what was planned, how it stands in words with its sign, and the interval expected for its end."""

    value: Decimal
    words: str
    sign: str
    address: str
    #: share of the plan that is done, 1 is all of it
    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


#: (indicator, actor) → (period, breakdown) → its plan
Plans = Callable[[Any, Any], dict[tuple[str, str], Planned]]
_PLANS: list[Plans] = []


def declare_plans(function: Plans) -> Plans:
    _PLANS.append(function)
    return function


def planned_beside(indicator: Any, actor: Any) -> dict[tuple[str, str], Planned]:
    """Every plan of an indicator's figures that the actor may see."""
    found: dict[tuple[str, str], Planned] = {}
    for function in _PLANS:
        found |= function(indicator, actor)
    return found
