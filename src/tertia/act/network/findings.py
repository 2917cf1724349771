"""What a network says in sentences: who holds it together, on whom it depends, where it is missing, who might meet. No Django.

Each finding carries the numbers behind it, so that the page, the table and the file say the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Findings", "Node", "as_json", "carriers", "findings"]

#: a partner that carries at least this share of all ties is one on which the network depends
DEPENDS = 0.3


@dataclass(frozen=True)
class Node:
    """`own`: the university or a unit of it. `kind`: of organisation; `place`: number of the place, None where not known."""

    id: int
    kind: str
    own: bool
    place: int | None
    weight: float
    betweenness: float | None
    constraint: float | None
    community: int


@dataclass
class Findings:
    """Numbers of nodes and shares; the page puts names and words to them."""

    #: partners that lie on most ways between others: (node, betweenness)
    hold: list[tuple[int, float]] = field(default_factory=list)
    #: partners that carry a large share of all ties: (node, share)
    depends: list[tuple[int, float]] = field(default_factory=list)
    #: own units whose ties all lead to one partner: (unit, partner)
    single: list[tuple[int, int]] = field(default_factory=list)
    #: communities with at least two nodes: (number, nodes)
    groups: list[tuple[int, list[int]]] = field(default_factory=list)
    #: kinds of organisation that no tie reaches
    missing: list[str] = field(default_factory=list)
    #: two partners of the same place that both work with us, in different communities, without a tie: (a, b, through whom both are reached)
    meet: list[tuple[int, int, int]] = field(default_factory=list)


def findings(nodes: Sequence[Node], ties: Iterable[tuple[int, int, float]], wanted: Sequence[str], most: int = 5) -> Findings:
    """`ties`: (node, node, weight), each pair once; `wanted`: the kinds of organisation that a university is expected to work with."""
    by_id = {n.id: n for n in nodes}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, weight in ties:
        near[a][b] = near[b][a] = weight
    partners = [n for n in nodes if not n.own]
    found = Findings()
    ranked = sorted((n for n in partners if n.betweenness), key=lambda n: (-(n.betweenness or 0), n.id))
    found.hold = [(n.id, n.betweenness or 0.0) for n in ranked[:most]]
    outward = {n.id: sum(w for other, w in near[n.id].items() if by_id[other].own) for n in partners}
    whole = sum(outward.values())
    if whole:
        shares = sorted(((pk, w / whole) for pk, w in outward.items()), key=lambda p: (-p[1], p[0]))
        found.depends = [(pk, share) for pk, share in shares[:most] if share >= DEPENDS]
    for node in nodes:
        others = [pk for pk in near[node.id] if not by_id[pk].own]
        if node.own and len(others) == 1:
            found.single.append((node.id, others[0]))
    members: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        members[node.community].append(node.id)
    found.groups = [(c, ids) for c, ids in sorted(members.items()) if len(ids) > 1][: 2 * most]
    there = {n.kind for n in partners}
    found.missing = [kind for kind in wanted if kind not in there]
    found.meet = _meet(partners, near, by_id, most)
    return found


def _meet(
    partners: Sequence[Node], near: Mapping[int, Mapping[int, float]], by_id: Mapping[int, Node], most: int
) -> list[tuple[int, int, int]]:
    """Pairs beside which an own unit stands in between: Burt's hole, worth a meeting where both are active. The most active first."""
    scored: list[tuple[float, int, int, int]] = []
    active = sorted(partners, key=lambda n: (-n.weight, n.id))[:60]
    for i, a in enumerate(active):
        for b in active[i + 1 :]:
            if b.id in near[a.id] or a.community == b.community or (a.place and b.place and a.place != b.place):
                continue
            between = [pk for pk in near[a.id] if pk in near[b.id] and by_id[pk].own]
            if between:
                through = max(between, key=lambda pk: (near[a.id][pk] + near[b.id][pk], -pk))
                scored.append((a.weight * b.weight, a.id, b.id, through))
    scored.sort(key=lambda s: (-s[0], s[1], s[2]))
    used: Counter[int] = Counter()
    told = []
    for _score, a, b, through in scored:
        if used[a] < 2 and used[b] < 2:
            used.update((a, b))
            told.append((a, b, through))
        if len(told) == most:
            break
    return told


def carriers(nodes: Sequence[Node], ties: Iterable[tuple[int, int, float]], most: int = 8) -> dict[str, Any]:
    """In a network of people (own) and partners: `carry`, (person, share of all ties, partners that have nobody else); `alone`, the partners with
    one person only, the strongest tie first."""
    own = {n.id for n in nodes if n.own}
    weight: Counter[int] = Counter()
    whose: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, many in ties:
        person, partner = (a, b) if a in own else (b, a)
        weight[person] += many  # type: ignore[assignment]
        whose[partner][person] = many
    whole = sum(weight.values())
    lonely = {partner: next(iter(people)) for partner, people in whose.items() if len(people) == 1}
    left = Counter(lonely.values())
    ranked = sorted(weight, key=lambda pk: (-weight[pk], -pk))[:most]
    alone = sorted(lonely, key=lambda pk: (-whose[pk][lonely[pk]], pk))
    return {"carry": [(pk, weight[pk] / whole, left[pk]) for pk in ranked], "alone": [(pk, lonely[pk]) for pk in alone[: 2 * most]]}


def as_json(found: Findings) -> dict[str, Any]:
    return vars(found)
