"""A mixture of latent classes over votes: who is in which class, and how each class votes on each statement. No Django.

Each class agrees, passes or disagrees with each statement by its own shares; what was not seen says nothing (missing at random given the
class), so the table is never filled. Fitted by expectation and maximisation (Dempster, Laird and Rubin 1977; latent class analysis:
Lazarsfeld and Henry 1968, Goodman 1974) with shares smoothed towards those of everybody, as a Dirichlet prior does. All products are of
sparse tables with narrow dense ones: time and memory are linear in votes. Deterministic: the start comes from the votes and a seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertia.listen.dialogue.opinion.votes import Votes

__all__ = ["Fit", "Tables", "assign", "fit", "shares_of", "tables_of"]

#: so many votes of everybody's shares stand behind each class's shares of a statement
SMOOTH = 4.0
#: while classes are sought the prior is stronger: a class has to differ on many statements to be one
SEEK = 10.0
ROUNDS, ENOUGH = 60, 1e-5


@dataclass(frozen=True)
class Tables:
    """The votes as three sparse tables and their transposes, and everybody's smoothed shares, of shape (3, statements)."""

    kinds: tuple[object, ...]
    turned: tuple[object, ...]
    base: np.ndarray
    shape: tuple[int, int]


@dataclass(frozen=True)
class Fit:
    """`weights` (classes), `shares` (classes, 3, statements), `belongs` (participants, classes), `score`: log likelihood with its prior."""

    weights: np.ndarray
    shares: np.ndarray
    belongs: np.ndarray
    score: float


def tables_of(votes: Votes) -> Tables:
    kinds = tuple(votes.matrix(k) for k in range(3))
    counts = np.array([np.asarray(m.sum(axis=0)).ravel() for m in kinds])
    whole = counts.sum(axis=1) + 1.0
    base = (counts + whole[:, None] / whole.sum()) / (counts.sum(axis=0) + 1.0)
    return Tables(kinds, tuple(m.T.tocsr() for m in kinds), base, votes.shape)


def _logs(t: Tables, shares: np.ndarray) -> np.ndarray:
    """Of each participant and class the log probability of the votes: shape (participants, classes)."""
    logs = np.log(shares)
    total = np.zeros((t.shape[0], len(shares)))
    for k in range(3):
        total += t.kinds[k] @ logs[:, k, :].T  # type: ignore[operator]
    return total


def _shares(t: Tables, belongs: np.ndarray, smooth: float) -> np.ndarray:
    counts = np.array([t.turned[k] @ belongs for k in range(3)])  # type: ignore[operator]
    return np.ascontiguousarray(((counts + smooth * t.base[:, :, None]) / (counts.sum(axis=0) + smooth)).transpose(2, 0, 1))


def shares_of(t: Tables, groups: np.ndarray, count: int, smooth: float = SMOOTH) -> np.ndarray:
    """The smoothed shares of groups (`groups`: the group of each participant, -1 for none): shape (groups, 3, statements)."""
    belongs = np.zeros((t.shape[0], count))
    there = groups >= 0
    belongs[np.nonzero(there)[0], groups[there]] = 1
    return _shares(t, belongs, smooth)


def assign(t: Tables, weights: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The probability of each class for each participant."""
    logs = _logs(t, shares) + np.log(weights)
    logs -= logs.max(axis=1, keepdims=True)
    np.exp(logs, out=logs)
    return logs / logs.sum(axis=1, keepdims=True)


def fit(t: Tables, classes: int, *, seed: int = 0, start: np.ndarray | None = None, smooth: float = SEEK, rounds: int = ROUNDS) -> Fit:
    """Classes from a start: `start` (participants, classes), or the sign pattern of the votes turned by the seed."""
    belongs = _start(t, classes, seed) if start is None else start
    before, score = -np.inf, -np.inf
    weights, shares = np.full(classes, 1 / classes), np.repeat(t.base[None], classes, axis=0)
    prior = smooth * t.base
    for _round in range(rounds):
        weights = (belongs.sum(axis=0) + 1) / (len(belongs) + classes)
        shares = _shares(t, belongs, smooth)
        logs = _logs(t, shares) + np.log(weights)
        top = logs.max(axis=1, keepdims=True)
        np.exp(logs - top, out=logs)
        total = logs.sum(axis=1, keepdims=True)
        belongs = logs / total
        score = float((np.log(total) + top).sum() + (prior[None] * np.log(shares)).sum() + np.log(weights).sum())
        if score - before < ENOUGH * abs(score):
            break
        before = score
    return Fit(weights, shares, belongs, score)


def _start(t: Tables, classes: int, seed: int) -> np.ndarray:
    """Participants spread by a few random directions of what they think beside what everybody thinks."""
    pick = np.random.default_rng(seed)
    if classes == 1:
        return np.ones((t.shape[0], 1))
    lean = pick.normal(size=(t.shape[1], classes))
    away = t.kinds[0] @ lean - t.kinds[2] @ lean - _mean(t) @ lean  # type: ignore[operator]
    seen = np.sqrt(sum(np.asarray(m.sum(axis=1)) for m in t.kinds))  # type: ignore[attr-defined]
    away = away / np.maximum(seen, 1)
    away = 4 * away / max(float(away.std()), 1e-9)
    away -= away.max(axis=1, keepdims=True)
    np.exp(away, out=away)
    return away / away.sum(axis=1, keepdims=True)


def _mean(t: Tables) -> object:
    """For each participant what everybody together would have said to what he saw, as a sparse table."""
    seen = t.kinds[0] + t.kinds[1] + t.kinds[2]  # type: ignore[operator]
    return seen.multiply(t.base[0] - t.base[2]).tocsr()
