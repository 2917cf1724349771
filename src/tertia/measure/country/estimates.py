"""What a country or a region comes to when some universities have not handed in: the value of those that did, and an interval. No Django.

A group adds numerators and denominators, never percentages. What is missing is drawn from those that handed in, with its own
denominator of an earlier year where one is known (multiple imputation by hot deck: Rubin 1987; Andridge and Little 2010).
Differences that are smaller than the interval are no differences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

__all__ = ["COVERAGE", "Estimate", "Part", "estimate", "spread"]

COVERAGE = 0.8
DRAWS = 1000


@dataclass(frozen=True)
class Part:
    """One university's figure. `denominator` None where the figure has none."""

    numerator: Decimal
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Estimate:
    """`value` of those that handed in; `low` and `high` hold four of five ways in which the rest may be."""

    value: Decimal
    low: Decimal
    high: Decimal
    handed_in: int
    expected: int


def estimate(
    parts: Sequence[Part], missing: Sequence[Decimal | None], *, donors: Sequence[Part] = (), scale: int = 1, seed: int = 2019
) -> Estimate | None:  # fmt: skip
    """The group's figure. `missing` has one entry for each university that did not hand in: its last known denominator, or None.

    `donors` are those from which the missing ones are drawn: of a region, all universities of the country (without them, `parts`).
    A sum of a group that lacks some has no honest value of its own: its value is of those that handed in, its interval of all.
    None where nobody handed in, or where all denominators are zero.
    """
    if not parts:
        return None
    ratio = parts[0].denominator is not None
    exact_top, exact_below = sum((p.numerator for p in parts), Decimal(0)), sum((p.denominator or Decimal(0) for p in parts), Decimal(0))
    if ratio and not exact_below:
        return None
    value = exact_top * scale / exact_below if ratio else exact_top * scale
    if not missing:
        return Estimate(_six(value), _six(value), _six(value), len(parts), len(parts))
    random, pool = np.random.default_rng(seed), donors or parts
    top = np.array([float(p.numerator) for p in pool])
    below = np.array([float(p.denominator or 0) for p in pool])
    drawn = random.integers(len(pool), size=(DRAWS, len(missing)))
    known = np.array([np.nan if m is None else float(m) for m in missing])
    if ratio:
        sizes = np.where(np.isnan(known)[None, :], below[drawn], known[None, :])
        rates = np.divide(top, below, out=np.zeros_like(top), where=below > 0)
        ends = (float(exact_top) + (rates[drawn] * sizes).sum(axis=1)) / (float(exact_below) + sizes.sum(axis=1)) * scale
    else:
        ends = (float(exact_top) + top[drawn].sum(axis=1)) * scale
    low, high = np.quantile(ends, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return Estimate(
        _six(value),
        min(_six(value), _six(low)) if ratio else _six(low),
        max(_six(value), _six(high)),
        len(parts),
        len(parts) + len(missing),
    )


def _six(value: Decimal | float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001"))


@dataclass(frozen=True)
class Spread:
    """How universities lie: quartiles, and bins as (from, to, how many)."""

    lower: float
    median: float
    upper: float
    bins: list[tuple[float, float, int]]


def spread(values: Sequence[Decimal], most_bins: int = 16) -> Spread | None:
    """The distribution of the universities' values in bins of one round width, from zero. None below three values."""
    if len(values) < 3:
        return None
    numbers = np.array([float(v) for v in values])
    lower, median, upper = (float(q) for q in np.quantile(numbers, [0.25, 0.5, 0.75]))
    top = float(numbers.max()) or 1.0
    power = 10.0 ** np.floor(np.log10(top / most_bins))
    width = next(power * n for n in (1, 2, 2.5, 5, 10, 20, 25, 50) if top / (power * n) <= most_bins)
    count = max(1, int(np.floor(top / width + 1e-9)) + 1)
    held = np.bincount(np.minimum((numbers / width + 1e-9).astype(int), count - 1), minlength=count)
    return Spread(lower, median, upper, [(float(n * width), float((n + 1) * width), int(h)) for n, h in enumerate(held)])
