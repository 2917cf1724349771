"""A university's own pages follow the rules of the packages: who does not work there sees no count of few persons, nor what gives one away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tertia.measure.country.disclosure import counted_of, suppress
from tertia.measure.indicators.actions import hide_small
from tertia.measure.indicators.engine.figures import Figure as Cell
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.nightly import after_figures
from tertia.measure.indicators.own import known

__all__ = ["hide"]


@after_figures
def hide(*, by: Any, owner: Any, facts: Any, today: dt.date) -> int:
    rows = list(Figure.objects.filter(indicator__owner=owner).select_related("indicator"))
    defined = known({f.indicator.catalogue_id for f in rows})[0]
    cells = [
        Cell(f.indicator.catalogue_id, f.version, owner.slug, f.period, f.breakdown, f.numerator, f.denominator, f.value, f.unit, f.state)
        for f in rows
        if f.indicator.catalogue_id in defined
    ]
    safe = suppress(cells, counted_of(defined))
    hidden = {(c.indicator, c.period, c.breakdown) for c in safe if c.state == "suppressed"}
    return hide_small(by=by, owner=owner, hidden=hidden)
