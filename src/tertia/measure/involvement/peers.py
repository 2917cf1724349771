"""Groups of like universities by stated features, how stable the grouping is, and the place in a group as an interval. No Django.

Groups: Ward's clustering of standardised features (Ward 1963). Stability: universities are drawn with replacement and grouped anew;
for each group the mean of its best Jaccard similarity with the new groups (Hennig 2007: below 0.6 a group is not to be trusted).
Place: values are drawn from what chance does with counts like theirs and from how differently records are kept, what is missing from the other members, weights from all
ways to weigh (OECD and JRC, Handbook on Constructing Composite Indicators, 2008): "3rd to 7th of 24", never one number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

__all__ = ["COVERAGE", "LEAST_GROUP", "Group", "Measured", "Place", "groups_of", "places"]

COVERAGE = 0.9
#: smaller groups are not drawn
LEAST_GROUP = 5
DRAWS = 500
RESAMPLES = 100
#: universities keep the same records differently: a relative deviation that no count shows (our own assumption, said on the page)
RECORDING = 0.05


@dataclass(frozen=True)
class Group:
    """Members by name, their stability from 0 to 1, and the middle of each feature."""

    members: tuple[str, ...]
    stability: float
    middles: tuple[float, ...]


def groups_of(features: Mapping[str, Sequence[float]], count: int | None = None, seed: int = 2019) -> list[Group]:
    """Group universities by their features (each a row of numbers; sizes should come as logarithms).

    The same features give the same groups, which are kept for the next reader. `count` groups, else of two to six that number whose groups are most stable. Fewer than twice the least group are one group.
    """
    return list(_groups(tuple(sorted((name, tuple(row)) for name, row in features.items())), count, seed))


@lru_cache(maxsize=16)
def _groups(rows: tuple[tuple[str, tuple[float, ...]], ...], count: int | None, seed: int) -> tuple[Group, ...]:
    features = dict(rows)
    names = sorted(features)
    if len(names) < 2 * LEAST_GROUP:
        return (_group(names, features, 1.0),) if names else ()
    if count is None:
        tried = [_groups(rows, k, seed) for k in range(2, min(6, len(names) // LEAST_GROUP) + 1)]
        tried = [made for made in tried if len(made) > 1] or tried[:1]
        return max(tried, key=lambda made: (sum(g.stability * len(g.members) for g in made) / len(names), -len(made)))
    table = _standard(np.array([features[n] for n in names], float))
    labels = _labels(table, count)
    random = np.random.default_rng(seed)
    alike: dict[int, list[float]] = {label: [] for label in set(labels)}
    for _resample in range(RESAMPLES):
        drawn = np.unique(random.integers(len(names), size=len(names)))
        again = _labels(table[drawn], count)
        for label in alike:
            mine = {int(i) for i in drawn if labels[i] == label}
            if mine:
                alike[label].append(max(_jaccard(mine, {int(i) for i, other in zip(drawn, again) if other == new}) for new in set(again)))
    made = [
        _group([n for n, x in zip(names, labels) if x == label], features, float(np.mean(found))) for label, found in sorted(alike.items())
    ]
    return tuple(sorted(made, key=lambda g: g.members))


def _standard(table: np.ndarray) -> np.ndarray:
    deviation = table.std(axis=0)
    return np.asarray((table - table.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0))


def _labels(table: np.ndarray, count: int) -> np.ndarray:
    """Ward's groups; those that are too small join the nearest other one."""
    from scipy.cluster.hierarchy import fcluster, linkage  # slow library

    labels = np.asarray(fcluster(linkage(table, "ward"), count, "maxclust"))
    while True:
        sizes = {label: int((labels == label).sum()) for label in set(labels.tolist())}
        small = [label for label, size in sorted(sizes.items(), key=lambda s: s[1]) if size < LEAST_GROUP]
        if not small or len(sizes) == 1:
            return labels
        centres = {label: table[labels == label].mean(axis=0) for label in sizes}
        here = small[0]
        nearest = min((label for label in sizes if label != here), key=lambda label: float(((centres[label] - centres[here]) ** 2).sum()))
        labels = np.where(labels == here, nearest, labels)


def _jaccard(first: set[int], second: set[int]) -> float:
    return len(first & second) / len(first | second)


def _group(names: list[str], features: Mapping[str, Sequence[float]], stability: float) -> Group:
    table = np.array([features[n] for n in names], float)
    return Group(tuple(names), round(stability, 3), tuple(round(float(m), 4) for m in np.median(table, axis=0)))


@dataclass(frozen=True)
class Measured:
    """One figure of one university: its value, and the counts by which chance is judged; value None where it is missing."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: bool = False
    #: the least value takes the first place
    lower_better: bool = False


@dataclass(frozen=True)
class Place:
    """A university among `of`: its value with the interval that holds nine of ten draws, and the first and last place likewise."""

    name: str
    value: Decimal | None
    low: float
    high: float
    first: int
    last: int
    of: int


def places(table: Mapping[str, Sequence[Measured]], *, weights_vary: bool = False, seed: int = 2019) -> list[Place]:
    """The places of a group, in the order of the names. With several figures each is ranked and the ranks are weighed; `value`, `low` and
    `high` are then of the first figure. Equal weights, or with `weights_vary` all ways to weigh."""
    names = sorted(table)
    if not names:
        return []
    random = np.random.default_rng(seed)
    columns = len(table[names[0]])
    drawn = np.stack([_draws([table[n][c] for n in names], random) for c in range(columns)])  # figures × universities × draws
    signs = np.array([1.0 if table[names[0]][c].lower_better else -1.0 for c in range(columns)])
    ranks = (signs[:, None, None] * drawn).argsort(axis=1).argsort(axis=1).astype(float)
    weights = random.dirichlet(np.ones(columns), DRAWS) if weights_vary else np.full((DRAWS, columns), 1 / columns)
    mixed = np.einsum("cud,dc->ud", ranks, weights)
    place = mixed.argsort(axis=0).argsort(axis=0) + 1
    edges = [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2]
    found = []
    for u, name in enumerate(names):
        first, last = np.quantile(place[u], edges, method="inverted_cdf")
        low, high = np.quantile(drawn[0, u], edges)
        found.append(Place(name, table[name][0].value, float(low), float(high), int(first), int(last), len(names)))
    return found


def _draws(column: list[Measured], random: np.random.Generator) -> np.ndarray:
    """Universities × draws. A share is drawn from a beta distribution with its counts, a rate from a gamma with its count; what is
    missing is drawn from those that are there."""
    made = np.empty((len(column), DRAWS))
    there = [n for n, m in enumerate(column) if m.value is not None]
    for n in there:
        m = column[n]
        value = float(m.value or 0)
        above, below = float(m.numerator or 0), float(m.denominator or 0)
        if m.percent and below > 0:
            made[n] = 100 * random.beta(above + 0.5, max(below - above, 0) + 0.5, DRAWS)
        elif above > 0 and value > 0:
            made[n] = value * random.gamma(above + 0.5, 1.0, DRAWS) / (above + 0.5)
        else:
            made[n] = value
        made[n] *= np.exp(random.normal(0, RECORDING, DRAWS))
        if m.percent:
            made[n] = np.minimum(made[n], 100)
    for n, m in enumerate(column):
        if m.value is None:
            made[n] = made[random.choice(there, DRAWS), np.arange(DRAWS)] if there else 0.0
    return made
