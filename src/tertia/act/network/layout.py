"""Places for the nodes of a drawing: a first guess from distances to a few nodes, mended by forces. No Django.

The guess is Pivot MDS (Brandes and Pich 2007, Graph Drawing), the mending Fruchterman and Reingold's forces (1991), whose repulsion is
counted between all pairs up to FORCES_TO nodes. The same network gives the same drawing.
"""

from __future__ import annotations

import numpy as np

from tertia.act.network.graph import Graph

__all__ = ["places"]

FORCES_TO, _PIVOTS = 2_000, 40


def places(graph: Graph, *, seed: int = 0) -> np.ndarray:
    """Shape (nodes, 2), each coordinate between 0 and 1. Parts that no tie joins lie beside each other."""
    if graph.size < 2:
        return np.full((graph.size, 2), 0.5)
    found = _guess(graph, np.random.default_rng(seed))
    if graph.size <= FORCES_TO:
        found = _forces(graph, found, rounds=60 if graph.size <= 400 else 24)
    low, high = found.min(axis=0), found.max(axis=0)
    return (found - low) / np.maximum(high - low, 1e-9)


def _guess(graph: Graph, random: np.random.Generator) -> np.ndarray:
    from scipy.sparse.csgraph import dijkstra  # slow library

    matrix = graph.matrix(np.ones(len(graph.ends)))
    rows, nearest = [], np.full(graph.size, np.inf)
    pivot = int(np.argmax(np.diff(matrix.indptr)))
    for _ in range(min(_PIVOTS, graph.size)):
        distance = dijkstra(matrix, directed=False, indices=pivot, unweighted=True)
        rows.append(distance)
        nearest = np.minimum(nearest, distance)
        pivot = int(np.argmax(np.where(np.isfinite(nearest), nearest, 1e9)))
    table = np.array(rows).T
    far = np.max(table[np.isfinite(table)]) + 3
    squares = np.where(np.isfinite(table), table, far) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    found = centred @ axes[:2].T if len(axes) > 1 else np.column_stack([centred[:, 0], np.zeros(graph.size)])
    found /= np.maximum(np.abs(found).max(axis=0), 1e-9)
    return found + random.normal(0, 0.01, found.shape)


def _forces(graph: Graph, found: np.ndarray, rounds: int) -> np.ndarray:
    n = graph.size
    ideal = 1.6 / np.sqrt(n)
    first, second = graph.ends[:, 0], graph.ends[:, 1]
    pull = np.minimum(1 + np.log(graph.weights / max(graph.weights.min(), 1e-9)), 4)[:, None]
    found, pull = found.astype(np.float32), pull.astype(np.float32)
    for turn in range(rounds):
        x, y = found[:, 0], found[:, 1]
        across, down = x[:, None] - x, y[:, None] - y
        square = across * across
        square += down * down
        np.maximum(square, np.float32(1e-6), out=square)
        np.divide(np.float32(ideal**2), square, out=square)
        push = np.column_stack([np.einsum("ij,ij->i", across, square), np.einsum("ij,ij->i", down, square)])
        along = found[first] - found[second]
        strength = along * np.sqrt((along**2).sum(axis=1, keepdims=True)) / ideal * pull
        np.add.at(push, first, -strength)
        np.add.at(push, second, strength)
        push -= found * 0.6
        size = np.sqrt((push**2).sum(axis=1, keepdims=True))
        step = 0.12 * (1 - turn / rounds) + 0.004
        found = (found + push / np.maximum(size, 1e-6) * np.minimum(size, step)).astype(np.float32)
    return found
