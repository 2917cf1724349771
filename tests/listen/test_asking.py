"""The next statement, and signs of stuffing: pure, so tried with made-up votes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertia.listen.dialogue.asking import Groups, belonging, next_statements, worth
from tertia.listen.dialogue.stuffing import FAST, Heard, alike, signs_of

pytestmark = pytest.mark.once


def groups(statements=20, sharp=0.9, seed=1):
    """Two groups that differ on the first half of the statements and agree on the rest."""
    pick = np.random.default_rng(seed)
    shares = np.empty((2, 3, statements))
    for s in range(statements):
        lean = pick.random() < 0.5
        for g in range(2):
            yes = sharp if (lean != (g == 1 and s < statements // 2)) else 1 - sharp
            shares[g, :, s] = [0.95 * yes, 0.05, 0.95 * (1 - yes)]
    return Groups(np.array([0.5, 0.5]), shares, {n: n for n in range(statements)})


def test_what_divides_the_groups_is_worth_more_and_nothing_more_once_one_knows():
    g, columns, counts = groups(), np.arange(20), np.full(20, 100.0)
    fresh = worth(counts, columns, g, {})
    assert fresh[:10].min() > 3 * fresh[10:].max()
    lean = {n: 1 if g.shares[0, 0, n] > 0.5 else -1 for n in range(8)}
    assert belonging(g, lean)[0] > 0.999
    known = worth(counts, columns, g, lean)
    assert known[8:10].max() < 1.2 * known[10:].max()


def test_a_new_statement_is_worth_more_than_one_with_many_votes():
    value = worth(np.array([0.0, 400.0]), np.array([-1, -1]), None, {})
    assert value[0] > 10 * value[1]


@given(st.integers(0, 30), st.sets(st.integers(0, 29)), st.integers(1, 12), st.integers(0, 99))
def test_every_card_is_one_that_was_not_answered_and_none_comes_twice(many, answered, most, seed):
    ids = list(range(many))
    chosen = next_statements(ids, dict.fromkeys(ids, 3), dict.fromkeys(answered, 1), groups(30), most, np.random.default_rng(seed))
    assert len(chosen) == len(set(chosen)) == min(most, len(set(ids) - answered)) and not set(chosen) & answered


def test_few_chosen_votes_tell_the_group_better_than_as_many_at_random():
    """Forty people of two groups, five votes each: who they are is guessed from them."""
    g, pick = groups(40, 0.8), np.random.default_rng(5)
    right = {True: 0, False: 0}
    for person in range(200):
        mine = person % 2
        for chosen in (True, False):
            votes: dict[int, int] = {}
            for _n in range(5):
                ids = list(range(40))
                free = [i for i in ids if i not in votes]
                one = next_statements(ids, dict.fromkeys(ids, 50), votes, g, 1, pick)[0] if chosen else int(pick.choice(free))
                votes[one] = [1, 0, -1][pick.choice(3, p=g.shares[mine, :, one])]
            right[chosen] += int(belonging(g, votes).argmax() == mine)
    assert right[True] > right[False] + 15


def heard(n, network="n", begun=60, fastest=5, value=1, statements=10):
    return Heard(n, begun, network, fastest, dict.fromkeys(range(statements), value))


def test_many_of_one_network_that_vote_alike_are_a_sign_and_a_hall_is_none():
    robots = [heard(n) for n in range(9)]
    assert [s.kind for s in signs_of(robots)] == ["alike"] and signs_of(robots)[0].voices == tuple(range(9))
    assert signs_of(robots[:7]) == []
    pick = np.random.default_rng(2)
    hall = [Heard(n, 60, "hall", 5, {s: int(pick.integers(-1, 2)) for s in range(10)}) for n in range(80)]
    assert signs_of(hall) == []


def test_faster_than_one_reads_and_a_rush_are_signs():
    assert [s.kind for s in signs_of([heard(1, fastest=FAST + 1), heard(2, network="m")])] == ["fast"]
    quiet = [heard(n, network=f"q{n}", begun=60 * n) for n in range(6)]
    rush = [heard(100 + n, network=f"r{n}", begun=60 * 30) for n in range(40)]
    found = signs_of([*quiet, *rush])
    assert [s.kind for s in found] == ["rush"] and len(found[0].voices) == 40


@given(st.lists(st.dictionaries(st.integers(0, 5), st.sampled_from((-1, 0, 1))), max_size=12))
def test_the_share_of_votes_that_are_the_same_lies_between_none_and_all(votes):
    assert 0 <= alike(votes) <= 1
