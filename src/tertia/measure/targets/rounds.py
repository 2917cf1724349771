"""Forecasts, made whenever the figures are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tertia.measure.indicators.nightly import after_figures
from tertia.measure.targets.actions import write_forecasts
from tertia.measure.targets.queries import forecasts


@after_figures
def daily_forecasts(*, by: Any, owner: Any, facts: Any, today: dt.date) -> int:
    return write_forecasts(by=by, owner=owner, found=forecasts(owner, facts, today), on=today)
