"""Where a figure will stand at the end of its period, with an interval. No Django.

The curve of a figure is its value when only what happened up to the end of each step (a month) is counted. What remains of
the period is drawn from the same steps of earlier periods, give or take one step, scaled by how this period compares with
that one so far (Holt and Winters' seasonal idea, by resampling instead of a model: Efron 1979, Künsch 1989 for blocks).
Without an earlier period the steps so far are drawn again, which knows no season: `basis` says which of the two it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

__all__ = ["COVERAGE", "Forecast", "forecast"]

#: the share of cases that the interval is made to hold
COVERAGE = 0.8
DRAWS = 2000
#: steps of this period alone from which something can be learned
LEAST_ALONE = 4


@dataclass(frozen=True)
class Forecast:
    """The value at the end of the period: the middle of what was drawn, and the interval that holds `COVERAGE` of it."""

    value: Decimal
    low: Decimal
    high: Decimal
    #: past-periods or this-period
    basis: str


def forecast(
    now: Sequence[float],
    past: Sequence[Sequence[float]],
    *,
    steps: int,
    grows: bool,
    least: float = 0.0,
    most: float | None = None,
    seed: int = 2019,
) -> Forecast | None:
    """The forecast of a figure from its curve so far and the curves of earlier periods.

    `now` holds one value for each step that is over (of `steps`), each curve of `past` all `steps`. `grows` says that the
    figure adds up through the period (hours, people) and does not fall; a share or a median may fall. `least` and `most` bound
    what makes sense: what is reached already of a figure that adds up, 100 of a percentage. None where less than two steps are
    over (without an earlier period, four), where nothing is left, and where a share never moved, so that nothing can be learned.
    The same input gives the same answer.
    """
    over = len(now)
    if over < 2 or over >= steps:
        return None
    random = np.random.default_rng(seed)
    here = np.diff(np.concatenate([[0.0], np.asarray(now, float)])) if grows else np.diff(np.asarray(now, float))
    curves = [np.asarray(curve, float) for curve in past if len(curve) == steps and np.isfinite(np.asarray(curve, float)).all()]
    if grows:
        curves = [c for c in curves if c[over - 1] > 0]
    if not curves and over < LEAST_ALONE:
        return None
    ends = _from_past(here, curves, over, steps, grows, random) if curves else _from_here(here, steps - over, random)
    ends = float(now[-1]) + ends
    ends = np.clip(ends, max(least, float(now[-1])) if grows else least, np.inf if most is None else most)
    if not grows and float(ends.max() - ends.min()) < 1e-9:
        return None
    low, middle, high = np.quantile(ends, [(1 - COVERAGE) / 2, 0.5, (1 + COVERAGE) / 2])
    return Forecast(_exact(middle), _exact(low), _exact(high), "past-periods" if curves else "this-period")


def _from_past(here: np.ndarray, curves: list[np.ndarray], over: int, steps: int, grows: bool, random: np.random.Generator) -> np.ndarray:
    """What is added until the end, drawn from earlier periods: which period, how this one compares with it, which steps."""
    added = np.stack([np.diff(np.concatenate([[0.0], c])) for c in curves])
    which = random.integers(len(curves), size=DRAWS)
    scale = np.ones(DRAWS)
    if grows:
        chosen = random.integers(over, size=(DRAWS, over))
        mine, theirs = here[chosen].sum(axis=1), added[which[:, None], chosen].sum(axis=1)
        # half a step of each side keeps a comparison with an empty step finite
        half = (here.sum() + added[:, :over].sum(axis=1).mean()) / (4 * over)
        scale = (mine + half) / (theirs + half)
        # two periods never compare exactly alike; a share of their own unevenness is left to the rest of the period
        scale = scale * np.exp(random.normal(0, _unevenness(added), DRAWS))
    rest = np.arange(over, steps)
    shifted = np.clip(rest[None, :] + random.integers(-1, 2, size=(DRAWS, len(rest))), over, steps - 1)
    return (added[which[:, None], shifted] * scale[:, None]).sum(axis=1)


def _unevenness(added: np.ndarray) -> float:
    """How far periods differ from one another as a whole, as a deviation of logarithms; a tenth where there is one period only."""
    totals = added.sum(axis=1)
    return float(np.std(np.log(totals), ddof=1)) / 2 if len(totals) > 1 and (totals > 0).all() else 0.1


def _from_here(here: np.ndarray, left: int, random: np.random.Generator) -> np.ndarray:
    """What is added until the end if the rest of the period goes like its steps so far; how they go on the whole is drawn too."""
    chosen = random.integers(len(here), size=(DRAWS, len(here)))
    sample = here[chosen]
    level = sample.mean(axis=1)
    spread = sample.std(axis=1, ddof=1) if len(here) > 1 else np.abs(level)
    return left * level + random.normal(0, 1, DRAWS) * spread * np.sqrt(left)


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal("0.000001"))
