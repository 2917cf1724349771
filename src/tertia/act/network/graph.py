"""A network of ties as arrays: read from CSV, repeated ties added, lengths exact wherever they can be. No Django.

    source,target,weight
    enu,akimat-astana,3
    enu,eco-club,1.5

Ties are undirected. The weights of repeated ties are added. The length of a tie is 1/weight, so strong ties are short
(Newman 2001, Physical Review E 64, 016132). A tie of an organisation with itself joins no two and is left out; the
organisation stays.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["EdgesUnreadable", "Graph", "graph_of", "read_edges"]

#: whole numbers up to here are exact in a float64
_EXACT = 1 << 53
COLUMNS = ("source", "target", "weight")


class EdgesUnreadable(ValueError):
    """A file of ties that cannot be used: `line` (0: the whole file), and a sentence that says what to do."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}" if line else sentence)
        self.line, self.sentence = line, sentence


@dataclass(frozen=True, eq=False)
class Graph:
    """`ids`: nodes in order; `ends`: shape (ties, 2), the smaller number first, each pair once; `weights`: shape (ties,), above 0.

    `lengths`: 1/weight, times one factor for all ties that makes whole numbers of them where `exact`, so that two ways of the
    same length are found to be so; else plain floats.
    """

    ids: tuple[str, ...]
    ends: np.ndarray
    weights: np.ndarray
    lengths: np.ndarray
    exact: bool

    @property
    def size(self) -> int:
        return len(self.ids)

    def matrix(self, values: np.ndarray | None = None) -> Any:
        """The symmetric matrix of weights (or of other values of the ties): CSR, shape (nodes, nodes)."""
        from scipy.sparse import csr_array  # slow library

        given = self.weights if values is None else values
        row, column = np.concatenate([self.ends[:, 0], self.ends[:, 1]]), np.concatenate([self.ends[:, 1], self.ends[:, 0]])
        return csr_array((np.concatenate([given, given]), (row, column)), shape=(self.size, self.size))


def graph_of(ties: Iterable[tuple[str, str, int | Fraction]], alone: Iterable[str] = ()) -> Graph:
    """A graph of ties (source, target, weight above 0); `alone` names nodes that may have no tie."""
    added: dict[tuple[str, str], int | Fraction] = {}
    names = set(alone)
    for source, target, weight in ties:
        if source == target:
            names.add(source)
            continue
        pair = (source, target) if source < target else (target, source)
        added[pair] = added.get(pair, 0) + weight
    names.update(name for pair in added for name in pair)
    ids = tuple(sorted(names))
    number = {name: n for n, name in enumerate(ids)}
    ends = np.array([(number[a], number[b]) for a, b in added], dtype=np.int64).reshape(-1, 2)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    values = list(added.values())
    lengths, exact = _lengths(values, len(ids))
    weights = np.array([float(v) for v in values], dtype=np.float64)
    return Graph(ids, ends[order], weights[order], lengths[order], exact)


def _lengths(weights: list[int | Fraction], nodes: int) -> tuple[np.ndarray, bool]:
    """1/weight as whole numbers where the factor that it takes leaves every way exact."""
    distinct = {Fraction(w) for w in set(weights)}
    factor = 1
    for weight in distinct:
        factor = lcm(factor, weight.numerator)
        if factor > _EXACT:
            break
    longest = max((factor * w.denominator // w.numerator for w in distinct), default=0)
    if factor <= _EXACT and longest * max(nodes, 1) < _EXACT:
        of = {w: float(factor * w.denominator // w.numerator) for w in distinct}
        return np.array([of[Fraction(w)] for w in weights], dtype=np.float64), True
    return np.array([1 / float(w) for w in weights], dtype=np.float64), False


def read_edges(file: Path) -> Graph:
    """Read a CSV of ties. Raises EdgesUnreadable with the line, OSError."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return graph_of(*_rows(text))
    except UnicodeDecodeError as error:
        raise EdgesUnreadable(0, "the file is not UTF-8; save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise EdgesUnreadable(0, f"this is not CSV ({error})") from error


def _rows(text: Iterable[str]) -> tuple[list[tuple[str, str, int | Fraction]], list[str]]:
    rows = csv.reader(text)
    head = [cell.strip().lower() for cell in next(rows, [])]
    missing = [c for c in COLUMNS if c not in head]
    if missing:
        raise EdgesUnreadable(1, f"the column {missing[0]!r} is missing; the first line is source,target,weight")
    first, second, third = (head.index(c) for c in COLUMNS)
    found: list[tuple[str, str, int | Fraction]] = []
    known: dict[str, int | Fraction] = {}
    for row in rows:
        if not row or row == [""]:
            continue
        try:
            source, target, words = row[first].strip(), row[second].strip(), row[third].strip()
        except IndexError as error:
            raise EdgesUnreadable(rows.line_num, f"there are {len(row)} cells, {len(head)} are needed") from error
        if not source or not target:
            raise EdgesUnreadable(rows.line_num, "source and target are both needed")
        weight = known.get(words)
        if weight is None:
            weight = known[words] = _weight(words, rows.line_num)
        found.append((source, target, weight))
    return found, []


def _weight(words: str, line: int) -> int | Fraction:
    try:
        given = Decimal(words)
        if not given.is_finite() or given <= 0:
            raise InvalidOperation
    except InvalidOperation:
        raise EdgesUnreadable(line, f"the weight {words!r} is no number above zero; write for example 2 or 0.5") from None
    if given == given.to_integral_value():
        return int(given)
    return Fraction(given)
