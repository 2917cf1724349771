"""What a network says of its nodes: degree, betweenness, constraint, community; and of itself. No Django.

"Not defined" is None, never 0: of a node without ties there is no constraint, of a network without ties no modularity, of fewer than
three nodes no betweenness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertia.act.network.betweenness import Betweenness, betweenness
from tertia.act.network.communities import communities, modularity
from tertia.act.network.graph import Graph

__all__ = ["Measured", "constraint", "measure"]

#: products that are worked out in one piece
_PIECE = 20_000_000


@dataclass(frozen=True, eq=False)
class Measured:
    """Arrays of shape (nodes,), in the order of the graph's names. `constraint` is NaN where it is not defined."""

    graph: Graph
    degree: np.ndarray
    between: Betweenness
    constraint: np.ndarray
    community: np.ndarray
    modularity: float | None
    components: int

    @property
    def communities(self) -> int:
        return int(self.community.max()) if len(self.community) else 0

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row a node, as the command prints it; `betweenness_error` stands there where the sources are a sample."""
        values, errors = self.between.values, self.between.errors
        for n, name in enumerate(self.graph.ids):
            row: dict[str, Any] = {
                "id": name, "degree": int(self.degree[n]), "betweenness": None if values is None else float(values[n]),
                "constraint": None if np.isnan(self.constraint[n]) else float(self.constraint[n]), "community": int(self.community[n]),
            }  # fmt: skip
            if errors is not None:
                row["betweenness_error"] = float(errors[n])
            yield row

    def whole(self) -> dict[str, Any]:
        """What is said of the network itself."""
        told: dict[str, Any] = {"communities": self.communities, "modularity": self.modularity, "components": self.components}
        if self.between.errors is not None:
            told["sampling"] = {"sources": self.between.sources, "of": self.graph.size}
        return told


def measure(graph: Graph, *, seed: int = 0, sources: np.ndarray | int | None = None) -> Measured:
    """Every measure of a network. `seed` and `sources`: of the sample of betweenness where it is one; `seed` also of the communities."""
    from scipy.sparse.csgraph import connected_components  # slow library

    degree = np.bincount(graph.ends.ravel(), minlength=graph.size)
    labels = communities(graph, seed)
    parts = int(connected_components(graph.matrix(), directed=False)[0]) if graph.size else 0
    return Measured(
        graph, degree, betweenness(graph, sources=sources, seed=seed), constraint(graph), labels, modularity(graph, labels), parts
    )


def constraint(graph: Graph) -> np.ndarray:
    """Burt's constraint of each node by the weights of its ties (Structural Holes, 1992, chapter 2): the sum over its neighbours j of
    (p_ij + sum_q p_iq p_qj)², p_ij being the share of i's ties that goes to j. Shape (nodes,); NaN of a node without ties."""
    matrix = graph.matrix()
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    with np.errstate(divide="ignore"):
        inverse = np.where(strength > 0, 1 / strength, 0)
    share = matrix.multiply(inverse[:, None]).tocsr()
    there = matrix.copy()
    there.data = np.ones_like(there.data)
    cost = there @ np.diff(matrix.indptr)
    found = np.full(graph.size, np.nan)
    for first, last in _pieces(cost):
        direct = share[first:last]
        through = (direct @ share).multiply(there[first:last])
        found[first:last] = np.asarray(((direct + through) ** 2).sum(axis=1)).ravel() if last > first else []
    found[strength == 0] = np.nan
    return found


def _pieces(cost: np.ndarray) -> Iterator[tuple[int, int]]:
    """Rows that are worked out together, so that memory stays bounded."""
    first, held = 0, 0.0
    for n, one in enumerate(cost):
        if held + one > _PIECE and n > first:
            yield first, n
            first, held = n, 0.0
        held += float(one)
    if first < len(cost):
        yield first, len(cost)
