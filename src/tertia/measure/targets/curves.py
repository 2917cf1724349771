"""The curve of a figure through its period: its value when only what happened up to the end of each month is counted. No Django."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from tertia.core.periods.years import Period
from tertia.measure.indicators.engine.compute import Facts, compute_all
from tertia.measure.indicators.engine.definition import Definition, Side

__all__ = ["STEPS", "curves", "grows", "step_ends"]

STEPS = 12
#: tables whose rows stand for a whole period, so that no day of theirs cuts it
STANDING = ("member",)
Curve = list[Decimal | None]


def grows(definition: Definition) -> bool:
    """Whether the figure adds up through its period and never falls: counts, sums and different values, over nothing or a fixed base."""
    below = definition.denominator
    fixed = below is None or below.constant is not None or below.table in STANDING
    return definition.numerator.measure in ("count", "sum", "distinct") and fixed


def step_ends(period: Period) -> list[dt.date]:
    """The last days of the twelve months of a period."""
    firsts = [
        dt.date(period.start.year + (period.start.month + n - 1) // 12, (period.start.month + n - 1) % 12 + 1, 1)
        for n in range(1, STEPS + 1)
    ]
    return [first - dt.timedelta(days=1) for first in firsts]


def curves(
    definitions: Iterable[Definition], facts: Facts, organisation: str, periods: list[Period], today: dt.date, *, by_unit: bool
) -> dict[tuple[str, str, str], Curve]:  # fmt: skip
    """(indicator, period, breakdown) → the value at the end of each month that is over, twelve of a period that is.

    Every cut of every indicator is a definition of its own, so the engine reads each table once for all of them.
    None where a figure is missing or does not apply.
    """
    found: dict[tuple[str, str, str], Curve] = defaultdict(list)
    chosen = list(definitions)
    for period in periods:
        ends = [end for end in step_ends(period) if end < today]
        cuts = {f"{d.id}@{n}": _until(d.in_force(period.label), end, f"{d.id}@{n}") for d in chosen for n, end in enumerate(ends)}
        by = [("unit",)] if by_unit else []
        values = {}
        groups: dict[str, set[str]] = defaultdict(set)
        with_units = [c for c in cuts.values() if by_unit and "unit" in c.dimensions]
        without = [c for c in cuts.values() if c not in with_units]
        for some, dimensions in ((with_units, by), (without, [])):
            for figure in compute_all(some, facts, organisations=[organisation], periods=[period.label], by=dimensions):
                name = figure.indicator.rpartition("@")[0]
                values[figure.indicator, figure.breakdown] = figure.value
                groups[name].add(figure.breakdown)
        for d in chosen:
            for breakdown in groups[d.id]:
                found[d.id, period.label, breakdown] = [values.get((f"{d.id}@{n}", breakdown)) for n in range(len(ends))]
    return dict(found)


def _until(definition: Definition, day: dt.date, name: str) -> Definition:
    below = definition.denominator
    return replace(
        definition, id=name, earlier=(), since="", numerator=_cut(definition.numerator, day), denominator=_cut(below, day) if below else None
    )  # fmt: skip


def _cut(side: Side, day: dt.date) -> Side:
    if side.constant is not None or side.table in STANDING:
        return side
    return replace(side, where=(*side.where, ("day", "at-most", day.isoformat())))
