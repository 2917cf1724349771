"""What the groups are told by: what unites all, what divides, what each holds that the others do not. No Django.

A group holds a statement where its share of agreement (or of disagreement) is above that of everybody else together: a test of two
proportions (Wald, with a vote added to each side: Agresti and Caffo 2000), corrected for all statements and groups at once (Benjamini and
Hochberg 1995, 5 %). What unites is judged by the least agreeing group, at the lower end of a Wilson interval (1927), so that disagreement
and few votes count against it. Groups of fewer than ten people are counted; who is in them and what they hold is not told.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import norm

from tertia.listen.dialogue.opinion.choice import Grouping
from tertia.listen.dialogue.opinion.votes import Votes

__all__ = ["FEWEST", "report_of"]

FEWEST, MOST_TOLD, LEVEL = 10, 10, 0.05
#: a statement unites where every group agrees by at least so much, surely
UNITED = 0.5


def report_of(votes: Votes, found: Grouping) -> dict[str, Any]:
    """The published form: sizes, members, stability, what unites, divides and represents."""
    sizes = np.bincount(found.groups[found.groups >= 0], minlength=found.count)
    told = sizes >= FEWEST
    counts = _counts(votes, found)
    return {
        "participants": votes.shape[0], "statements": votes.shape[1], "votes": len(votes),
        "groups": [
            {"id": g, "size": int(sizes[g]), "members": [votes.participants[p] for p in np.nonzero(found.groups == g)[0]] if told[g] else [], "protected": not bool(told[g])}
            for g in range(found.count)
        ],
        "ungrouped": int((found.groups < 0).sum()), "stability": round(found.stability, 4),
        "gains": [{"groups": n, "gain": round(m, 6), "error": round(e, 6)} for n, (m, e) in enumerate(found.gains, start=1)],
        "consensus": _consensus(votes, counts, told), "divisive": _divisive(votes, counts, told),
        "representative": {str(g): _represents(votes, counts, g, told) for g in range(found.count) if told[g]},
    }  # fmt: skip


def _counts(votes: Votes, found: Grouping) -> np.ndarray:
    """Of each group, kind and statement the number of votes: shape (groups, 3, statements)."""
    counts = np.zeros((found.count, 3, votes.shape[1]))
    of = found.groups[votes.rows]
    there = of >= 0
    np.add.at(counts, (of[there], votes.kinds[there], votes.columns[there]), 1)
    return counts


def _lower(yes: np.ndarray, all_: np.ndarray) -> np.ndarray:
    """The lower end of Wilson's interval at 95 %."""
    z = float(norm.ppf(0.975))
    n = np.maximum(all_, 1e-9)
    share = yes / n
    middle, spread = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.where(all_ > 0, (middle - spread) / (1 + z * z / n), 0.0)


def _shares(counts: np.ndarray, at: int) -> list[dict[str, Any]]:
    seen = counts[:, :, at].sum(axis=1)
    return [
        {"group": g, "agree": round(float(counts[g, 0, at] / seen[g]), 4), "disagree": round(float(counts[g, 2, at] / seen[g]), 4), "votes": int(seen[g])}
        for g in range(len(counts)) if seen[g]
    ]  # fmt: skip


def _consensus(votes: Votes, counts: np.ndarray, told: np.ndarray) -> list[dict[str, Any]]:
    if not told.any():
        return []
    shown = counts[told]
    seen = shown.sum(axis=1)
    agree, disagree = (_lower(shown[:, k], seen).min(axis=0) for k in (0, 2))
    strength = np.maximum(agree, disagree)
    order = [int(s) for s in np.lexsort((np.arange(len(strength)), -strength)) if strength[s] >= UNITED][:MOST_TOLD]
    return [
        {"statement": votes.statements[s], "all": "agree" if agree[s] >= disagree[s] else "disagree", "at_least": round(float(strength[s]), 4)} for s in order
    ]  # fmt: skip


def _divisive(votes: Votes, counts: np.ndarray, told: np.ndarray) -> list[dict[str, Any]]:
    """Where two groups are surely furthest apart: the least of one above the most of the other."""
    if told.sum() < 2:
        return []
    shown = counts[told]
    seen = shown.sum(axis=1)
    least, most = _lower(shown[:, 0], seen), 1 - _lower(shown[:, 1] + shown[:, 2], seen)
    apart = least.max(axis=0) - np.where(seen > 0, most, 1.0).min(axis=0)
    order = [int(s) for s in np.lexsort((np.arange(len(apart)), -apart)) if apart[s] > 0][:MOST_TOLD]
    return [{"statement": votes.statements[s], "apart": round(float(apart[s]), 4), "groups": [r for r in _shares(counts, s) if told[r["group"]]]} for s in order]  # fmt: skip


def _represents(votes: Votes, counts: np.ndarray, group: int, told: np.ndarray) -> list[dict[str, Any]]:
    if told.sum() < 2:
        return []
    value, of, tests = [], [], 0
    for g in np.nonzero(told)[0]:
        mine, rest = counts[g], counts.sum(axis=0) - counts[g]
        n, m = mine.sum(axis=0) + 2, rest.sum(axis=0) + 2
        for kind in (0, 2):
            p, q = (mine[kind] + 1) / n, (rest[kind] + 1) / m
            z = (p - q) / np.sqrt(p * (1 - p) / n + q * (1 - q) / m)
            tests += len(z)
            value.append(norm.sf(z))
            of += [(g, kind, s, float(p[s]), float(q[s]), float(z[s])) for s in range(len(z))]
    chances = np.concatenate(value)
    order = np.argsort(chances, kind="stable")
    passed = chances[order] <= LEVEL * np.arange(1, tests + 1) / tests
    last = int(np.nonzero(passed)[0].max()) + 1 if passed.any() else 0
    sure = [of[n] for n in order[:last] if of[n][0] == group]
    sure.sort(key=lambda r: (-r[5], r[2]))
    return [
        {"statement": votes.statements[s], "holds": "agree" if kind == 0 else "disagree", "share": round(p, 4), "others": round(q, 4)}
        for _g, kind, s, p, q, _z in sure[:MOST_TOLD]
    ]  # fmt: skip
