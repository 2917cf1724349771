"""The figures of a university brought up to date: facts of this moment, every chosen indicator, and whatever follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.facts.declare import FACTS
from tertia.core.periods.years import Period, academic_year, calendar_year
from tertia.measure.indicators.actions import compute_figures, look_at_closed
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.queries import current_facts

__all__ = ["after_figures", "periods_of", "recompute"]

_AFTER: list[Callable[..., Any]] = []


def after_figures(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register what is done with the same facts once the figures are there: `function(by, owner, facts, today)`."""
    _AFTER.append(function)
    return function


def periods_of(owner: Any, today: dt.date) -> list[str]:
    """The periods that are kept up to date: every one that has figures, and the running academic and calendar year."""
    there = set(Figure.objects.filter(indicator__owner=owner).values_list("period", flat=True))
    return sorted(there | {academic_year(today).label, calendar_year(today).label, *_before(today)})


def _before(today: dt.date) -> list[str]:
    year: Period = academic_year(today)
    return [academic_year(year.start - dt.timedelta(days=1)).label, str(today.year - 1)]


def recompute(owner: Any, today: dt.date, periods: list[str] | None = None) -> int:
    """Compute the chosen indicators of a university anew. Returns how many figures were written."""
    by = Actor.system("figures")
    with current_facts(owner, *FACTS) as facts:
        made = compute_figures(by=by, owner=owner, facts=facts, periods=periods or periods_of(owner, today))
        look_at_closed(by=by, owner=owner, facts=facts)
        for function in _AFTER:
            function(by=by, owner=owner, facts=facts, today=today)
    return len(made)
