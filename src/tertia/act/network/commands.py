"""`tertia network measure`: the measures of a network of ties, from a file, without a server and without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_network"]


def add_network(rows: Any, add: Any) -> None:
    group = rows.add_parser("network", help="networks of organisations").add_subparsers(required=True, metavar="COMMAND")
    one = add(
        group, "measure", measure_file,
        "Measure a network of ties (CSV: source,target,weight): degree, betweenness, constraint and community of each node.",
    )  # fmt: skip
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true")
    one.add_argument("--seed", type=int, default=0, help="of the sample above 5,000 nodes, and of the search for communities")
    one.add_argument("--sources", type=int, default=None, metavar="N", help="from how many nodes ways are counted (default: all to 5,000)")


def measure_file(arguments: argparse.Namespace) -> int:
    """0 measured, 2 unreadable."""
    from tertia.act.network.graph import EdgesUnreadable, read_edges  # slow library
    from tertia.act.network.measures import measure  # slow library

    try:
        if arguments.sources is not None and arguments.sources < 2:
            raise EdgesUnreadable(0, "--sources is a whole number from 2 on")
        graph = read_edges(arguments.file)
    except (OSError, EdgesUnreadable) as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return 2
    told = measure(graph, seed=arguments.seed, sources=arguments.sources)
    if arguments.json:
        print(json.dumps({"nodes": list(told.rows()), **told.whole()}, ensure_ascii=False))
        return 0
    whole = told.whole()
    print(f"{graph.size} nodes, {len(graph.ends)} ties, {whole['components']} parts, {whole['communities']} communities")
    print(f"modularity {'not defined' if told.modularity is None else format(told.modularity, '.4f')}")
    if "sampling" in whole:
        print(f"betweenness from {told.between.sources} of {graph.size} nodes, drawn at random; ± is the standard error")
    for row in sorted(told.rows(), key=lambda r: (-(r["betweenness"] or 0), r["id"]))[:20]:
        between = "not defined" if row["betweenness"] is None else f"{row['betweenness']:.4f}"
        error = f" ± {row['betweenness_error']:.4f}" if "betweenness_error" in row else ""
        print(f"{row['id']}: between {between}{error}, {row['degree']} neighbours, community {row['community']}")
    return 0
