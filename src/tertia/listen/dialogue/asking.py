"""Which statement is asked next, so that few votes teach most. No Django.

What a vote teaches is the expected drop of doubt about the voice's group (mutual information between the vote and the group: Lindley
1956), plus what the statement itself still lacks: votes (its share's standard error). Statements are drawn by these weights and not taken
in their order, so that none starves and the order says nothing. Before there are groups only the second part counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Groups", "belonging", "next_statements", "worth"]

#: how strongly the best is preferred; what the lack of votes weighs beside what one learns of the voice
SHARP, LACK = 12.0, 0.5
_KIND = {1: 0, 0: 1, -1: 2}


@dataclass(frozen=True)
class Groups:
    """`weights` (groups), `shares` (groups, 3, statements; agree, pass, disagree), `at`: statement id → its column."""

    weights: np.ndarray
    shares: np.ndarray
    at: dict[int, int]


def belonging(groups: Groups, votes: dict[int, int]) -> np.ndarray:
    """The probability of each group for a voice with these votes (statement id → 1, 0, -1)."""
    logs = np.log(groups.weights)
    for statement, value in votes.items():
        column = groups.at.get(statement)
        if column is not None:
            logs = logs + np.log(groups.shares[:, _KIND[value], column])
    logs = np.exp(logs - logs.max())
    return logs / logs.sum()  # type: ignore[no-any-return]


def worth(counts: np.ndarray, columns: np.ndarray, groups: Groups | None, votes: dict[int, int]) -> np.ndarray:
    """What asking each statement teaches: shape (statements). `counts`: its votes so far; `columns`: its column in the groups, -1 for none."""
    lack = LACK / np.sqrt(counts + 1.0)
    if groups is None or len(groups.weights) < 2:
        return lack  # type: ignore[no-any-return]
    mine = belonging(groups, votes)
    known = columns >= 0
    shares = groups.shares[:, :, columns[known]]
    mixed = np.einsum("g,gks->ks", mine, shares)
    gain = np.einsum("g,gks->s", mine, shares * np.log(shares)) - (mixed * np.log(mixed)).sum(axis=0)
    value = lack.copy()
    value[known] += np.maximum(gain, 0)
    return value  # type: ignore[no-any-return]


def next_statements(
    ids: list[int], counts: dict[int, int], votes: dict[int, int], groups: Groups | None, most: int, pick: np.random.Generator
) -> list[int]:
    """At most so many statements that this voice has not voted on, drawn without putting back, what teaches most most likely first."""
    unseen = [i for i in ids if i not in votes]
    if not unseen:
        return []
    columns = np.array([groups.at.get(i, -1) if groups else -1 for i in unseen])
    value = worth(np.array([counts.get(i, 0) for i in unseen], dtype=float), columns, groups, votes)
    # the order of value plus Gumbel noise is a draw without putting back by softmax weights
    scaled = SHARP * value / max(float(value.max()), 1e-9)
    noisy = scaled + pick.gumbel(size=len(unseen))
    return [unseen[n] for n in np.argsort(-noisy)[:most]]
