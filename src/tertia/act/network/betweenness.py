"""How often a node lies on the shortest ways between others: betweenness (Freeman 1977), by dependencies (Brandes 2001). No Django.

Distances come from scipy's Dijkstra; the counting of ways and of dependencies runs for many sources at once over the directed
acyclic graph of their shortest ways, level by level. Above EXACT_TO nodes the sources are a random sample without putting back
(Brandes and Pich 2007), and each value has its standard error. Dependencies are skewed, so twice that error holds the truth in about
five cases of six, not in nineteen of twenty; of nodes that hardly lie between others it says little.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertia.act.network.graph import Graph

__all__ = ["EXACT_TO", "Betweenness", "betweenness"]

EXACT_TO = 5_000
#: entries (sources × ties) that are looked at in one piece
_PIECE = 2_000_000
#: from so many entries on two processes share the work
_SHARED = 40_000_000


@dataclass(frozen=True, eq=False)
class Betweenness:
    """`values`: share of the pairs of other nodes between which a node lies, 0 to 1; None where there are fewer than three nodes.

    `sources`: from how many nodes ways were counted; `errors`: the standard error of each value, None where all were counted.
    """

    values: np.ndarray | None
    sources: int
    errors: np.ndarray | None = None


def betweenness(graph: Graph, *, sources: np.ndarray | int | None = None, seed: int = 0) -> Betweenness:
    """Betweenness of every node, normalised by the (n - 1)(n - 2) ordered pairs of others.

    `sources`: a sample's nodes, or their number; without it all to EXACT_TO nodes, and above so many as a minute allows.
    """
    n = graph.size
    if n < 3:
        return Betweenness(None, n)
    if sources is None:
        sources = n if n <= EXACT_TO else _sample_size(graph)
    if not isinstance(sources, np.ndarray):
        sources = np.random.default_rng(seed).permutation(n)[: min(sources, n)]
    total, squares = _dependencies(graph, np.sort(sources))
    if len(sources) == n:
        return Betweenness(total / ((n - 1) * (n - 2)), n)
    return _estimate(n, sources, total, squares)


def _sample_size(graph: Graph) -> int:
    """So many sources that the work stays that of about 550 of a network of a million ties; at least 100."""
    return int(max(100, min(graph.size, 600_000_000 // max(len(graph.ends) + graph.size, 1))))


def _estimate(n: int, sources: np.ndarray, total: np.ndarray, squares: np.ndarray) -> Betweenness:
    """A sampled node says nothing of itself as a source, so its mean is over one fewer."""
    k = np.full(n, float(len(sources)))
    k[sources] -= 1
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / k
        spread = np.maximum(squares / k - mean**2, 0) * k / np.maximum(k - 1, 1)
        error = np.sqrt(spread / k * np.maximum(1 - k / (n - 1), 0))
    return Betweenness(mean / (n - 2), len(sources), error / (n - 2))


def _dependencies(graph: Graph, sources: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each node the sum over the sources of its dependencies, and of their squares: shapes (nodes,)."""
    work = len(sources) * 2 * len(graph.ends)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if work < _SHARED or cores < 2:
        return _counted(graph, sources)
    from concurrent.futures import ProcessPoolExecutor  # slow library
    from multiprocessing import get_context  # slow library

    parts = [sources[n::cores] for n in range(cores)]
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        found = list(pool.map(_counted, [graph] * cores, parts))
    return sum(f[0] for f in found), sum(f[1] for f in found)


def _counted(graph: Graph, sources: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from scipy.sparse.csgraph import dijkstra  # slow library

    n = graph.size
    matrix = graph.matrix(graph.lengths)
    tails = np.repeat(np.arange(n), np.diff(matrix.indptr))
    total, squares = np.zeros(n), np.zeros(n)
    for part in _pieces(sources, max(1, len(tails))):
        distance = dijkstra(matrix, directed=True, indices=part)
        found = _one_piece(distance, part, tails, matrix.indices, matrix.data, graph.exact)
        total += found.sum(axis=0)
        squares += (found**2).sum(axis=0)
    return total, squares


def _pieces(sources: np.ndarray, entries: int) -> Iterator[np.ndarray]:
    step = max(1, _PIECE // entries)
    for first in range(0, len(sources), step):
        yield sources[first : first + step]


def _one_piece(
    distance: np.ndarray, sources: np.ndarray, tails: np.ndarray, heads: np.ndarray, lengths: np.ndarray, exact: bool
) -> np.ndarray:  # fmt: skip
    """The dependencies of some sources on every node: shape (sources, nodes); a source's on itself is 0."""
    many, n = distance.shape
    through = distance[:, tails] + lengths
    there = distance[:, heads]
    on_way = (through == there) if exact else (np.abs(through - there) <= 1e-9 * np.maximum(there, 1e-300))
    on_way &= np.isfinite(there)
    piece, tie = np.nonzero(on_way)
    tail, head = piece * n + tails[tie], piece * n + heads[tie]
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=many * n))])
    waiting = np.bincount(head, minlength=many * n)
    ways, depends = np.zeros(many * n), np.zeros(many * n)
    front = np.arange(many) * n + sources
    ways[front] = 1
    levels = []
    while len(front):
        at = _ranges(start[front], start[front + 1])
        if not len(at):
            break
        a, b = tail[at], head[at]
        np.add.at(ways, b, ways[a])
        np.subtract.at(waiting, b, 1)
        levels.append((a, b))
        reached = np.unique(b)
        front = reached[waiting[reached] == 0]
    for a, b in reversed(levels):
        np.add.at(depends, a, ways[a] / ways[b] * (1 + depends[b]))
    depends[np.arange(many) * n + sources] = 0
    return depends.reshape(many, n)


def _ranges(first: np.ndarray, last: np.ndarray) -> Any:
    """The whole numbers of many ranges one after another."""
    sizes = last - first
    keep = sizes > 0
    first, sizes = first[keep], sizes[keep]
    if not len(sizes):
        return np.zeros(0, dtype=np.int64)
    steps = np.ones(int(sizes.sum()), dtype=np.int64)
    steps[0] = first[0]
    ends = np.cumsum(sizes)[:-1]
    steps[ends] = first[1:] - (first[:-1] + sizes[:-1] - 1)
    return np.cumsum(steps)
