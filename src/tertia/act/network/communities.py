"""Groups of nodes with more ties inside than chance would give: modularity (Newman 2004) at resolution 1, sought by local moves
and gathering (Louvain: Blondel et al. 2008), with the moves in a queue and no community that falls apart (Traag, Waltman and van Eck
2019). No Django.
"""

from __future__ import annotations

import random
from collections import deque

import numpy as np

from tertia.act.network.graph import Graph

__all__ = ["communities", "modularity"]

#: to so many nodes several starts are tried and the best is kept
_SMALL, _STARTS = 5_000, 8
_LEAST_GAIN = 1e-12


def modularity(graph: Graph, labels: np.ndarray) -> float | None:
    """The share of the weight inside communities less what chance would give; None without a tie. `labels`: shape (nodes,)."""
    whole = float(graph.weights.sum())
    if not whole:
        return None
    _, labels = np.unique(labels, return_inverse=True)
    many = int(labels.max()) + 1
    first, second = labels[graph.ends[:, 0]], labels[graph.ends[:, 1]]
    same = first == second
    inside = np.bincount(first[same], graph.weights[same], many)
    strength = np.bincount(first, graph.weights, many) + np.bincount(second, graph.weights, many)
    return float((inside / whole - (strength / (2 * whole)) ** 2).sum())


def communities(graph: Graph, seed: int = 0) -> np.ndarray:
    """Of each node the number of its community, 1 being the largest (of equal ones the one that holds the first name)."""
    best, most = np.arange(graph.size), -2.0
    for start in range(_STARTS if graph.size <= _SMALL else 1):
        found = _once(graph, random.Random(seed * 1000 + start))
        reached = modularity(graph, found)
        if reached is None:
            break
        if reached > most + _LEAST_GAIN:
            best, most = found, reached
    return _by_size(best)


def _by_size(labels: np.ndarray) -> np.ndarray:
    if not len(labels):
        return labels
    _, first, number, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(1, len(order) + 1)
    return place[number]


def _once(graph: Graph, pick: random.Random) -> np.ndarray:
    """Louvain from single nodes, then again from what was found, until nothing is gained."""
    labels = np.arange(graph.size)
    reached = -2.0
    while True:
        labels = _upwards(graph, labels, pick)
        now = modularity(graph, labels)
        if now is None or now <= reached + 1e-9:
            return labels
        reached = now


def _upwards(graph: Graph, labels: np.ndarray, pick: random.Random) -> np.ndarray:
    """Moves of nodes, then of communities as nodes, level by level. Gives labels of the first nodes."""
    ends, weights, loops = graph.ends, graph.weights, np.zeros(graph.size)
    of = np.arange(graph.size)
    start = labels
    while True:
        moved = _moves(len(loops), ends, weights, loops, start, pick)
        moved = _whole(len(loops), ends, moved)
        many = int(moved.max()) + 1 if len(moved) else 0
        of = moved[of]
        if many == len(loops):
            return of
        first, second = moved[ends[:, 0]], moved[ends[:, 1]]
        inside = first == second
        loops = np.bincount(moved, loops, many) + np.bincount(first[inside], 2 * weights[inside], many)
        low, high = np.minimum(first, second)[~inside], np.maximum(first, second)[~inside]
        pairs, number = np.unique(low * many + high, return_inverse=True)
        ends = np.stack([pairs // many, pairs % many], axis=1)
        weights = np.bincount(number, weights[~inside], len(pairs)) if len(pairs) else np.zeros(0)
        start = np.arange(many)


def _whole(size: int, ends: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Communities without a tie between two of their parts are two communities."""
    from scipy.sparse import coo_array  # slow library
    from scipy.sparse.csgraph import connected_components  # slow library

    same = labels[ends[:, 0]] == labels[ends[:, 1]]
    inner = ends[same]
    matrix = coo_array((np.ones(len(inner)), (inner[:, 0], inner[:, 1])), shape=(size, size))
    return connected_components(matrix.tocsr(), directed=False)[1].astype(np.int64)


def _moves(
    size: int, ends: np.ndarray, weights: np.ndarray, loops: np.ndarray, start: np.ndarray, pick: random.Random
) -> np.ndarray:  # fmt: skip
    """Each node goes to the neighbouring community where modularity gains most; whose neighbours changed are asked again."""
    near, by = _neighbours(size, ends, weights)
    strength = (np.bincount(ends[:, 0], weights, size) + np.bincount(ends[:, 1], weights, size) + loops).tolist()
    twice = sum(strength)
    if not twice:
        return start
    label = start.tolist()
    held = [0.0] * (max(label) + 1)
    for node, community in enumerate(label):
        held[community] += strength[node]
    order = list(range(size))
    pick.shuffle(order)
    queue, inside = deque(order), [True] * size
    while queue:
        node = queue.popleft()
        inside[node] = False
        own, mass = label[node], strength[node] / twice
        to: dict[int, float] = {own: 0.0}
        for other, weight in zip(near[node], by[node], strict=True):
            there = label[other]
            to[there] = to.get(there, 0.0) + weight
        held[own] -= strength[node]
        best, gain = own, to[own] - mass * held[own]
        for community, weight in to.items():
            better = weight - mass * held[community]
            if better > gain + _LEAST_GAIN * twice:
                best, gain = community, better
        held[best] += strength[node]
        if best != own:
            label[node] = best
            for other in near[node]:
                if not inside[other] and label[other] != best:
                    inside[other] = True
                    queue.append(other)
    return np.unique(np.array(label), return_inverse=True)[1]


def _neighbours(size: int, ends: np.ndarray, weights: np.ndarray) -> tuple[list[list[int]], list[list[float]]]:
    tail = np.concatenate([ends[:, 0], ends[:, 1]])
    order = np.argsort(tail, kind="stable")
    head, weight = np.concatenate([ends[:, 1], ends[:, 0]])[order], np.concatenate([weights, weights])[order]
    at = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=size))]).tolist()
    heads, weighed = head.tolist(), weight.tolist()
    return [heads[at[n] : at[n + 1]] for n in range(size)], [weighed[at[n] : at[n + 1]] for n in range(size)]
