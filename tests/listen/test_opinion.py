"""Groups of opinion: planted ones are found, none are found where there are none; the same votes give the same bytes."""

from __future__ import annotations

import csv
import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.cli import main
from tertia.listen.dialogue.opinion.choice import find_groups, gain_of, same
from tertia.listen.dialogue.opinion.mixture import fit, tables_of
from tertia.listen.dialogue.opinion.report import FEWEST, report_of
from tertia.listen.dialogue.opinion.votes import VotesUnreadable, read_votes, votes_of

pytestmark = pytest.mark.once


def planted(sizes, statements=40, seen=0.5, sharp=0.85, seed=3):
    """Groups that agree or disagree with each statement by chance of their own. Gives the votes and who is in which group."""
    pick = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    lean = pick.choice([1, -1], (len(sizes), statements))
    rows, columns = np.nonzero(pick.random((len(group), statements)) < seen)
    as_group = pick.random(len(rows)) < sharp
    values = np.where(as_group, lean[group[rows], columns], pick.integers(-1, 2, len(rows)))
    return votes_of([f"p{n}" for n in range(len(group))], [f"s{n}" for n in range(statements)], rows, columns, values), group


@pytest.mark.parametrize("sizes", [(60, 60), (90, 50, 30), (60, 50, 40, 30, 25, 20), (40,) * 8])
def test_planted_groups_are_found(sizes):
    votes, group = planted(sizes)
    found = find_groups(votes)
    assert found.count == len(sizes) and same(found.groups, group) >= 0.95 and found.stability >= 0.9
    assert list(np.bincount(found.groups)) == sorted(np.bincount(found.groups), reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_where_none_are_there_is_one_group(seed):
    pick = np.random.default_rng(seed)
    share = pick.dirichlet([2, 1, 1], 40)
    rows, columns = np.nonzero(pick.random((200, 40)) < 0.4)
    values = [1 - pick.choice(3, p=share[c]) for c in columns]
    found = find_groups(votes_of([str(n) for n in range(200)], [str(n) for n in range(40)], rows, columns, values))
    assert found.count == 1 and found.stability == 1 and set(found.groups) <= {0, -1}


def test_the_same_votes_give_the_same_bytes_and_another_order_the_same_groups():
    votes, _group = planted((50, 40))
    one, two = (json.dumps(report_of(votes, find_groups(votes))) for _n in range(2))
    assert one == two
    turned = votes_of(votes.participants, votes.statements, votes.rows[::-1], votes.columns[::-1], 1 - votes.kinds[::-1].astype(int))
    assert json.dumps(report_of(turned, find_groups(turned))) == one


def test_small_groups_are_counted_and_not_told_of():
    votes, group = planted((80, 60, FEWEST - 2), sharp=0.98, seen=0.9)
    told = report_of(votes, find_groups(votes))
    small = [g for g in told["groups"] if g["size"] < FEWEST]
    assert len(small) == 1 and small[0]["members"] == [] and small[0]["protected"]
    assert str(small[0]["id"]) not in told["representative"]
    assert all(row["group"] != small[0]["id"] for s in told["divisive"] for row in s["groups"])


def test_what_unites_divides_and_represents():
    rows, columns, values = [], [], []
    for p in range(60):
        for s in range(12):
            rows.append(p)
            columns.append(s)
            values.append(1 if s == 0 else -1 if s == 1 else (1 if (p < 30) == (s % 2 == 0) else -1))
    votes = votes_of([f"p{n}" for n in range(60)], [f"s{n}" for n in range(12)], rows, columns, values)
    found = find_groups(votes)
    told = report_of(votes, found)
    assert found.count == 2 and {(c["statement"], c["all"]) for c in told["consensus"]} == {("s0", "agree"), ("s1", "disagree")}
    assert {d["statement"] for d in told["divisive"]} == {f"s{n}" for n in range(2, 12)}
    for rows_ in told["representative"].values():
        assert {r["statement"] for r in rows_} <= {f"s{n}" for n in range(2, 12)} and len(rows_) == 10


def write(folder, votes, name="participants-votes.csv", packed=False):
    lines = [["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *votes.statements]]
    table = np.full(votes.shape, "", dtype=object)
    table[votes.rows, votes.columns] = 1 - votes.kinds.astype(int)
    lines += [[p, "", "0", "0", "0", "0", *row] for p, row in zip(votes.participants, table, strict=True)]
    (folder / name).write_text("\n".join(",".join(map(str, line)) for line in lines), encoding="utf-8")
    if packed:
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()


def equal(one, two):
    return all(np.array_equal(getattr(one, f), getattr(two, f)) for f in ("rows", "columns", "kinds"))


@pytest.mark.parametrize("packed", [False, True])
def test_the_published_forms_are_read(tmp_path, packed, capsys):
    votes, _group = planted((40, 30), statements=15)
    write(tmp_path, votes, packed=packed)
    assert equal(read_votes(tmp_path), votes) and equal(
        read_votes(tmp_path / ("participants-votes.csv" + (".gz" if packed else ""))), votes
    )
    assert main(["opinion", "groups", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"participants", "statements", "votes", "groups", "stability", "consensus", "divisive", "representative"} <= set(told)
    assert told["votes"] == len(votes) and sum(g["size"] for g in told["groups"]) + told["ungrouped"] == 70
    assert main(["opinion", "groups", str(tmp_path)]) == 0 and "stability" in capsys.readouterr().out


@pytest.mark.parametrize("sign", [1, -1])
def test_single_votes_whose_sign_is_told_by_the_counts(tmp_path, sign):
    votes, _group = planted((20, 30), statements=10)
    values = 1 - votes.kinds.astype(int)
    with (tmp_path / "votes.csv").open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
        writer.writerow([0, "", "s0", "p0", sign * -values[0]])  # changed his mind: the last one counts
        writer.writerows([n, "", votes.statements[c], votes.participants[r], sign * v] for n, (r, c, v) in enumerate(zip(votes.rows, votes.columns, values, strict=True), 1))  # fmt: skip
    with (tmp_path / "comments.csv").open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["comment-id", "moderated", "agrees", "disagrees"])
        for n, name in enumerate(votes.statements):
            here = votes.columns == n
            writer.writerow([name, -1 if n == 9 else 1, int((values[here] == 1).sum()), int((values[here] == -1).sum())])
    found = read_votes(tmp_path)
    assert len(found.statements) == 9 and len(found) == int((votes.columns != 9).sum())
    for kind in range(3):
        assert int((found.kinds == kind).sum()) == int(((votes.kinds == kind) & (votes.columns != 9)).sum())


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "empty"), ("participant,1\n", "empty"), ("a,b\n1,2\n", "columns"), ("participant,s\np,2\n", "value"), ("participant,s\np,yes\n", "value"), ("voter-id,comment-id,vote\n1\n", "columns")],
)  # fmt: skip
def test_what_is_no_votes_is_refused_with_its_place(tmp_path, words, code, capsys):
    file = tmp_path / "x.csv"
    file.write_text(words)
    with pytest.raises(VotesUnreadable) as refused:
        read_votes(file)
    assert refused.value.code == code and str(file) in str(refused.value)
    assert main(["opinion", "groups", str(file)]) == 2 and str(file) in capsys.readouterr().err
    with pytest.raises(VotesUnreadable):
        read_votes(tmp_path)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 7), st.integers(-1, 1)), min_size=1, max_size=120))
def test_any_votes_have_an_answer(rows):
    """One participant, one statement, everybody of one opinion: groups of everybody, no crash, every share a share."""
    votes = votes_of([f"p{n}" for n in range(12)], [f"s{n}" for n in range(8)], *zip(*rows, strict=True))
    found = find_groups(votes)
    told = report_of(votes, found)
    assert sum(g["size"] for g in told["groups"]) + told["ungrouped"] == 12
    tables = tables_of(votes)
    made = fit(tables, 2)
    assert np.allclose(made.shares.sum(axis=1), 1) and np.allclose(made.belongs.sum(axis=1), 1) and np.isfinite(made.score)
    assert gain_of(tables, np.zeros(12, dtype=int), votes) == 0


def test_a_warm_start_keeps_the_groups_when_a_few_votes_come(tmp_path, capsys):
    votes, _group = planted((60, 50, 40))

    def write(name, shown):
        lines = ["comment-id,voter-id,vote"]
        lines += [
            f"{votes.statements[c]},{votes.participants[r]},{1 - int(k)}"
            for r, c, k in zip(votes.rows, votes.columns, votes.kinds, strict=True)
            if r < shown
        ]
        (tmp_path / name).write_text("\n".join(lines) + "\n")

    write("before.csv", 140)
    write("after.csv", 150)
    assert main(["opinion", "groups", str(tmp_path / "before.csv"), "--json"]) == 0
    before = capsys.readouterr().out
    (tmp_path / "before.json").write_text(before)
    arguments = ["opinion", "groups", str(tmp_path / "after.csv"), "--json", "--start", str(tmp_path / "before.json")]
    told = []
    for _again in range(2):
        assert main(arguments) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    old, new = ({m: g["id"] for g in json.loads(t)["groups"] for m in g["members"]} for t in (before, told[0]))
    assert sum(old[m] == new.get(m) for m in old) >= 138
    (tmp_path / "before.json").write_text("[]")
    assert main(arguments) == 2 and "before.json" in capsys.readouterr().err
