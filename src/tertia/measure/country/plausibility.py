"""Is a figure plausible beside last year's and beside the others'? Nothing here is a verdict: it is a question to the university. No Django."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from tertia.core.periods.years import label_before
from tertia.measure.indicators.engine.figures import Figure

__all__ = ["JUMP", "LEAST_PEERS", "Odd", "odd_figures"]

#: how many times as large or as small as last year a figure may be before it is asked about
JUMP = 3.0
#: distance from the middle of the others in deviations (median and MAD, on the logarithm; Iglewicz and Hoaglin 1993 take 3.5)
FAR = 5.0
#: universities differ at least so much, on both scales
LEAST_DEVIATION = 0.08
LEAST_PEERS = 8
#: counts below this jump by chance
LEAST_COUNT = 30

Cell = tuple[str, str]


@dataclass(frozen=True)
class Odd:
    """A figure to ask about: `why` is jump (against `other`, last year's), vanished, or far (outside `low` to `high` of the others)."""

    indicator: str
    period: str
    value: Decimal | None
    why: str
    other: Decimal | None = None
    low: float | None = None
    high: float | None = None


def odd_figures(
    figures: Iterable[Figure], last: Mapping[Cell, Figure], peers: Mapping[Cell, Sequence[Decimal]]
) -> list[Odd]:  # fmt: skip
    """Totals that need a question. `last` holds the figures handed in before by (indicator, period); the period before is looked up
    there. `peers` holds the values of the other universities by (indicator, period), of ratios only."""
    found = []
    mine = {(f.indicator, f.period): f for f in figures if not f.breakdown}
    for (indicator, period), figure in sorted(mine.items()):
        before = mine.get((indicator, label_before(period))) or last.get((indicator, label_before(period)))
        odd = _against_last(figure, before) or _against_peers(figure, peers.get((indicator, period), ()))
        if odd is not None:
            found.append(odd)
    return found


def _against_last(now: Figure, before: Figure | None) -> Odd | None:
    if before is None or before.state != "value" or before.value is None:
        return None
    if now.state == "missing":
        return Odd(now.indicator, now.period, None, "vanished", before.value)
    if now.unit == "days" and now.denominator is None:  # a median: how many it is of is not in the package
        return None
    if now.state != "value" or now.value is None or max(now.numerator or 0, before.numerator or 0) < LEAST_COUNT:
        return None
    if not now.value or not before.value:
        return Odd(now.indicator, now.period, now.value, "jump", before.value)
    if abs(math.log(now.value / before.value)) > math.log(JUMP):
        return Odd(now.indicator, now.period, now.value, "jump", before.value)
    return None


def _against_peers(now: Figure, peers: Sequence[Decimal]) -> Odd | None:
    """Only ratios are compared: a large university has large counts. A share is compared as the angle whose sine squared it is, so
    that chance weighs the same near 0 and near 100 percent (Anscombe 1948); anything else by its logarithm. What chance alone does
    with so few counts is added to the deviation of the others."""
    if now.state != "value" or now.value is None or now.denominator is None or len(peers) < LEAST_PEERS or now.denominator < LEAST_COUNT:
        return None
    share = now.unit == "percent"
    values = _angle(np.array([float(p) for p in peers])) if share else np.log1p(np.array([float(p) for p in peers]))
    mine = float(_angle(np.array([float(now.value)]))[0]) if share else math.log1p(float(now.value))
    middle = float(np.median(values))
    among = max(1.4826 * float(np.median(np.abs(values - middle))), LEAST_DEVIATION)
    chance = 0.5 / math.sqrt(float(now.denominator)) if share else 1 / math.sqrt(max(float(now.numerator or 0), 1.0))
    deviation = math.hypot(among, chance)
    if abs(mine - middle) / deviation <= FAR:
        return None
    low, high = middle - FAR * deviation, middle + FAR * deviation
    if share:
        return Odd(now.indicator, now.period, now.value, "far", None, _share(low), _share(high))
    return Odd(now.indicator, now.period, now.value, "far", None, max(math.expm1(low), 0.0), math.expm1(high))


def _angle(percent: np.ndarray) -> np.ndarray:
    return np.arcsin(np.sqrt(np.clip(percent, 0, 100) / 100))


def _share(angle: float) -> float:
    return 100 * math.sin(min(max(angle, 0.0), math.pi / 2)) ** 2
