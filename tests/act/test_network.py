"""The measures of a network, beside networkx, and by hand where the answer is known."""

from __future__ import annotations

import csv
import datetime as dt
import io
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


@pytest.mark.once
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


@pytest.mark.once
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


# ---- the network of the site's own records -------------------------------------------------------------------------


@pytest.fixture
def woven(world):
    """Three partners: two know each other by a project, one stands alone beside the law faculty."""
    from tests.act.test_partnerships import make_signed
    from tests.act.test_projects import make_project
    from tests.cast import SYSTEM, make_activity, make_need, text

    from tertia.core.parties.actions import found_organisation

    museum = found_organisation(by=SYSTEM, slug="museum", kind="culture", name=text("=The Museum"))
    for n in range(3):
        make_activity(world, make_need(world) if n == 0 else None, words=f"Club day {n}")
    make_activity(world, host=museum, words="Museum day")
    make_signed(world)
    make_project(world)
    return museum


@pytest.mark.django_db
def test_ties_come_from_activities_agreements_and_projects(world, woven):
    from tertia.act.network.ties import needs_of, ties_of

    ties = ties_of(world.university)
    law, club, uni = world.unit.pk, world.partner.pk, world.university.pk

    def pair(a, b, why):
        return ties[min(a, b), max(a, b), why]

    assert pair(law, club, "activity") == 3 and pair(law, woven.pk, "activity") == 1
    assert pair(uni, club, "agreement") == 1 and pair(uni, club, "project") == 1
    assert ties_of(world.university, last=dt.date(2020, 1, 1)) == {}
    assert list(needs_of(world.university).values()) == [1]


@pytest.mark.django_db
def test_the_page_says_it_in_sentences_and_files_hold_the_same(world, woven):
    from django.test import Client
    from tests.web.test_matrix import signed_in

    page = Client().get("/en/network/").content.decode()
    assert "Who works with whom" in page and "The Club" in page and "modularity" in page
    assert "Nobody of us is left" not in page, "who knows whom is the office's"
    assert (
        "hangs on one person" in signed_in(world, "office").get("/en/network/").content.decode()
        or "Nobody of us" in signed_in(world, "office").get("/en/network/").content.decode()
    )
    around = Client().get(f"/kk/network/?of={world.partner.slug}&sort=between").content.decode()
    assert "The Club" in around and "=The Museum" not in around
    graph = nx.parse_graphml(Client().get("/en/network/files/graphml/").content.decode())
    assert graph.number_of_edges() == len(list(csv.reader(io.StringIO(Client().get("/en/network/files/ties/").content.decode())))) - 1
    nodes = list(csv.DictReader(io.StringIO(Client().get("/en/network/files/nodes/").content.decode())))
    assert "'=The Museum" in [n["name"] for n in nodes]
    ties = list(csv.DictReader(io.StringIO(Client().get("/en/network/files/ties/").content.decode())))
    assert any(t["target"] == "'=The Museum" or t["source"] == "'=The Museum" for t in ties)
    assert Client().get("/en/network/files/secret/").status_code == 404
    assert Client().get("/en/network/?period=1999-00&university=nobody").status_code == 404


@pytest.mark.django_db
def test_a_large_network_is_measured_by_the_worker(world, woven, monkeypatch):
    from django.test import Client

    from tertia.act.network import rounds, views
    from tertia.act.network.models import Measurement
    from tertia.core.jobs.queue import run_waiting

    monkeypatch.setattr(views, "SMALL", 0)
    assert "is being measured" in Client().get("/en/network/").content.decode()
    run_waiting()
    assert Measurement.objects.count() == 1 and "The Club" in Client().get("/en/network/").content.decode()
    assert rounds.nightly() == 20, "two universities, five periods, bodies and people"
    assert "No tie yet" in Client().get("/en/network/?period=2023-24").content.decode()


def test_findings_name_whom_it_depends_on_and_who_might_meet():
    from tertia.act.network.findings import Node, findings

    nodes = [
        Node(1, "university", True, 1, 10, 0.5, 0.2, 1), Node(2, "unit", True, 1, 5, 0.1, 0.9, 2), Node(3, "business", False, 1, 9, 0.2, 0.5, 1),
        Node(4, "school", False, 1, 3, 0.0, 1.0, 2), Node(5, "school", False, 2, 3, 0.0, 1.0, 2),
    ]  # fmt: skip
    ties = [(1, 3, 9.0), (1, 4, 3.0), (1, 5, 3.0), (2, 3, 1.0)]
    found = findings(nodes, ties, ("business", "akimat", "school"))
    assert found.hold == [(3, 0.2)] and found.missing == ["akimat"] and found.single == [(2, 3)]
    assert found.depends == [(3, pytest.approx(10 / 16))]
    assert found.meet == [(3, 4, 1)], "5 lies in another place"
    assert findings([], [], ("akimat",)).missing == ["akimat"]


@pytest.mark.django_db
def test_people_are_tied_to_the_partners_for_whom_they_answer(world, woven):
    """Only the office sees them; an erased person is one without a name."""
    from django.test import Client
    from tests.cast import SYSTEM, text
    from tests.web.test_matrix import signed_in

    from tertia.act.activities.actions import write_activity
    from tertia.act.network.ties import people_of
    from tertia.act.network.work import remeasure
    from tertia.core.parties.actions import erase_person

    teacher = world.people["editor"]
    day = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    write_activity(
        by=world.editor, owner=world.university, title=text("The teacher's day"), starts_at=day, ends_at=day + dt.timedelta(hours=2), host=woven,
        unit=world.unit, held=True,
    )  # fmt: skip
    ties = people_of(world.university)
    assert ties[-teacher.pk, woven.pk, "activity"] == 1
    assert all(a < 0 < b for a, b, _why in ties), "people and organisations cannot be taken for each other"
    body = remeasure(world.university, "all", "people").body
    assert ties[-world.people["office"].pk, world.partner.pk, "activity"] == 3
    assert {person for _pk, person in body["findings"]["alone"]} == {-world.people["office"].pk}, "the museum has two"
    assert sum(share for _pk, share, _left in body["findings"]["carry"]) == pytest.approx(1)
    address = "/en/network/?layer=people"
    office = signed_in(world, "office").get(address).content.decode()
    assert "Who carries the ties" in office and teacher.name in office
    for other in (Client(), signed_in(world, "citizen"), signed_in(world, "partner")):
        page = other.get(address).content.decode()
        assert "Who carries the ties" not in page and teacher.name not in page
        assert teacher.name not in other.get("/en/network/files/nodes/?layer=people").content.decode()
    erase_person(by=SYSTEM, person=teacher)
    assert teacher.name not in signed_in(world, "office").get(address).content.decode()
