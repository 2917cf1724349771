"""Targets as figures show them: the plan as a line across the bar."""

from __future__ import annotations

from typing import Any

from tertia.core.periods import clock
from tertia.measure.indicators.beside import Planned, declare_plans
from tertia.measure.targets.queries import standings, targets_for


@declare_plans
def plans_of(indicator: Any, actor: Any) -> dict[tuple[str, str], Planned]:
    """Approved targets only: what is merely proposed is no plan yet."""
    rows = standings(targets_for(actor).filter(indicator=indicator, state="approved"), clock.today(), actor)
    return {
        (s.target.period, s.target.breakdown): Planned(
            s.target.value, s.words, s.sign, s.target.get_absolute_url(), s.share, s.target.forecast_low, s.target.forecast_high
        )
        for s in rows
    }
