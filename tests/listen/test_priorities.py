"""Priorities: the same file gives the same order; agreement and what hangs on the weights are told."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import TODAY, make_need, text
from tests.web.test_matrix import signed_in

from tertia.cli import main
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.listen.needs.priorities import Judgement, PrioritiesUnreadable, rank, read_priorities
from tertia.listen.needs.priority_actions import begin_round, close_round, judge, judgements_of, ranking_of
from tertia.listen.needs.priority_models import PriorityRound

NEEDS = [f"n{i}" for i in range(8)]


def marked(weights, rows):
    return Judgement(weights, {need: dict(zip("ab", row, strict=True)) for need, row in rows.items()})


def test_the_weighted_mean_ranks_and_unmarked_needs_have_no_place():
    one = marked({"a": 3, "b": 1}, {"n0": (4, 0), "n1": (2, 4), "n2": (0, 4)})
    told = rank(NEEDS[:4], ["a", "b"], [one])
    assert told.order == (("n0", 0.75), ("n1", 0.625), ("n2", 0.25)) and told.unjudged == ("n3",) and told.agreement is None


def test_judges_of_one_mind_agree_wholly_and_opposite_ones_not_at_all():
    up = marked({"a": 1, "b": 0}, {f"n{i}": (i // 2, 0) for i in range(8)})
    down = marked({"a": 1, "b": 0}, {f"n{i}": (3 - i // 2, 0) for i in range(8)})
    assert rank(NEEDS, ["a", "b"], [up, up, up]).agreement == pytest.approx(1)
    assert rank(NEEDS, ["a", "b"], [up, down]).agreement == pytest.approx(0)


def test_what_leads_under_every_criterion_stays_first_and_what_hangs_on_one_weight_does_not():
    rows = {"n0": (4, 4), **{f"n{i}": (3, 3) for i in range(1, 4)}, "n4": (4, 1), "n5": (1, 4), "n6": (4, 1), "n7": (1, 4)}
    told = rank(NEEDS, ["a", "b"], [marked({"a": 1, "b": 1}, rows)])
    assert told.order[0] == ("n0", 1.0) and told.stays["n0"] == 1.0
    assert 0.05 < told.stays["n4"] < 0.95 and sum(told.stays.values()) == pytest.approx(5)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=8, max_size=8), min_size=1, max_size=4), st.integers(0, 9))
def test_the_same_judgements_give_the_same_ranking_in_any_order_of_judges(rows, weight):
    judges = [Judgement({"a": weight, "b": 1}, {n: {"a": m} for n, m in zip(NEEDS, row, strict=True) if m is not None}) for row in rows]
    told = rank(NEEDS, ["a", "b"], judges)
    assert rank(NEEDS, ["a", "b"], judges) == told
    turned = rank(NEEDS, ["a", "b"], judges[::-1])
    assert dict(turned.order) == pytest.approx(dict(told.order)) and turned.unjudged == told.unjudged
    assert all(0 <= s <= 1 for s in told.stays.values())


@pytest.mark.parametrize(
    "words",
    ["", "[]", '{"needs": ["a"], "criteria": [], "judges": []}', '{"needs": ["a", "a"], "criteria": ["c"], "judges": []}',
     '{"needs": ["a"], "criteria": ["c"], "judges": [3]}', '{"needs": ["a"], "criteria": ["c"], "judges": [{"weights": {"d": 1}}]}',
     '{"needs": ["a"], "criteria": ["c"], "judges": [{"weights": {"c": -1}}]}', '{"needs": ["a"], "criteria": ["c"], "judges": [{"marks": {"b": {}}}]}',
     '{"needs": ["a"], "criteria": ["c"], "judges": [{"marks": {"a": {"c": 5}}}]}', '{"needs": ["a"], "criteria": ["c"], "judges": [{"marks": {"a": {"c": 2.5}}}]}'],
)  # fmt: skip
def test_what_holds_no_judgements_is_told(words, tmp_path):
    with pytest.raises(PrioritiesUnreadable):
        read_priorities(words)
    file = tmp_path / "p.json"
    file.write_text(words)
    assert main(["priorities", "rank", str(file)]) == 2


@pytest.mark.django_db
def test_several_people_judge_and_the_published_file_gives_the_same_order(world, tmp_path, capsys):
    needs = [make_need(world, f"Need number {i}") for i in range(7)]
    for wrong in ({"title": Text({})}, {"criteria": []}, {"criteria": ["a", "a"]}, {"needs": needs[:1]}):
        with pytest.raises(BadInput):
            begin_round(
                **{
                    "by": world.office,
                    "owner": world.university,
                    "title": text("Spring"),
                    "criteria": ["How many"],
                    "needs": needs,
                    "on": TODAY,
                }
                | wrong
            )
    office = signed_in(world, "office")
    assert office.post("/en/needs/priorities/new/", {"title": "", "criteria": "x"}).status_code == 400
    office.post("/en/needs/priorities/new/", {"title": "Spring", "criteria": "How many\nHow hard", "need": [n.pk for n in needs]})
    spring = PriorityRound.objects.get()
    page = f"/en/needs/priorities/{spring.pk}/"
    assert Client().get(page).status_code == 404 and "Spring" not in Client().get("/en/needs/priorities/").content.decode()
    with pytest.raises(NotAllowed):
        judge(by=world.member, round=spring, weights=[1, 1], marks={})
    with pytest.raises(BadInput):
        close_round(by=world.office, round=spring, on=TODAY)
    for key, turn in (("office", 0), ("editor", 1), ("leader", 0)):
        form = (
            {"do": "judge", "w0": "6", "w1": "3"}
            | {f"m{n.pk}-0": str((i + turn) % 5) for i, n in enumerate(needs)}
            | {f"m{needs[0].pk}-1": "4"}
        )
        signed_in(world, key).post(page, form)
    assert office.post(page, {"do": "judge", "w0": "0", "w1": "0"}).status_code == 400
    for bad in (
        {"weights": [11, 1], "marks": {}},
        {"weights": [1, 1], "marks": {needs[0].pk: [9, 0]}},
        {"weights": [1, 1], "marks": {0: [1, 1]}},
    ):
        with pytest.raises(BadInput):
            judge(by=world.editor, round=spring, **bad)
    assert "The order so far" in office.get(page).content.decode()
    office.post(page, {"do": "close"})
    spring.refresh_from_db()
    with pytest.raises(WrongState):
        judge(by=world.editor, round=spring, weights=[1, 1], marks={})
    shown = Client().get(page).content.decode()
    assert "Agreement" in shown and "3 people judged." in shown
    file = tmp_path / "spring.json"
    file.write_bytes(Client().get(f"{page}file.json").content)
    assert "editor" not in file.read_text()
    assert main(["priorities", "rank", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(r["need"], r["worth"]) for r in told["order"]] == [(n, round(w, 4)) for n, w in ranking_of(spring).order]
    assert len(judgements_of(spring)["judges"]) == 3 and main(["priorities", "rank", str(file)]) == 0
