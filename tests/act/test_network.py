"""The measures of a network, beside networkx, and by hand where the answer is known."""

from __future__ import annotations

import csv
import json
import random
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertia.act.network.betweenness import betweenness
from tertia.act.network.communities import communities, modularity
from tertia.act.network.graph import EdgesUnreadable, graph_of, read_edges
from tertia.act.network.measures import constraint, measure
from tertia.cli import main

pytestmark = pytest.mark.once

WEIGHTS = [1, 2, 3, 4, 6, Fraction(1, 2), Fraction(3, 2)]
names = st.integers(0, 14).map("n{}".format)
ties = st.lists(st.tuples(names, names, st.sampled_from(WEIGHTS)), max_size=40)


def peer(graph):
    found = nx.Graph()
    found.add_nodes_from(graph.ids)
    for (a, b), weight in zip(graph.ends, graph.weights, strict=True):
        exact = Fraction(weight).limit_denominator(1000)
        found.add_edge(graph.ids[a], graph.ids[b], weight=float(weight), length=1 / exact)
    return found


@given(ties)
@settings(max_examples=150, deadline=None)
def test_every_measure_is_that_of_networkx_with_exact_lengths(rows):
    graph = graph_of(rows)
    told, other = measure(graph), peer(graph)
    between = nx.betweenness_centrality(other, weight="length") if len(other) > 2 else {}
    tight = nx.constraint(other, weight="weight") if other.size() else dict.fromkeys(other, np.nan)
    groups = {}
    for row in told.rows():
        name = row["id"]
        assert row["degree"] == other.degree(name)
        assert row["betweenness"] is None if len(other) < 3 else row["betweenness"] == pytest.approx(between[name], abs=1e-9)
        assert row["constraint"] == (None if np.isnan(tight[name]) else pytest.approx(tight[name], abs=1e-9))
        groups.setdefault(row["community"], set()).add(name)
    sizes = [len(groups[n]) for n in sorted(groups)]
    assert sorted(groups) == list(range(1, len(groups) + 1)) and sizes == sorted(sizes, reverse=True)
    assert told.components == nx.number_connected_components(other)
    if told.modularity is not None:
        assert told.modularity == pytest.approx(nx.community.modularity(other, groups.values(), weight="weight"), abs=1e-9)
        rivals = (nx.community.louvain_communities(other, weight="weight", seed=s) for s in range(3))
        assert told.modularity >= max(nx.community.modularity(other, r, weight="weight") for r in rivals) - 0.01
        assert all(nx.is_connected(other.subgraph(g)) for g in groups.values())


@given(ties, st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_lines_changes_nothing(rows, shuffle):
    again = [(b, a, w) if shuffle.random() < 0.5 else (a, b, w) for a, b, w in rows]
    shuffle.shuffle(again)
    assert list(measure(graph_of(rows)).rows()) == list(measure(graph_of(again)).rows())


def test_two_ways_of_one_length_share_what_lies_between():
    """1/3 + 1/6 is 1/2, which floats may miss: both ways from a to c count."""
    graph = graph_of([("a", "b", 3), ("b", "c", 6), ("a", "d", 4), ("d", "c", 4)])
    assert graph.exact
    found = dict(zip(graph.ids, betweenness(graph).values, strict=True))
    assert found["b"] == pytest.approx(found["d"]) and found["b"] == pytest.approx(1 / 6)


def test_what_is_not_defined_is_none_and_never_zero():
    alone = measure(graph_of([("a", "a", 1)]))
    assert list(alone.rows()) == [{"id": "a", "degree": 0, "betweenness": None, "constraint": None, "community": 1}]
    assert alone.whole() == {"communities": 1, "modularity": None, "components": 1}
    two = list(measure(graph_of([("a", "b", 1)])).rows())
    assert two[0]["betweenness"] is None and two[0]["constraint"] == 1.0
    empty = measure(graph_of([]))
    assert list(empty.rows()) == [] and empty.whole() == {"communities": 0, "modularity": None, "components": 0}


def test_a_star_and_a_bridge_by_hand():
    star = measure(graph_of([("hub", f"s{n}", 1) for n in range(4)]))
    rows = {r["id"]: r for r in star.rows()}
    assert rows["hub"]["betweenness"] == 1.0 and rows["hub"]["constraint"] == pytest.approx(0.25)
    assert rows["s0"]["betweenness"] == 0.0 and rows["s0"]["constraint"] == pytest.approx(1.0)
    left, right = [("a", "b"), ("b", "c"), ("a", "c")], [("x", "y"), ("y", "z"), ("x", "z")]
    bridge = measure(graph_of([(p, q, 2) for p, q in left + right] + [("c", "x", 1)]))
    assert bridge.communities == 2 and {r["community"] for r in bridge.rows() if r["id"] in "abc"} == {1}


def test_a_sample_says_its_error_and_the_truth_lies_within_it():
    pick = random.Random(3)
    graph = graph_of((f"n{pick.randrange(300)}", f"n{pick.randrange(300)}", pick.randint(1, 3)) for _ in range(900))
    whole = betweenness(graph).values
    top = np.argsort(-whole)[:60]  # of nodes that lie between few, a sample has too few ways to know its error
    within = []
    for seed in range(5):
        sampled = betweenness(graph, sources=80, seed=seed)
        assert sampled.sources == 80
        within.append(np.mean(np.abs(sampled.values - whole)[top] <= 2 * sampled.errors[top]))
    assert np.mean(within) > 0.8
    assert betweenness(graph).errors is None


def test_a_sample_with_the_same_sources_is_that_of_networkx():
    pick = random.Random(4)
    graph = graph_of((f"n{pick.randrange(60)}", f"n{pick.randrange(60)}", 1) for _ in range(150))
    chosen = np.array([3, 8, 21, 40, 55])
    ours = betweenness(graph, sources=chosen).values
    other = nx.betweenness_centrality_subset(peer(graph), [graph.ids[n] for n in chosen], graph.ids, weight="length")
    n, k = graph.size, np.full(graph.size, 5.0)
    k[chosen] = 4
    theirs = np.array([2 * other[name] for name in graph.ids]) / k / (n - 2)
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_weights_whose_lengths_no_factor_makes_whole_are_compared_with_a_tolerance():
    rows = [(f"n{n}", f"n{n + 1}", Fraction(n * 7919 + 1, 97)) for n in range(60)] + [("n0", "n60", 1)]
    graph = graph_of(rows)
    assert not graph.exact
    other = nx.betweenness_centrality(peer(graph), weight="length")
    assert betweenness(graph).values == pytest.approx([other[i] for i in graph.ids], abs=1e-6)


def test_modularity_of_one_group_is_zero_and_of_the_planted_ones_is_found():
    pick = random.Random(1)
    rows = [(f"{g}{pick.randrange(30)}", f"{g}{pick.randrange(30)}", 1) for g in "abcd" for _ in range(150)]
    rows += [(f"{pick.choice('abcd')}{pick.randrange(30)}", f"{pick.choice('abcd')}{pick.randrange(30)}", 1) for _ in range(40)]
    graph = graph_of(rows)
    assert modularity(graph, np.ones(graph.size)) == pytest.approx(0)
    found = communities(graph)
    assert found.max() == 4
    assert all(len({int(c) for i, c in zip(graph.ids, found, strict=True) if i[0] == g}) == 1 for g in "abcd")


def test_constraint_is_the_same_in_pieces(monkeypatch):
    pick = random.Random(2)
    graph = graph_of((f"n{pick.randrange(50)}", f"n{pick.randrange(50)}", pick.choice(WEIGHTS)) for _ in range(200))
    whole = constraint(graph)
    monkeypatch.setattr("tertia.act.network.measures._PIECE", 60)
    assert constraint(graph) == pytest.approx(whole)


def _file(tmp_path, text):
    file = tmp_path / "ties.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_command_prints_the_contract(tmp_path, capsys):
    file = _file(tmp_path, "\ufeffweight,source,target\n2,Әкімдік,b\n1,b,Әкімдік\n\n0.5,b,c\n")
    assert main(["network", "measure", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"nodes", "communities", "modularity", "components"}
    assert [set(n) for n in told["nodes"]] == [{"id", "degree", "betweenness", "constraint", "community"}] * 3
    assert next(n for n in told["nodes"] if n["id"] == "b")["betweenness"] == 1.0
    graph = read_edges(file)
    assert dict(zip([tuple(graph.ids[e] for e in pair) for pair in graph.ends], graph.weights, strict=True)) == {
        ("b", "c"): 0.5,
        ("b", "Әкімдік"): 3.0,
    }
    assert main(["network", "measure", str(file)]) == 0
    assert "3 nodes, 2 ties" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a,b\n1,2\n", 1, "the column 'source' is missing"),
        ("source,target,weight\na,b,1\na,c,many\n", 3, "'many' is no number above zero"),
        ("source,target,weight\na,b,0\n", 2, "no number above zero"),
        ("source,target,weight\na,b,-1\n", 2, "no number above zero"),
        ("source,target,weight\na,b,inf\n", 2, "no number above zero"),
        ("source,target,weight\na,,1\n", 2, "source and target are both needed"),
        ("source,target,weight\na,b\n", 2, "there are 2 cells"),
        ("", 1, "the column 'source' is missing"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(tmp_path, capsys, text, line, said):
    file = _file(tmp_path, text)
    with pytest.raises(EdgesUnreadable) as refused:
        read_edges(file)
    assert refused.value.line == line and said in refused.value.sentence
    assert main(["network", "measure", str(file), "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and said in captured.err


def test_names_with_commas_and_quotes_are_kept(tmp_path):
    file = tmp_path / "ties.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([["source", "target", "weight"], ['The "Tree", a club', "b", "1"]])
    assert 'The "Tree", a club' in read_edges(file).ids
