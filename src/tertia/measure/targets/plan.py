"""Plan and fact: how much of a plan is done, and how it stands. No Django.

States: `reached`; while the period runs `on-course` (the whole forecast lies at or beyond the target), `open` (the target
lies inside it, or there is no forecast yet), `behind` (the whole forecast falls short); `missed` when the period is over;
`unknown` where the fact is missing or not shown, `not-applicable` where it does not apply. Unknown is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["LAGGING", "STATES", "Plan", "direction_of", "share_of", "state_of", "weighted"]

STATES = ("reached", "on-course", "open", "behind", "missed", "unknown", "not-applicable")
#: states that owe a comment
LAGGING = ("behind", "missed")


@dataclass(frozen=True)
class Plan:
    """A target with what is needed to judge it. `direction` is higher or lower."""

    target: Decimal
    baseline: Decimal | None = None
    direction: str = "higher"
    weight: Decimal = Decimal(1)


def direction_of(catalogue: str, target: Decimal, baseline: Decimal | None) -> str:
    """`higher-better` and `lower-better` decide; a neutral indicator is planned towards its target, seen from the baseline."""
    if catalogue == "neutral":
        return "lower" if baseline is not None and target < baseline else "higher"
    return "lower" if catalogue == "lower-better" else "higher"


def share_of(plan: Plan, fact: Decimal | None) -> Decimal | None:
    """The share of the plan that is done, 1 where it is reached; None where it cannot be said.

    Of a plan to rise: fact over target. Of a plan to fall: the way gone from the baseline over the way planned, and without
    a baseline target over fact.
    """
    if fact is None:
        return None
    if plan.direction == "higher":
        return fact / plan.target if plan.target else (Decimal(1) if fact >= 0 else None)
    if plan.baseline is not None and plan.baseline > plan.target:
        return max((plan.baseline - fact) / (plan.baseline - plan.target), Decimal(0))
    return plan.target / fact if fact else Decimal(1)


def _there(plan: Plan, value: Decimal) -> bool:
    return value >= plan.target if plan.direction == "higher" else value <= plan.target


def state_of(
    plan: Plan, fact: Decimal | None, fact_state: str, *, over: bool, grows: bool = True, low: Decimal | None = None, high: Decimal | None = None
) -> str:  # fmt: skip
    """How the plan stands. What may still fall (`grows` is False) is reached only when the period is over."""
    if fact_state == "not-applicable":
        return "not-applicable"
    if fact is None or fact_state != "value":
        return "unknown"
    if over:
        return "reached" if _there(plan, fact) else "missed"
    if grows and plan.direction == "higher" and _there(plan, fact):
        return "reached"
    if low is None or high is None:
        return "open"
    worst, best = (low, high) if plan.direction == "higher" else (high, low)
    return "on-course" if _there(plan, worst) else "open" if _there(plan, best) else "behind"


def weighted(rows: Iterable[tuple[Plan, Decimal | None]]) -> tuple[Decimal | None, Decimal]:
    """(share of the whole plan that is done, share of the weight that is known).

    Each target counts with its weight and at most wholly, so that one that is passed does not hide another that lags.
    What is unknown is left out of the first and shown by the second.
    """
    known = done = total = Decimal(0)
    for plan, fact in rows:
        total += plan.weight
        share = share_of(plan, fact)
        if share is not None:
            known += plan.weight
            done += plan.weight * min(share, Decimal(1))
    return (done / known if known else None), (known / total if total else Decimal(0))
