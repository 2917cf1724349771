"""Who might like which shift: suggestions with their reasons, and proposals for a whole cohort at once. No Django.

A proposal is never a sign-up: it is a letter that its reader may follow or not. The cohort's proposals are the optimum of a transport
problem (each person at most one shift, each shift at most its places), solved by HiGHS as a linear programme, whose corners are whole
numbers because the constraint matrix is totally unimodular (Hoffman and Kruskal, 1956). Only the best shifts of each person enter the
programme; from its dual prices follows a bound on the optimum over *all* pairs (weak duality), so the loss is known, not hoped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["Cohort", "Helper", "Slot", "Weights", "propose", "reasons_for", "suggest"]


@dataclass(frozen=True)
class Weights:
    """What a fit is worth: each useful skill, each outcome still missing, being near (within `far` kilometres), few hours so far."""

    skill: float = 2.0
    outcome: float = 3.0
    near: float = 2.0
    fair: float = 1.5
    base: float = 1.0
    far: float = 15.0
    #: hours after which somebody has had his share
    share: float = 40.0


@dataclass(frozen=True)
class Helper:
    """A person as matching knows him. `spans`: times that are taken, in seconds since 1970; `point`: latitude and longitude or None."""

    id: int
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    point: tuple[float, float] | None = None
    missing: frozenset[str] = frozenset()
    hours: float = 0.0
    spans: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Slot:
    """A shift as matching knows it. All its `languages` are needed; `skills` are useful; `outcomes` are reached there."""

    id: int
    starts: float
    ends: float
    places: int
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    point: tuple[float, float] | None = None
    outcomes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cohort:
    """Proposals as (person, slot), which places stay empty and why, the sum of the fits, and the most that any plan could reach."""

    pairs: tuple[tuple[int, int], ...]
    empty: dict[int, tuple[int, str]] = field(default_factory=dict)
    total: float = 0.0
    bound: float = 0.0


def _free(helper: Helper, slot: Slot) -> bool:
    return all(slot.ends <= starts or ends <= slot.starts for starts, ends in helper.spans)


def suggest(helper: Helper, slots: Sequence[Slot], *, most: int = 3, weights: Weights = Weights()) -> list[tuple[Slot, float]]:
    """The best fitting slots, best first, that the person can take: speaks what is needed, has the time. Ties: the earlier one."""
    if not slots:
        return []
    table = _Table([helper], slots, weights)
    fits = table.fits(0, 1)[0]
    order = sorted(range(len(slots)), key=lambda j: (-fits[j], slots[j].starts, slots[j].id))
    return [(slots[j], float(fits[j])) for j in order if fits[j] > 0 and _free(helper, slots[j])][:most]


def reasons_for(helper: Helper, slot: Slot, weights: Weights = Weights()) -> list[tuple[str, Any]]:
    """Why it fits, the weightiest first: (`outcome`, codes), (`skill`, codes), (`near`, kilometres), (`few-hours`, hours)."""
    found: list[tuple[float, str, Any]] = []
    if outcomes := sorted(helper.missing & slot.outcomes):
        found.append((weights.outcome * len(outcomes), "outcome", outcomes))
    if skills := sorted(helper.skills & slot.skills):
        found.append((weights.skill * len(skills), "skill", skills))
    if helper.point and slot.point:
        km = float(_kilometres(np.array([helper.point]), np.array([slot.point]))[0, 0])
        if km < weights.far:
            found.append((weights.near * (1 - km / weights.far), "near", round(km, 1)))
    if helper.hours < weights.share / 4:
        found.append((weights.fair * (1 - helper.hours / weights.share), "few-hours", helper.hours))
    return [(name, value) for _weight, name, value in sorted(found, key=lambda r: (-r[0], r[1]))]


def _kilometres(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Distances (n, m) between points (n, 2) and (m, 2) in degrees, on a plane: good within a region."""
    middle = np.cos(np.radians(one[:, :1]))
    north = (one[:, :1] - two[:, 0]) * 111.32
    east = (one[:, 1:] - two[:, 1]) * 111.32 * middle
    return np.hypot(north, east)


class _Table:
    """The fit of every helper to every slot, computed in strips so that memory stays small; 0 where somebody cannot."""

    def __init__(self, helpers: Sequence[Helper], slots: Sequence[Slot], weights: Weights) -> None:
        self.weights = weights
        self.helper_skills, self.slot_skills = _flags([h.skills for h in helpers], [s.skills for s in slots])
        self.helper_missing, self.slot_outcomes = _flags([h.missing for h in helpers], [s.outcomes for s in slots])
        self.helper_speaks, self.slot_needs = _flags([h.languages for h in helpers], [s.languages for s in slots])
        self.needs = self.slot_needs.sum(axis=1)
        self.hours = np.array([h.hours for h in helpers], dtype=np.float32)
        self.helper_points, self.slot_points = _points(helpers), _points(slots)
        self.helpers, self.slots = helpers, slots
        self.starts = np.array([s.starts for s in slots])
        self.ends = np.array([s.ends for s in slots])

    def fits(self, first: int, last: int) -> np.ndarray:
        """Shape (last - first, slots), float32."""
        w = self.weights
        fit = w.base + w.skill * (self.helper_skills[first:last] @ self.slot_skills.T)
        fit += w.outcome * (self.helper_missing[first:last] @ self.slot_outcomes.T)
        near = np.clip(1 - _kilometres(self.helper_points[first:last], self.slot_points) / w.far, 0, None)
        fit += w.near * np.nan_to_num(near).astype(np.float32)
        fit += w.fair * np.clip(1 - self.hours[first:last] / w.share, 0, None)[:, None]
        fit[(self.helper_speaks[first:last] @ self.slot_needs.T) < self.needs] = 0
        for row, helper in enumerate(self.helpers[first:last]):
            for starts, ends in helper.spans:
                fit[row, (self.starts < ends) & (starts < self.ends)] = 0
        return fit


def _flags(one: Sequence[frozenset[str]], two: Sequence[frozenset[str]]) -> tuple[np.ndarray, np.ndarray]:
    codes = {code: n for n, code in enumerate(sorted({c for sets in (one, two) for s in sets for c in s}))}

    def made(rows: Sequence[frozenset[str]]) -> np.ndarray:
        table = np.zeros((len(rows), max(len(codes), 1)), dtype=np.float32)
        for n, row in enumerate(rows):
            table[n, [codes[c] for c in row]] = 1
        return table

    return made(one), made(two)


def _points(rows: Sequence[Any]) -> np.ndarray:
    return np.array([r.point if r.point else (np.nan, np.nan) for r in rows], dtype=np.float64)


STRIP = 1000
#: how often better pairs are looked for, and how near to the bound is near enough
ROUNDS, CLOSE = 8, 0.01
#: by which equal fits are told apart at random
NOISE = 1e-3

_Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]


def propose(helpers: Sequence[Helper], slots: Sequence[Slot], *, best: int = 24, weights: Weights = Weights()) -> Cohort:
    """At most one shift for each helper, at most its places for each shift, the sum of the fits as large as can be."""
    helpers, slots = list(helpers), list(slots)
    if not helpers or not slots:
        return Cohort((), {s.id: (s.places, "nobody-asked") for s in slots})
    table = _Table(helpers, slots, weights)
    places = np.array([s.places for s in slots], dtype=float)
    rows, columns, fits = _candidates(table, len(helpers), len(slots), best)
    if not len(rows):
        return Cohort((), {s.id: (s.places, "nobody-can") for s in slots})
    bound = np.inf
    for _round in range(ROUNDS):
        chosen, prices = _solve(rows, columns, fits, len(helpers), places)
        total = float(fits[chosen].sum())
        limit, more = _look_again(table, len(helpers), prices, places, best)
        bound = min(bound, limit)
        if total >= (1 - CLOSE) * bound:
            break
        rows, columns, fits = _joined((rows, columns, fits), more)
    pairs = tuple(sorted((helpers[rows[k]].id, slots[columns[k]].id) for k in chosen))
    able = _able(table, len(helpers))
    taken = np.bincount(columns[chosen], minlength=len(slots)) if len(chosen) else np.zeros(len(slots), dtype=int)
    empty = {}
    for n, slot in enumerate(slots):
        if left := int(slot.places - taken[n]):
            empty[slot.id] = (
                left,
                "nobody-can" if not able[n] else "all-have-a-better-one" if len(pairs) == len(helpers) else "too-few-fit",
            )
    return Cohort(pairs, empty, total, max(float(bound), total))


def _candidates(table: _Table, people: int, shifts: int, best: int) -> _Pairs:
    """For each person the best shifts. Of equal ones different people look at different ones first, so that none is forgotten."""
    return _best_of(table, people, np.zeros(shifts), best)


def _best_of(table: _Table, people: int, prices: np.ndarray, best: int) -> _Pairs:
    """For each person the shifts whose fit less the price of a place is largest."""
    rows, columns, fits = [], [], []
    pick = np.random.default_rng(7)
    width = min(best, len(prices))
    for first in range(0, people, STRIP):
        strip = table.fits(first, min(first + STRIP, people))
        worth = np.where(strip > 0, strip - prices.astype(np.float32), -np.inf) + pick.random(strip.shape, dtype=np.float32) * NOISE
        top = np.argpartition(-worth, width - 1, axis=1)[:, :width]
        value = np.take_along_axis(strip, top, axis=1)
        there = value > 0
        rows.append(np.nonzero(there)[0] + first)
        columns.append(top[there])
        fits.append(value[there])
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(fits).astype(np.float64)


def _look_again(table: _Table, people: int, prices: np.ndarray, places: np.ndarray, best: int) -> tuple[float, _Pairs]:
    """By weak duality the most that any plan reaches at these prices, and the pairs by which the plan could grow (column generation)."""
    more = _best_of(table, people, prices, max(4, best // 3))
    gain = np.zeros(people)
    np.maximum.at(gain, more[0], more[2] - prices[more[1]])
    return float(prices @ places + gain.sum()) + NOISE * people, more  # the noise may have hidden a best one by so little


def _joined(one: _Pairs, two: _Pairs) -> _Pairs:
    """Both sets of pairs, each pair once."""
    rows, columns, fits = (np.concatenate([a, b]) for a, b in zip(one, two))
    _key, first = np.unique(rows.astype(np.int64) * (int(columns.max()) + 1) + columns, return_index=True)
    return rows[first], columns[first], fits[first]


def _able(table: _Table, people: int) -> np.ndarray:
    """For each shift whether anybody can take it."""
    found = np.zeros(len(table.slots), dtype=bool)
    for first in range(0, people, STRIP):
        found |= (table.fits(first, min(first + STRIP, people)) > 0).any(axis=0)
    return found


def _solve(rows: np.ndarray, columns: np.ndarray, fits: np.ndarray, people: int, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which candidates are chosen, and the price of a place in each shift (the duals, not below zero)."""
    from scipy.optimize import linprog  # slow library
    from scipy.sparse import csr_matrix  # slow library

    count = len(fits)
    if not count:
        return np.array([], dtype=int), np.zeros(len(places))
    one = np.ones(2 * count)
    at = np.concatenate([rows, columns + people])
    matrix = csr_matrix((one, (at, np.concatenate([np.arange(count)] * 2))), shape=(people + len(places), count))
    limits = np.concatenate([np.ones(people), places])
    found = linprog(-fits, A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    if not found.success:
        raise RuntimeError(f"the programme was not solved: {found.message}")
    prices = np.clip(-found.ineqlin.marginals[people:], 0, None)
    return np.nonzero(found.x > 0.5)[0], prices
