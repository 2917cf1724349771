"""How many groups there are, told by votes that the groups have not seen; and how surely they come out again. No Django.

A fifth of the votes is hidden, groups are formed from the rest, and the hidden votes are predicted by each group's smoothed shares. The
gain in log loss over "one group" says what groups are worth (hold-out validation: Stone 1974); of numbers within one standard error of
the best the smallest is taken (Breiman et al. 1984, §3.4.3). "One group" is an answer. Stability is the adjusted Rand index (Hubert and
Arabie 1985) between the groups and those found from participants drawn anew with putting back (Hennig 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertia.listen.dialogue.opinion.mixture import Fit, Tables, assign, fit, shares_of, tables_of
from tertia.listen.dialogue.opinion.votes import Votes

__all__ = ["Grouping", "find_groups", "gain_of", "same"]

#: groups looked for at most, hidden fifths, starts of each fit, draws for the stability
MOST, FOLDS, STARTS, DRAWS = 10, 5, 8, 10
#: with few votes one way to hide a fifth says little: it is done several times, which makes the mean sure but adds no votes
REPEATS, FEW, MANY = 4, 20_000, 500_000
#: somebody with fewer votes (or fewer than all statements) is in no group
LEAST_VOTES = 3
#: a draw of participants has at most so many
DRAWN = 20_000
#: the number of groups is told by so many votes at most, those of participants drawn by chance: more say the same
TOLD_BY = 1_500_000


@dataclass(frozen=True)
class Grouping:
    """`groups`: of each participant the number of his group, the largest first, -1 for none. `gains`: for each number of groups from 1
    on the mean gain over one group in hidden votes (nats a vote) and its standard error. `stability`: mean adjusted Rand index; 1 for one group."""

    groups: np.ndarray
    count: int
    gains: tuple[tuple[float, float], ...]
    stability: float
    fit: Fit


def find_groups(votes: Votes, *, seed: int = 0, most: int = MOST, start: np.ndarray | None = None) -> Grouping:
    """The groups of a conversation. The same votes, seed and start give the same answer. `start`: groups of before, for a warm start."""
    enough = _enough(votes)
    gains = _gains(votes, enough, seed, most)
    count = _count(gains)
    tables = tables_of(votes)
    warm = None
    if start is not None and start.max(initial=-1) + 1 == count:
        known = (start >= 0)[:, None]  # of whom is new nothing is said
        warm = np.where(known, np.eye(count)[np.maximum(start, 0)] * 0.9 + 0.1 / count, 1 / count)
    best = _best(tables, count, seed, len(votes), warm)
    groups = _ordered(np.where(enough, best.belongs.argmax(axis=1), -1), count)
    return Grouping(groups, int(groups.max(initial=-1)) + 1, gains, _stability(votes, tables, groups, count, seed), best)


def gain_of(train: Tables, groups: np.ndarray, hidden: Votes) -> float:
    """By how much less the hidden votes surprise (nats a vote) with each group's own shares than with everybody's."""
    base = train.base[hidden.kinds, hidden.columns]
    count = int(groups.max(initial=-1)) + 1
    if count <= 1 or not len(hidden):
        return 0.0
    shares = shares_of(train, groups, count)
    of = groups[hidden.rows]
    told = np.where(of >= 0, shares[np.maximum(of, 0), hidden.kinds, hidden.columns], base)
    return float((np.log(told) - np.log(base)).mean())


def same(one: np.ndarray, two: np.ndarray) -> float:
    """The adjusted Rand index of two groupings over those who are in a group in both; 1 where both are one group."""
    both = (one >= 0) & (two >= 0)
    a, b = one[both], two[both]
    if not len(a):
        return 1.0
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)

    def pairs(x: np.ndarray) -> float:
        return float((x * (x - 1) / 2).sum())

    whole, rows, columns = pairs(np.array([len(a)])), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / whole if whole else 0.0
    top = (rows + columns) / 2
    return 1.0 if top == expected else (pairs(table) - expected) / (top - expected)


def _enough(votes: Votes) -> np.ndarray:
    seen = np.bincount(votes.rows, minlength=votes.shape[0])
    return seen >= min(LEAST_VOTES, votes.shape[1])


def _best(tables: Tables, count: int, seed: int, votes: int, warm: np.ndarray | None = None) -> Fit:
    if warm is not None:
        return fit(tables, count, start=warm)
    # with many votes the starts meet: fewer of them find the same classes
    starts = 1 if count == 1 else STARTS if votes < MANY else 3
    return max((fit(tables, count, seed=seed + n) for n in range(starts)), key=lambda f: f.score)


def _gains(votes: Votes, enough: np.ndarray, seed: int, most: int) -> tuple[tuple[float, float], ...]:
    """Numbers of groups one after the other, until two more in a row predict no better."""
    pick, folds = np.random.default_rng(seed), []
    if len(votes) > TOLD_BY:
        kept = pick.random(votes.shape[0]) < TOLD_BY / len(votes)
        enough = enough & kept
        votes = _of_people(votes, kept)
        enough = enough[kept]
    for _again in range(REPEATS if len(votes) < FEW else 1):
        part = pick.integers(0, FOLDS, len(votes))
        folds += [(tables_of(votes.some(part != n)), votes.some(part == n)) for n in range(FOLDS)]
    found = [(0.0, 0.0)]
    best, worse = 0.0, 0
    for count in range(2, min(most, int(enough.sum())) + 1):
        each = np.array(
            [gain_of(t, np.where(enough, _best(t, count, seed, len(votes)).belongs.argmax(axis=1), -1), hidden) for t, hidden in folds]
        )
        mean, error = float(each.mean()), float(each.std(ddof=1) / np.sqrt(FOLDS))
        found.append((mean, error))
        worse = 0 if mean > best else worse + 1
        best = max(best, mean)
        if worse == 2:
            break
    return tuple(found)


def _of_people(votes: Votes, kept: np.ndarray) -> Votes:
    """The votes of some participants alone, who are numbered anew."""
    number = np.cumsum(kept) - 1
    here = kept[votes.rows]
    people = tuple(p for p, k in zip(votes.participants, kept, strict=True) if k)
    return Votes(people, votes.statements, number[votes.rows[here]].astype(np.int32), votes.columns[here], votes.kinds[here])


def _count(gains: tuple[tuple[float, float], ...]) -> int:
    at = max(range(len(gains)), key=lambda n: gains[n][0])
    mean, error = gains[at]
    if mean <= error:
        return 1
    return next(n for n, (m, _e) in enumerate(gains) if m >= mean - error) + 1


def _ordered(groups: np.ndarray, count: int) -> np.ndarray:
    """Numbered by size, the largest 0; of equal ones the one with the earlier first member."""
    sizes = np.bincount(groups[groups >= 0], minlength=count)
    first = [int(np.argmax(groups == g)) if sizes[g] else len(groups) for g in range(count)]
    order = sorted(range(count), key=lambda g: (-sizes[g], first[g]))
    number = np.full(count + 1, -1)
    number[[g for g in order if sizes[g]]] = np.arange(int((sizes > 0).sum()))
    return number[groups]


def _stability(votes: Votes, whole: Tables, groups: np.ndarray, count: int, seed: int) -> float:
    if count == 1:
        return 1.0
    people = np.nonzero(groups >= 0)[0]
    pick = np.random.default_rng(seed + 1)
    order = np.argsort(votes.rows, kind="stable")
    starts = np.searchsorted(votes.rows[order], np.arange(votes.shape[0] + 1))
    indices = []
    for n in range(DRAWS):
        drawn = pick.choice(people, min(len(people), DRAWN))
        lengths = starts[drawn + 1] - starts[drawn]
        at = order[np.repeat(starts[drawn] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())]
        again = Votes(tuple(map(str, range(len(drawn)))), votes.statements, np.repeat(np.arange(len(drawn)), lengths).astype(np.int32), votes.columns[at], votes.kinds[at])  # fmt: skip
        found = max((fit(tables_of(again), count, seed=seed + n * 10 + s) for s in range(3)), key=lambda f: f.score)
        indices.append(same(groups, np.where(groups >= 0, assign(whole, found.weights, found.shares).argmax(axis=1), -1)))
    return float(np.mean(indices))
