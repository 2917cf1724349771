"""The figures of a university brought up to date: facts of this moment, every chosen indicator, and whatever follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from tertia.core.actions.actor import Actor
from tertia.core.facts.declare import FACTS
from tertia.core.periods.years import academic_year, calendar_year
from tertia.measure.indicators.actions import compute_figures, look_at_closed, worked_out
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.queries import current_facts

__all__ = ["after_figures", "follow", "periods_of", "recompute"]

BY = Actor.system("figures")

_AFTER: list[Callable[..., Any]] = []


def after_figures(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register what is done with the same facts once the figures are there: `function(by, owner, facts, today)`."""
    _AFTER.append(function)
    return function


def periods_of(owner: Any, today: dt.date) -> list[str]:
    """The periods that are kept up to date: every one that has figures, and the running and the last academic and calendar year."""
    there = set(Figure.objects.filter(indicator__owner=owner).values_list("period", flat=True))
    return sorted(there | {year.label for running in (academic_year(today), calendar_year(today)) for year in (running, running.before)})


def recompute(owner: Any, today: dt.date, periods: list[str] | None = None) -> int:
    """Compute the chosen indicators of a university anew, and only then begin to write: others write meanwhile. Returns how many figures were written."""
    periods = periods or periods_of(owner, today)
    with current_facts(owner, *FACTS) as facts:
        found = worked_out(owner, facts, periods)
        with transaction.atomic():
            made = compute_figures(by=BY, owner=owner, facts=facts, periods=periods, found=found)
            follow(owner, facts, today)
    return len(made)


def follow(owner: Any, facts: Any, today: dt.date) -> None:
    """What follows from figures that were written: in one transaction with them, so that no reader sees them before few persons are hidden."""
    look_at_closed(by=BY, owner=owner, facts=facts)
    for function in _AFTER:
        function(by=BY, owner=owner, facts=facts, today=today)
