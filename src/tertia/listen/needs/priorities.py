"""Needs in the order of their weight, judged by several people. No Django; the same file gives the same order.

A judge gives each criterion a weight and each need a mark (0 to 4) under each criterion. A need's worth to a judge is the weighted mean of
his marks (weighted sum model: Fishburn 1967), to all the mean over the judges. How far the judges agree is Kendall's W with correction for
ties (Kendall and Babington Smith 1939). How much hangs on the weights is tried: each judge's weights are drawn anew many times around what
he said (Dirichlet, as in stochastic multicriteria acceptability analysis: Lahdelma, Hokkanen and Salminen 1998), and the share of draws in
which a need stays among the first five is told. Marks that a judge left out say nothing; a need without any mark has no place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["DRAWS", "FIRST", "HIGHEST", "Judgement", "PrioritiesUnreadable", "Ranking", "rank", "read_priorities"]

DRAWS, FIRST, HIGHEST = 2000, 5, 4
#: how closely drawn weights stay to the stated ones; with three equal criteria a weight of 0.33 is drawn between 0.15 and 0.54 mostly
CLOSE = 20.0


class PrioritiesUnreadable(ValueError):
    """A file that holds no judgements; the sentence says where and what is wrong."""


@dataclass(frozen=True)
class Judgement:
    """One judge: criterion → weight (0 or more, not all 0), need → criterion → mark (0 to `HIGHEST`)."""

    weights: dict[str, float]
    marks: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Ranking:
    """`order`: needs with their worth (0 to 1), the best first; `agreement`: Kendall's W, None for one judge; `stays`: need → share of draws in which it is
    among the first `FIRST`; `unjudged`: needs without a mark."""

    order: tuple[tuple[str, float], ...]
    agreement: float | None
    stays: dict[str, float]
    unjudged: tuple[str, ...]
    judges: int

    def as_json(self) -> dict[str, Any]:
        return {
            "order": [{"need": need, "worth": round(worth, 4), "stays": round(self.stays[need], 4)} for need, worth in self.order],
            "agreement": None if self.agreement is None else round(self.agreement, 4), "unjudged": list(self.unjudged), "judges": self.judges,
            "first": FIRST, "draws": DRAWS,
        }  # fmt: skip


def rank(needs: list[str], criteria: list[str], judges: list[Judgement], *, seed: int = 0) -> Ranking:
    """Rank. Needs of equal worth stand in the order in which they were given."""
    marks = np.full((len(judges), len(needs), len(criteria)), np.nan)
    weights = np.zeros((len(judges), len(criteria)))
    for j, judge in enumerate(judges):
        weights[j] = [max(float(judge.weights.get(c, 0)), 0.0) for c in criteria]
        for n, need in enumerate(needs):
            for c, criterion in enumerate(criteria):
                value = judge.marks.get(need, {}).get(criterion)
                if value is not None:
                    marks[j, n, c] = value / HIGHEST
    sums = weights.sum(axis=1, keepdims=True)
    weights = np.divide(weights, sums, out=np.full_like(weights, 1 / max(len(criteria), 1)), where=sums > 0)
    worth = _worth(marks, weights)
    there = ~np.isnan(worth)
    places = [int(n) for n in np.argsort(np.where(there, -worth, np.inf), kind="stable") if there[n]]
    stays = _stays(marks, weights, there, seed)
    return Ranking(
        tuple((needs[n], float(worth[n])) for n in places), _agreement(marks, weights), {needs[n]: float(stays[n]) for n in places},
        tuple(needs[n] for n in range(len(needs)) if not there[n]), len(judges),
    )  # fmt: skip


def _each(marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The worth of each need to each judge over the criteria that he marked: shape (judges, needs), nan where he marked none."""
    seen = ~np.isnan(marks)
    of = (weights[:, None, :] * seen).sum(axis=2)
    value = (np.nan_to_num(marks) * weights[:, None, :]).sum(axis=2)
    return np.divide(value, of, out=np.full(of.shape, np.nan), where=of > 0)


def _worth(marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    each = _each(marks, weights)
    seen = ~np.isnan(each)
    count = seen.sum(axis=0)
    return np.divide(np.nan_to_num(each).sum(axis=0), count, out=np.full(count.shape, np.nan, dtype=float), where=count > 0)


def _stays(marks: np.ndarray, weights: np.ndarray, there: np.ndarray, seed: int) -> np.ndarray:
    pick, counts = np.random.default_rng(seed), np.zeros(marks.shape[1])
    if not there.any():
        return counts
    for _draw in range(DRAWS):
        drawn = np.array([pick.dirichlet(w * CLOSE * max(len(w), 1) / 3 + 0.05) for w in weights])
        worth = np.where(there, _worth(marks, drawn), -np.inf)
        counts[np.argsort(-worth, kind="stable")[:FIRST]] += 1
    return np.where(there, counts / DRAWS, 0.0)


def _agreement(marks: np.ndarray, weights: np.ndarray) -> float | None:
    """Kendall's W over the needs that all judges marked; None with one judge or fewer than two such needs."""
    each = _each(marks, weights)
    shared = ~np.isnan(each).any(axis=0)
    rows = each[:, shared]
    judges, items = rows.shape
    if judges < 2 or items < 2:
        return None
    ranks, ties = np.zeros(rows.shape), 0.0
    for j in range(judges):
        values, places, sizes = np.unique(-rows[j].round(12), return_inverse=True, return_counts=True)
        middle = np.cumsum(sizes) - (sizes - 1) / 2
        ranks[j] = middle[places]
        ties += float((sizes**3 - sizes).sum())
    spread = float(((ranks.sum(axis=0) - judges * (items + 1) / 2) ** 2).sum())
    whole = judges**2 * (items**3 - items) - judges * ties
    return 1.0 if whole == 0 else float(min(12 * spread / whole, 1.0))


def read_priorities(text: str) -> tuple[list[str], list[str], list[Judgement]]:
    """Read a file: `{"needs": […], "criteria": […], "judges": [{"weights": {…}, "marks": {need: {criterion: 0…4}}}]}`. Raises PrioritiesUnreadable."""
    try:
        body = json.loads(text)
        needs, criteria, rows = [str(n) for n in body["needs"]], [str(c) for c in body["criteria"]], list(body["judges"])
    except (ValueError, KeyError, TypeError) as error:
        raise PrioritiesUnreadable(f"a file of priorities is JSON with needs, criteria and judges ({error})") from error
    if len(set(needs)) != len(needs) or len(set(criteria)) != len(criteria) or not criteria:
        raise PrioritiesUnreadable("each need and each criterion stands once, and there is at least one criterion")
    judges = []
    for number, row in enumerate(rows, start=1):
        weights, marks = (row.get("weights", {}), row.get("marks", {})) if isinstance(row, dict) else (None, None)
        if not isinstance(weights, dict) or not isinstance(marks, dict):
            raise PrioritiesUnreadable(f"judge {number}: weights and marks are wanted")
        _checked(number, needs, criteria, weights, marks)
        judges.append(Judgement({str(k): float(v) for k, v in weights.items()}, {str(n): dict(m) for n, m in marks.items()}))
    return needs, criteria, judges


def _checked(number: int, needs: list[str], criteria: list[str], weights: dict[str, Any], marks: dict[str, Any]) -> None:
    for criterion, weight in weights.items():
        if criterion not in criteria or isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < 1e9:
            raise PrioritiesUnreadable(f"judge {number}: {criterion!r} is no criterion, or its weight {weight!r} is no number from 0 on")
    for need, row in marks.items():
        if need not in needs or not isinstance(row, dict):
            raise PrioritiesUnreadable(f"judge {number}: {need!r} is none of the needs")
        for criterion, mark in row.items():
            if criterion not in criteria or isinstance(mark, bool) or not isinstance(mark, int) or not 0 <= mark <= HIGHEST:
                raise PrioritiesUnreadable(
                    f"judge {number}, {need!r}: a mark is a whole number from 0 to {HIGHEST}, here {criterion!r} has {mark!r}"
                )
