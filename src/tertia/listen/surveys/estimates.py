"""Shares of answers with their margins where these are honest, and the reason where they are not. No Django.

A margin of error speaks of chance, so it is told only where chance drew those asked: for a sample drawn at random with enough answers. It is
that of a proportion at 95 % (Wilson 1927) with the correction for a finite population (Cochran 1977, §2.6) and the loss by weights (Kish
1965: 1 + the squared coefficient of variation of the weights). Who came by himself is no sample (AAPOR Standard Definitions, 10th ed.), and
where few of those asked answered, who answered may differ from who did not. Weights put known shares of a group in place of those that
answered (post-stratification); they are refused where a group has no answers or one answer would weigh for too many.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FEWEST", "Design", "Estimate", "Share", "estimate", "weights_of"]

#: answers below which no share is told; share of those asked below which no margin is told; the most that one answer may weigh
FEWEST, LEAST_RATE, HEAVIEST, Z = 10, 0.4, 5.0, 1.959964
OPEN, RANDOM, ALL = "open", "random", "all"


@dataclass(frozen=True)
class Design:
    """How it was asked: `sampling` open (whoever came), random (drawn by chance) or all (everybody was asked); people asked; people there are."""

    sampling: str
    asked: int | None = None
    population: int | None = None


@dataclass(frozen=True)
class Share:
    """Of one option: answers, share (weighted where weights are used), margin as the ends of an interval, or none."""

    option: str
    count: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Estimate:
    """`refused`: why no margin is told: few, open, unknown, rate; empty where it is. `answered`: who answered the question."""

    answered: int
    shares: tuple[Share, ...]
    refused: str


def weights_of(groups: Sequence[str | None], known: dict[str, float]) -> tuple[list[float] | None, str]:
    """A weight for each answer by its group and the known shares of the groups (mean 1). None with why not: unknown, empty, heavy."""
    total = sum(known.values())
    if not known or total <= 0:
        return None, "unknown"
    counts = Counter(g for g in groups if g in known)
    there = sum(counts.values())
    if any(share > 0 and not counts[g] for g, share in known.items()) or not there:
        return None, "empty"
    factor = {g: (known[g] / total) / (counts[g] / there) for g in counts}
    if max(factor.values()) > HEAVIEST:
        return None, "heavy"
    return [factor.get(g, 1.0) if g is not None else 1.0 for g in groups], ""


def estimate(answers: Sequence[Sequence[str]], options: Sequence[str], design: Design, weights: Sequence[float] | None = None) -> Estimate:
    """Shares of the options among those who answered; `answers` holds for each answer the options that were chosen, empty where none was."""
    rows = [(set(a), 1.0 if weights is None else weights[n]) for n, a in enumerate(answers) if a]
    answered = len(rows)
    whole = sum(w for _a, w in rows)
    refused = _refused(answered, len(answers), design)
    effect = answered * sum(w * w for _a, w in rows) / whole**2 if whole else 1.0
    shares = []
    for option in options:
        count = sum(option in a for a, _w in rows)
        share = sum(w for a, w in rows if option in a) / whole if whole else 0.0
        low, high = (None, None) if refused or answered < FEWEST else _interval(share, answered / effect, answered, design.population)
        shares.append(Share(option, count, share, low, high))
    return Estimate(answered, tuple(shares), "few" if answered < FEWEST else refused)


def _refused(answered: int, came: int, design: Design) -> str:
    if design.sampling == OPEN:
        return "open"
    if not design.asked or design.asked < came:
        return "unknown"
    return "rate" if answered / design.asked < LEAST_RATE else ""


def _interval(share: float, n: float, answered: int, population: int | None) -> tuple[float, float]:
    if population and population > 1:
        left = max(population - answered, 0) / (population - 1)
        if left == 0:
            return share, share
        n = n / left
    z2 = Z * Z
    middle, spread = share + z2 / (2 * n), Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max((middle - spread) / (1 + z2 / n), 0.0), min((middle + spread) / (1 + z2 / n), 1.0)
