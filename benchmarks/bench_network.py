"""The measures of a network: 5,000 nodes exactly beside networkx, 100,000 nodes with a million ties sampled, beside networkx with the same sources.

`./run bench network [--small]`. networkx counts ways in Python, so of the large network it gets few of our sources, and its time for
all of them is worked out from these.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

NODES, TIES = 100_000, 1_000_000
SMALL, SMALL_TIES = 5_000, 40_000
PEER_SOURCES = 8


def main(argv: list[str]) -> None:
    _compare(SMALL, SMALL_TIES, None)
    if "--small" not in argv:
        _compare(NODES, TIES, PEER_SOURCES)
    _drawing()


def _network(nodes: int, ties: int) -> Any:
    """Invented: a few nodes have many ties, and most ties join neighbours, as organisations of one town have them."""
    from tertia.act.network.graph import graph_of

    pick = np.random.default_rng(1)
    many = int(ties * 1.1)
    first, second = (nodes * pick.random(many) ** 2).astype(int), pick.integers(0, nodes, many)
    near = pick.random(many) < 0.6
    second[near] = (first[near] + pick.integers(1, 40, near.sum())) % nodes
    weights = pick.integers(1, 6, many)
    return graph_of((f"o{a}", f"o{b}", int(w)) for a, b, w in zip(first, second, weights, strict=True) if a != b)


def _timed(name: str, work: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    found = work()
    took = time.perf_counter() - began
    print(f"  {name}: {took:.1f} s", flush=True)
    return found, took


def _compare(nodes: int, ties: int, peer_sources: int | None) -> None:
    import networkx as nx

    from tertia.act.network.betweenness import betweenness
    from tertia.act.network.communities import communities, modularity
    from tertia.act.network.measures import constraint

    graph = _network(nodes, ties)
    print(f"{graph.size} nodes, {len(graph.ends)} ties", flush=True)
    between, first = _timed("betweenness", lambda: betweenness(graph))
    _, second = _timed("constraint", lambda: constraint(graph))
    labels, third = _timed("communities", lambda: communities(graph))
    print(
        f"  all measures {first + second + third:.1f} s; betweenness from {between.sources} nodes; modularity {modularity(graph, labels):.4f}"
    )
    if between.errors is not None:
        top = np.argsort(-between.values)[:100]
        print(f"  standard error of the hundred highest: median {np.median(between.errors[top] / between.values[top]):.0%} of the value")
    other = nx.Graph()
    other.add_nodes_from(range(graph.size))
    other.add_weighted_edges_from((int(a), int(b), 1 / w) for (a, b), w in zip(graph.ends, graph.weights, strict=True))
    chosen = np.random.default_rng(0).permutation(graph.size)[: peer_sources or graph.size]
    theirs, took = _timed(
        f"networkx, betweenness from {len(chosen)} nodes",
        lambda: nx.betweenness_centrality_subset(other, chosen.tolist(), range(graph.size), weight="weight"),
    )
    same, _ = _timed(f"ours from the same {len(chosen)}", lambda: betweenness(graph, sources=chosen))
    k = np.full(graph.size, float(len(chosen)))
    if peer_sources:
        k[chosen] -= 1
        values = np.array([2 * theirs[n] for n in range(graph.size)]) / k / (graph.size - 2)
    else:
        values = np.array([2 * theirs[n] for n in range(graph.size)]) / ((graph.size - 1) * (graph.size - 2))
    away = np.abs(values - same.values)
    told = took * between.sources / len(chosen)
    print(f"  largest difference {away.max():.1e}; networkx for as many sources {told:.0f} s: {told / first:.1f} times ours")


def _drawing() -> None:
    from tertia.act.network.layout import places

    graph = _network(2_000, 12_000)
    _timed("places of a drawing of 2,000 nodes", lambda: places(graph))
