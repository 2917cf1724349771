"""What is asked beside what is offered: the nearest offers of each need, by meaning and by words, with what speaks for each. No Django.

By meaning: cosines of vectors that lie near across three languages (`meaning.py`), each language's mean taken out. By words: cosines of
tf-idf (Spärck Jones 1972; Salton and Buckley 1988) over the beginnings of folded words, because Kazakh and Russian change word ends.
Both are added with fixed weights; without vectors words alone speak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from tertia.core.languages.fold import words

__all__ = ["LEAST", "Index", "Suggestion", "stems"]

#: a suggestion below this is not shown
LEAST = 0.18
_MEANING, _WORDS = 0.75, 0.35
_STEM, _SHORTEST, _ROWS, _BLOCK = 6, 4, 400, 256
#: among so many offers a word that more than this share of them bears tells nothing and costs most; it counts in the lengths only
_MANY, _COMMON = 5_000, 0.01


@dataclass(frozen=True)
class Suggestion:
    """The place of an offer, how near it is (0 to about 1), the cosine of meaning (None without vectors), shared words as written."""

    at: int
    score: float
    meaning: float | None
    shared: tuple[str, ...]


def stems(text: str) -> list[str]:
    """Beginnings of the folded words of a text that are long enough to mean something."""
    return [w[:_STEM] for w in words(text) if len(w) >= _SHORTEST]


class Index:
    """Offers, indexed once: their words, and their meaning where vectors are given (centred, shape (offers, 384))."""

    def __init__(self, texts: Sequence[str], vectors: np.ndarray | None = None) -> None:
        self.texts = list(texts)
        self.vectors = None if vectors is None else np.ascontiguousarray(vectors.T, dtype=np.float32)
        counts = [Counter(stems(t)) for t in self.texts]
        spread = Counter(s for c in counts for s in c)
        self.terms = {s: n for n, s in enumerate(spread)}
        self.rarity = np.array([log(1 + len(counts) / k) for k in spread.values()], dtype=np.float32)
        least_rare = log(1 + 1 / _COMMON) if len(counts) > _MANY else 0.0
        self.telling = self.rarity >= least_rare
        self.matrix = self._matrix(counts).T.tocsr() if counts and self.terms else None

    def _matrix(self, counts: Sequence[Counter[str]]):  # type: ignore[no-untyped-def]
        from scipy.sparse import csr_array  # slow library

        rows, columns, values = [], [], []
        for n, count in enumerate(counts):
            known = [(self.terms[s], 1 + log(k)) for s, k in count.items() if s in self.terms]
            weights = np.array([v * self.rarity[c] for c, v in known], dtype=np.float32)
            length = float(np.sqrt((weights**2).sum())) or 1.0
            telling = [k for k, (c, _v) in enumerate(known) if self.telling[c]]
            rows += [n] * len(telling)
            columns += [known[k][0] for k in telling]
            values.append(weights[telling] / length)
        data = np.concatenate(values) if values else np.zeros(0, dtype=np.float32)
        return csr_array((data, (rows, columns)), shape=(len(counts), len(self.terms)), dtype=np.float32)

    def nearest(
        self, asked: Sequence[str], vectors: np.ndarray | None = None, most: int = 5, least: float = LEAST
    ) -> list[list[Suggestion]]:
        """Of each text that is asked the nearest offers, the best first. `vectors`: centred, shape (asked, 384)."""
        found: list[list[Suggestion]] = []
        for first in range(0, len(asked), _ROWS):
            part = asked[first : first + _ROWS]
            by_meaning = (
                None if vectors is None or self.vectors is None else vectors[first : first + _ROWS].astype(np.float32) @ self.vectors
            )
            by_words = None if self.matrix is None else self._matrix([Counter(stems(t)) for t in part]) @ self.matrix
            found += self._best(part, by_meaning, by_words, most, least)
        return found

    def _best(self, part: Sequence[str], by_meaning: np.ndarray | None, by_words, most: int, least: float) -> list[list[Suggestion]]:  # type: ignore[no-untyped-def]
        if not self.texts:
            return [[] for _ in part]
        score = np.zeros((len(part), len(self.texts)), dtype=np.float32) if by_meaning is None else by_meaning * np.float32(_MEANING)
        weight = np.float32(1.0 if by_meaning is None else _WORDS)
        if by_words is not None:
            by_words = by_words.tocsr()
            rows = np.repeat(np.arange(len(part)), np.diff(by_words.indptr))
            score[rows, by_words.indices] += weight * by_words.data
        told = []
        for n, places in enumerate(_top(score, most)):
            mine = set(stems(part[n]))
            told.append(
                [
                    Suggestion(
                        int(at),
                        float(score[n, at]),
                        None if by_meaning is None else float(by_meaning[n, at]),
                        _shared(self.texts[at], mine),
                    )
                    for at in places
                    if score[n, at] >= least
                ]
            )
        return told


def _top(score: np.ndarray, most: int) -> list[np.ndarray]:
    """The places of the largest values of each row: first among the largest of blocks, so that most values are read once."""
    rows, many = score.shape
    blocks = many // _BLOCK
    if blocks <= 4 * most:
        return [np.argsort(-row, kind="stable")[:most] for row in score]
    whole = score[:, : blocks * _BLOCK].reshape(rows, blocks, _BLOCK)
    tops = whole.max(axis=2)
    chosen = np.argpartition(-tops, most, axis=1)[:, :most]
    found = []
    rest = np.arange(blocks * _BLOCK, many)
    for n in range(rows):
        places = np.concatenate([(chosen[n][:, None] * _BLOCK + np.arange(_BLOCK)).ravel(), rest])
        found.append(places[np.argsort(-score[n, places], kind="stable")[:most]])
    return found


def _shared(text: str, mine: set[str], most: int = 4) -> tuple[str, ...]:
    """Words of an offer, as they are written there, whose beginnings the need has too."""
    seen: dict[str, str] = {}
    for written in text.replace("/", " ").split():
        for stem in stems(written):
            if stem in mine:
                seen.setdefault(stem, written.strip('.,;:()«»"“”'))
    return tuple(seen.values())[:most]
