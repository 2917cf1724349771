"""How far several assessors agree on a level, and where a university stands among its peers. No Django."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Agreement", "agreement"]


@dataclass(frozen=True)
class Agreement:
    """What the assessors gave: how many, the middle, the least and greatest, and their consensus from 0 (half at either end) to 1."""

    count: int
    middle: float
    least: int
    greatest: int
    consensus: float


def agreement(levels: Sequence[int], highest: int) -> Agreement | None:
    """The agreement of ordinal judgements from 1 to `highest`: Cns = 1 + Σ p·log2(1 − |x − mean| / width) (Tastle and Wierman 2007).

    None without a judgement. One judgement agrees with itself.
    """
    if not levels:
        return None
    ordered, count = sorted(levels), len(levels)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    mean, width = sum(ordered) / count, highest - 1
    consensus = 1 + sum(math.log2(1 - abs(x - mean) / width) for x in ordered) / count if width else 1.0
    return Agreement(count, middle, ordered[0], ordered[-1], round(min(max(consensus, 0.0), 1.0), 6))
