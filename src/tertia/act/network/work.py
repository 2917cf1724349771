"""Measuring a university's network and keeping what was found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import numpy as np

from tertia.act.network.findings import Node, as_json, carriers, findings
from tertia.act.network.graph import Graph, graph_of
from tertia.act.network.layout import places
from tertia.act.network.measures import measure
from tertia.act.network.models import Measurement
from tertia.act.network.ties import needs_of, people_of, ties_of
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year, period

__all__ = ["LAYERS", "WANTED", "graph_between", "measured", "periods_of", "remeasure"]

LAYERS = ("bodies", "people")
#: kinds of organisation that the mission names as partners (S2, S6, S12)
WANTED = ("akimat", "ministry", "association", "nonprofit", "business", "school", "culture", "media")
#: nodes that have places in the drawing at most
MOST_DRAWN = 400


def periods_of(today: dt.date, years: int = 4) -> list[str]:
    """The running academic year and those before it, and all together."""
    found, day = [], today
    for _ in range(years):
        year = academic_year(day)
        found.append(year.label)
        day = year.start - dt.timedelta(days=1)
    return ["all", *found]


def graph_between(ties: Any) -> Graph:
    """The ties of organisations by their numbers as names of ten figures, so that their order is that of the numbers."""
    return graph_of((f"{a:010d}", f"{b:010d}", many) for (a, b, _why), many in ties.items())


def remeasure(owner: Any, label: str, layer: str = "bodies") -> Measurement:
    """Measure the network of an academic year, or of all, and keep it. `layer`: bodies among each other, or people with the bodies they answer for."""
    span = None if label == "all" else period(label)
    days = (span.start, span.last_day) if span else (None, None)
    if layer == "people":
        ties = people_of(owner, *days)
        body = _body(
            ties, {a: ("person", True, None) for a, _b, _why in ties} | _described(owner, {b for _a, b, _why in ties}), people=True
        )
        body["needs"] = []
    else:
        ties = ties_of(owner, *days)
        body = _body(ties, _described(owner, {side for a, b, _why in ties for side in (a, b)}))
        body["needs"] = [[need, side, many] for (need, side), many in sorted(needs_of(owner, *days).items())]
    made, _new = Measurement.objects.update_or_create(
        owner=owner, period=label, layer=layer, defaults={"made_at": clock.now(), "body": body}
    )
    return made


def _described(owner: Any, numbers: Any) -> dict[int, tuple[str, bool, int | None]]:
    """Of each organisation its kind, whether it is the university or a unit of it, and its place."""
    rows = Organisation.objects.in_bulk(list(numbers)).values()
    return {o.pk: (o.kind, owner.pk in (o.pk, o.parent_id), o.place_id) for o in rows}


def _body(ties: Any, described: dict[int, tuple[str, bool, int | None]], people: bool = False) -> dict[str, Any]:
    graph = graph_between(ties)
    told = measure(graph)
    numbers = [int(name) for name in graph.ids]
    strength = (
        np.bincount(graph.ends[:, 0], graph.weights, graph.size) + np.bincount(graph.ends[:, 1], graph.weights, graph.size)
        if graph.size
        else np.zeros(0)
    )
    rows = list(told.rows())
    nodes = [
        Node(pk, *described[pk], float(strength[n]), rows[n]["betweenness"], rows[n]["constraint"], rows[n]["community"])
        for n, pk in enumerate(numbers)
    ]
    weighed = [(numbers[a], numbers[b], float(w)) for (a, b), w in zip(graph.ends, graph.weights, strict=True)]
    found = as_json(findings(nodes, weighed, () if people else WANTED))
    why: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for (a, b, kind), many in ties.items():
        why[a, b][kind] = many
    drawn = _drawn(graph, strength)
    return {
        "nodes": [
            {"id": n.id, "own": n.own, "kind": n.kind, "weight": n.weight, "degree": rows[i]["degree"], "betweenness": n.betweenness, "constraint": n.constraint, "community": n.community}
            for i, n in enumerate(nodes)
        ],
        "ties": [[a, b, w, why[a, b]] for a, b, w in weighed], "places": {str(numbers[n]): xy for n, xy in drawn.items()},
        "findings": found | (carriers(nodes, weighed) if people else {}), **told.whole(),
    }  # fmt: skip


def _drawn(graph: Graph, strength: np.ndarray) -> dict[int, list[float]]:
    """Places of the strongest nodes, at most MOST_DRAWN."""
    if not graph.size:
        return {}
    kept = np.sort(np.argsort(-strength, kind="stable")[:MOST_DRAWN])
    among = {int(n): at for at, n in enumerate(kept)}
    inner = [(a, b, w) for (a, b), w in zip(graph.ends, graph.weights, strict=True) if int(a) in among and int(b) in among]
    small = graph_of(
        ((f"{among[int(a)]:06d}", f"{among[int(b)]:06d}", int(w)) for a, b, w in inner), (f"{at:06d}" for at in among.values())
    )
    found = places(small)
    return {int(n): [round(float(found[at][0]), 4), round(float(found[at][1]), 4)] for n, at in among.items()}


def measured(owner: Any, label: str, layer: str = "bodies") -> Measurement | None:
    return Measurement.objects.filter(owner=owner, period=label, layer=layer).first()
