"""Self-assessment: proposed from records, judged by several, decided with outsiders; universities among their peers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, text

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.involvement.actions import Decided, decide, invite, judge, open_assessment, publish
from tertia.measure.involvement.agreement import agreement
from tertia.measure.involvement.framework import frameworks, propose
from tertia.measure.involvement.models import Assessment, Cell, Judgement
from tertia.measure.involvement.peers import LEAST_GROUP, Measured, groups_of, places

# the pure cores


def test_the_frameworks_fit_their_figures_and_speak_three_languages():
    assert {k: (len(f.rows), len(f.columns)) for k, f in frameworks().items()} == {
        "tefce": (7, 5),
        "carnegie": (11, 1),
        "heinnovate": (8, 1),
    }
    for framework in frameworks().values():
        assert framework.source and all(
            {lang for lang, _ in n.words} == {"en", "ru", "kk"} for n in (*framework.rows, *framework.columns, *framework.levels)
        )
        for rule in framework.rules:
            assert rule.indicator in definitions(), rule.indicator
            falls = rule.steps[-1] < rule.steps[0]
            assert not (falls and catalogue()[rule.indicator].direction == "higher-better"), rule.indicator
            assert not (not falls and catalogue()[rule.indicator].direction == "lower-better"), rule.indicator


@given(st.dictionaries(st.sampled_from(sorted({r.indicator for r in frameworks()["tefce"].rules})), st.decimals(0, 100, places=2)))
def test_what_no_figure_speaks_for_is_not_proposed(values):
    framework = frameworks()["tefce"]
    for cell, found in propose(framework, values).items():
        spoke = [r for r in framework.rules if (r.row, r.column) == cell and r.indicator in values]
        assert (found.level is None) == (not spoke) and len(found.evidence) == len(spoke)
        assert found.level is None or 1 <= found.level <= 5


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_consensus_is_whole_for_one_voice_and_none_for_two_ends(levels):
    found = agreement(levels, 5)
    assert 0 <= found.consensus <= 1 and found.least <= found.middle <= found.greatest
    assert (found.consensus == 1) == (len(set(levels)) == 1)
    assert agreement([1, 5] * 4, 5).consensus == 0 and agreement([], 5) is None
    assert agreement(levels, 5) == agreement(levels[::-1], 5)


def two_kinds(count=40, gap=5.0, seed=1):
    random = np.random.default_rng(seed)
    return {f"u{n:03d}": (random.normal(gap * (n % 2), 0.5), random.normal(0, 0.5)) for n in range(count)}


def test_groups_that_are_there_are_found_and_called_stable():
    found = groups_of(two_kinds())
    assert [{int(m[1:]) % 2 for m in g.members} for g in found] == [{0}, {1}] and min(g.stability for g in found) > 0.95
    none = groups_of(two_kinds(gap=0.0))
    assert max(g.stability for g in none) < 0.9  # groups that are not there are not called stable


@given(st.integers(0, 60), st.integers(0, 100))
def test_every_university_is_in_one_group_and_none_is_too_small(count, seed):
    table = two_kinds(count, 2.0, seed)
    found = groups_of(table)
    assert sorted(m for g in found for m in g.members) == sorted(table)
    assert all(len(g.members) >= LEAST_GROUP for g in found) or len(found) <= 1
    assert found == groups_of(table)


@given(st.lists(st.none() | st.tuples(st.integers(0, 500), st.integers(500, 2000)), min_size=1, max_size=25))
def test_a_place_is_an_interval_that_holds_the_value_s_own_place(counts):
    table = {
        f"u{n:02d}": [Measured(None) if c is None else Measured(Decimal(100 * c[0]) / c[1], Decimal(c[0]), Decimal(c[1]), True)]
        for n, c in enumerate(counts)
    }
    found = places(table)
    assert [p.name for p in found] == sorted(table) and all(1 <= p.first <= p.last <= p.of == len(table) for p in found)
    assert found == places(table)
    known = [p for p in found if p.value is not None]
    for p in known:
        assert p.low <= p.high
        worse, better = sum(q.high < p.low for q in known), sum(q.low > p.high for q in known)
        assert p.last <= len(table) - worse + len(counts) or better == 0  # never printed as first when somebody is surely better
        assert p.first >= 1


def test_clear_differences_give_clear_places_and_what_is_missing_may_stand_anywhere():
    table = {
        "best": [Measured(Decimal(90), Decimal(9000), Decimal(10000), True)],
        "middle": [Measured(Decimal(50), Decimal(5000), Decimal(10000), True)],
        "last": [Measured(Decimal(10), Decimal(1000), Decimal(10000), True)],
        "unknown": [Measured(None)],
    }
    found = {p.name: (p.first, p.last) for p in places(table)}
    assert found["best"][0] == 1 and found["last"][1] == 4 and found["unknown"][0] <= 2 and found["unknown"][1] == 4
    assert found["best"][1] <= 2 and found["last"][0] >= 3


def test_where_less_is_better_the_least_is_first():
    table = {name: [Measured(Decimal(v), Decimal(v * 100), Decimal(10_000), True, True)] for name, v in (("much", 80), ("little", 10))}
    found = {p.name: p.first for p in places(table)}
    assert found == {"little": 1, "much": 2}


def test_fewer_than_two_groups_of_the_least_size_are_one_group():
    assert [len(g.members) for g in groups_of(two_kinds(9))] == [9]
    mixed = two_kinds(19, 0.5) | {"far": (50.0, 0.0)}
    assert len(groups_of(mixed)) >= 1 and sum(len(g.members) for g in groups_of(mixed)) == 20


def test_all_ways_to_weigh_make_the_interval_wider():
    def one(n):
        first, second = 5 * n, 5 * ((7 * n) % 19)
        return [Measured(Decimal(v), Decimal(v * 1000), Decimal(100_000), True) for v in (first, second)]

    table = {f"u{n:02d}": one(n) for n in range(1, 19)}
    equal, varied = places(table), places(table, weights_vary=True)
    assert sum(p.last - p.first for p in varied) > sum(p.last - p.first for p in equal)


# in the site


@pytest.fixture
def opened(world):
    from tertia.core.actions import guard
    from tertia.core.periods import clock
    from tertia.measure.indicators.actions import choose_indicator
    from tertia.measure.indicators.models import Figure

    indicator = choose_indicator(by=world.office, owner=world.university, catalogue_id="student-volunteers-share")
    token = guard._open.set(guard.OpenAction("test"))
    Figure(
        indicator=indicator,
        period="2025-26",
        version="1",
        unit="percent",
        state="value",
        value=Decimal(40),
        numerator=400,
        denominator=1000,
        computed_at=clock.now(),
    ).save()
    guard._open.reset(token)
    return open_assessment(by=world.office, owner=world.university, framework="tefce", period="2025-26")


def talk(world, assessment, cells, **more):
    said = {"held_on": TODAY, "insiders": 3, "outsiders": 2, "present": "The Club", "minutes": text("Much was said.")}
    return decide(by=world.office, assessment=assessment, cells=cells, **(said | more))


def test_a_level_is_proposed_from_the_figures_and_kept_beside_the_decided_one(world, opened):
    cell = Cell.objects.get(row="students", column="spread")
    assert cell.proposed == 4 and cell.evidence[0]["indicator"] == "student-volunteers-share"
    assert Cell.objects.get(row="research", column="needs").proposed is None
    with pytest.raises(BadInput, match="Say why"):
        talk(world, opened, {("students", "spread"): Decided(2, Text({}))})
    with pytest.raises(BadInput, match="from outside"):
        talk(world, opened, {("students", "spread"): Decided(4, Text({}))}, outsiders=0)
    assert not Cell.objects.exclude(decided=None).exists()
    talk(world, opened, {("students", "spread"): Decided(2, text("One faculty does it all.")), ("research", "needs"): Decided(1, Text({}))})
    cell.refresh_from_db()
    assert (cell.proposed, cell.decided, str(cell.reason)) == (4, 2, "One faculty does it all.")
    publish(by=world.leader, assessment=opened)
    page = Client().get("/en/involvement/tefce-2025-26/").content.decode()
    assert "Proposed 4, decided 2" in page and "One faculty does it all." in page and "The Club" in page
    with pytest.raises(WrongState):
        talk(world, opened, {("students", "spread"): Decided(4, Text({}))})


def test_an_outsider_judges_by_a_link_and_nobody_reads_the_name_beside_the_levels(world, opened):
    assessor = invite(by=world.office, assessment=opened, name="Nurgul A.", speaks_for="The Club", outsider=True)
    link = Client().get(f"/en/p/{assessor.link.token}/").status_code
    address = f"/en/p/{assessor.link.token}/" if link == 200 else None
    if address is None:
        from django.urls import reverse

        address = reverse("pass", kwargs={"token": assessor.link.token})
    guest = Client()
    assert guest.post(address, {}).status_code == 400
    assert guest.post(address, {"cell-students-spread": "3", "cell-teaching-needs": "0"}).status_code == 302
    assert Judgement.objects.values_list("row", "column", "level").get() == ("students", "spread", 3)
    assert guest.post(address, {"cell-students-spread": "2"}).status_code == 302  # changed his mind
    assert Judgement.objects.get().level == 2
    talk(world, opened, {("students", "spread"): Decided(4, Text({}))})
    publish(by=world.office, assessment=opened)
    page = Client().get("/en/involvement/tefce-2025-26/").content.decode()
    assert "1 judged: from 2 to 2" in page and "Nurgul" not in page
    with pytest.raises(WrongState):
        judge(by=Actor.holding(assessor.link), assessor=assessor, levels={("students", "spread"): 1}, on=TODAY)


@pytest.mark.parametrize("who", ["member", "other_office", "citizen", "analyst"])
def test_strangers_open_invite_judge_decide_and_publish_nothing(world, opened, who):
    by = getattr(world, who)
    assessor = invite(by=world.office, assessment=opened, name="A")
    for act in (
        lambda: open_assessment(by=by, owner=world.university, framework="carnegie", period="2025-26"),
        lambda: invite(by=by, assessment=opened, name="B"),
        lambda: judge(by=by, assessor=assessor, levels={("students", "spread"): 1}, on=TODAY),
        lambda: decide(by=by, assessment=opened, held_on=TODAY, insiders=1, outsiders=1, present="x", minutes=text("x"), cells={}),
        lambda: publish(by=by, assessment=opened),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_cannot_be_is_refused(world, opened):
    for more in ({"framework": "none"}, {"period": "soon"}, {"period": "2025-26"}):
        with pytest.raises(BadInput):
            open_assessment(by=world.office, owner=world.university, **({"framework": "tefce", "period": "2024-25"} | more))
    with pytest.raises(BadInput):
        publish(by=world.office, assessment=opened)
    with pytest.raises(BadInput, match="does not exist"):
        talk(world, opened, {("students", "spread"): Decided(6, text("x"))})


def test_the_dialogue_is_written_down_on_its_page_and_nothing_typed_is_lost(world, opened):
    client = Client()
    client.force_login(world.people["office"].account)
    page = "/en/involvement/tefce-2025-26/decide/"
    body = {
        "held_on": "2026-11-20",
        "insiders": "3",
        "outsiders": "0",
        "present": "",
        "minutes": "We talked long.",
        "cell-students-spread": "2",
    }
    answer = client.post(page, body)
    text_of = answer.content.decode()
    assert answer.status_code == 400 and "We talked long." in text_of and "Say why" in text_of and "from outside" in text_of
    assert client.post(page, body | {"outsiders": "2", "present": "The Club", "cell-students-spread-reason": "Few."}).status_code == 302
    assert Cell.objects.get(row="students", column="spread").decided == 2
    assert client.post("/en/involvement/tefce-2025-26/", {"do": "join"}).status_code == 302
    assert client.post("/en/involvement/tefce-2025-26/judge/", {"cell-teaching-needs": "5"}).status_code == 302


def test_year_to_year_is_shown(world, opened):
    earlier = open_assessment(by=world.office, owner=world.university, framework="tefce", period="2024-25")
    decide(
        by=world.office,
        assessment=earlier,
        held_on=dt.date(2025, 10, 1),
        insiders=1,
        outsiders=1,
        present="The Club",
        minutes=text("x"),
        cells={("students", "spread"): Decided(2, Text({}))},
    )
    publish(by=world.office, assessment=earlier)
    talk(world, opened, {("students", "spread"): Decided(4, Text({}))})
    publish(by=world.office, assessment=Assessment.objects.get(period="2025-26"))
    assert "(+2)" in Client().get("/en/involvement/tefce-2025-26/").content.decode()


def test_the_page_of_peers_prints_intervals_and_no_rank(world, tmp_path):

    from tests.cast import SYSTEM, make_person

    from tertia.core.files.sheets import write_sheet
    from tertia.core.parties.actions import found_organisation, give_role
    from tertia.measure.country.actions import expect, receive
    from tertia.measure.country.intake import look_at

    keeper = found_organisation(by=SYSTEM, slug="ministry", kind="ministry", name=text("The Ministry"))
    give_role(by=SYSTEM, person=make_person(None, "keeper", keeper, "analyst"), organisation=keeper, role="office", valid_from=TODAY)
    universities = [found_organisation(by=SYSTEM, slug=f"u{n}", kind="university", name=text(f"University {n}")) for n in range(12)]
    expect(by=SYSTEM, keeper=keeper, organisations=universities, since=dt.date(2024, 9, 1))
    heads = [(h, 9) for h in ("indicator", "period", "numerator", "denominator")]
    for n, organisation in enumerate(universities[:11]):
        rows = [("student-volunteers-share", "2025-26", 100 + 20 * n, 1000 + n), ("staff-engaged-share", "2025-26", 10 + n, 100 + n)]
        receive(
            by=SYSTEM, keeper=keeper, received=look_at(write_sheet("x", heads, rows), organisation=organisation, keeper=keeper, today=TODAY)
        )
    one = Client().get("/en/involvement/peers/?university=u3").content.decode()
    assert "University 3" in one and "stability" in one and " of 1" in one and "Without a group" in one and "University 11" in one
    several = Client().get("/en/involvement/peers/?university=u3&indicator=several").content.decode()
    assert (
        "several figures together" in several
        and "Academic staff engaged" in several
        and "The University" not in several.split("<main")[1][:200]
    )
    for page in (one, several):
        assert "ranking" not in page.lower() and "best" not in page.lower()
