"""Targets: proposed, approved, compared, forecast, commented, and taken in and out as a table."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.cast import SYSTEM, TODAY, make_activity, make_sheet, text

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.actions.models import Event
from tertia.core.files.sheets import SheetUnreadable, number_of, read_sheet, write_sheet
from tertia.measure.indicators.actions import choose_indicator, compute_figures
from tertia.measure.indicators.nightly import recompute
from tertia.measure.targets.actions import (
    Proposal,
    comment_lag,
    decide_target,
    propose_target,
    save_sheet,
    withdraw_target,
    write_forecasts,
)
from tertia.measure.targets.forecast import forecast
from tertia.measure.targets.models import Target
from tertia.measure.targets.plan import Plan, direction_of, share_of, state_of, weighted
from tertia.measure.targets.queries import standings
from tertia.measure.targets.sheet import read_targets

HOURS = "volunteer-hours-total"
numbers = st.decimals(0, 100_000, places=2)


# the pure cores


@given(target=numbers, baseline=st.none() | numbers, fact=numbers, direction=st.sampled_from(["higher", "lower"]))
def test_a_plan_is_wholly_done_exactly_where_the_target_is_reached(target, baseline, fact, direction):
    plan = Plan(target, baseline, direction)
    share = share_of(plan, fact)
    assert share is not None and share >= 0
    reached = state_of(plan, fact, "value", over=True) == "reached"
    assert reached == (fact >= target if direction == "higher" else fact <= target)
    if reached:
        assert share >= 1
    elif target:
        assert share < 1


@given(target=numbers, low=numbers, high=numbers, fact=numbers)
def test_a_running_plan_is_behind_only_where_the_whole_forecast_falls_short(target, low, high, fact):
    low, high = sorted((low, high))
    state = state_of(Plan(target), fact, "value", over=False, low=low, high=high)
    if fact >= target:
        assert state == "reached"
    else:
        assert state == ("on-course" if low >= target else "open" if high >= target else "behind")


def test_what_is_unknown_is_left_out_and_said():
    rows = [
        (Plan(Decimal(10), weight=Decimal(3)), Decimal(20)),
        (Plan(Decimal(10)), Decimal(5)),
        (Plan(Decimal(10), weight=Decimal(4)), None),
    ]
    assert weighted(rows) == (Decimal("0.875"), Decimal("0.5"))
    assert weighted([(Plan(Decimal(1)), None)]) == (None, Decimal(0))
    assert state_of(Plan(Decimal(1)), None, "missing", over=True) == "unknown"
    assert state_of(Plan(Decimal(1)), None, "not-applicable", over=True) == "not-applicable"


@pytest.mark.parametrize(
    ("catalogue", "target", "baseline", "found"),
    [
        ("higher-better", 1, 9, "higher"),
        ("lower-better", 9, 1, "lower"),
        ("neutral", 1, 9, "lower"),
        ("neutral", 9, 1, "higher"),
        ("neutral", 1, None, "higher"),
    ],
)
def test_the_direction_of_a_plan(catalogue, target, baseline, found):
    assert direction_of(catalogue, Decimal(target), None if baseline is None else Decimal(baseline)) == found


SEASON = np.array([1, 3, 4, 2, 0.5, 2, 3, 5, 4, 1, 0.1, 0.1])


@pytest.mark.parametrize("years", [1, 2, 4])
@pytest.mark.parametrize("over", [3, 6, 9])
def test_the_interval_of_a_forecast_holds_what_it_promises(years, over):
    """On invented years with seasons it holds at least seven of ten ends, and it is far narrower than not knowing."""
    random, held, wide = np.random.default_rng(7 + years), 0, []
    for _ in range(120):
        level = random.lognormal(2, 0.3)
        made = [np.cumsum(random.poisson(SEASON * level * 10 * random.lognormal(0, 0.12))) for _year in range(years + 1)]
        end = made[-1][-1]
        found = forecast(list(made[-1][:over]), made[:-1], steps=12, grows=True)
        held += float(found.low) <= end <= float(found.high)
        wide.append(float(found.high - found.low) / end)
    assert held >= 84 and np.mean(wide) < 0.8


@given(st.lists(st.floats(0, 1000), min_size=0, max_size=12), st.booleans())
def test_a_forecast_never_lies_below_what_is_there_or_above_what_makes_sense(steps, grows):
    curve = list(np.cumsum(steps)) if grows else [min(x, 100) for x in steps]
    found = forecast(curve, [], steps=12, grows=grows, most=None if grows else 100.0)
    if len(curve) < 4 or len(curve) == 12:
        assert found is None
    elif found is not None:
        assert found.low <= found.value <= found.high and found.basis == "this-period"
        assert float(found.low) >= (curve[-1] - 1e-5 if grows else 0) and (grows or found.high <= 100)
    assert found == forecast(curve, [], steps=12, grows=grows, most=None if grows else 100.0)


@pytest.mark.parametrize(
    ("said", "found"), [("7 500,5", "7500.5"), ("10", "10"), (7.25, "7.25"), ("12 %", "12"), ("1\u202f000", "1000"), ("", None)]
)
def test_numbers_as_offices_write_them(said, found):
    assert number_of(said) == (None if found is None else Decimal(found))


@pytest.mark.parametrize("said", ["ten", "1 0 x", "=1+1", "inf", dt.date(2026, 1, 1), True])
def test_what_is_no_number_is_refused(said):
    with pytest.raises(ValueError):
        number_of(said)


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30), st.none() | st.integers(-(10**9), 10**9)),
        max_size=20,
    )
)
def test_a_table_comes_back_as_it_was_written(rows):
    data = write_sheet("Table", [("Name", 20), ("Number", 10)], rows)
    found = {
        r.line: (r.cells.get("name", ""), r.number("number")) for r in read_sheet(data, {"name": [], "number": []}, ["name", "number"]).rows
    }
    for line, (name, number) in enumerate(rows, start=2):
        if name or number is not None:
            assert str(found[line][0]) == name and found[line][1] == number


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\x00\x01\x02", b"a;b\n1;2\n"])
def test_a_file_that_is_no_such_table_says_so(data):
    with pytest.raises(SheetUnreadable):
        read_sheet(data, {"target": []}, ["target"])


# in the site


@pytest.fixture
def hours(world):
    return choose_indicator(by=world.office, owner=world.university, catalogue_id=HOURS)


def propose(world, indicator, value=100, period="2026-27", **more):
    return propose_target(by=world.office, owner=world.university, proposal=Proposal(indicator, period, Decimal(value), **more))


def test_a_target_is_proposed_then_approved_and_then_public(world, hours):
    made = propose(world, hours, baseline=Decimal(50), baseline_period="2025-26", responsible=world.people["editor"])
    assert made.state == "proposed" and not Target.objects.visible_to(world.citizen).exists()
    with pytest.raises(NotAllowed):
        decide_target(by=world.office, target=made, approve=True, on=TODAY)
    made = decide_target(by=world.leader, target=made, approve=True, on=TODAY)
    assert made.state == "approved" and Target.objects.visible_to(world.citizen).exists()
    again = propose(world, hours, 120)
    assert (again.pk, again.state, again.value) == (made.pk, "proposed", 120)
    with pytest.raises(BadInput, match="why"):
        decide_target(by=world.leader, target=again, approve=False, on=TODAY)
    assert decide_target(by=world.leader, target=again, approve=False, on=TODAY, words=text("Too little")).state == "returned"
    with pytest.raises(WrongState):
        decide_target(by=world.leader, target=again, approve=True, on=TODAY)


def test_proposing_the_same_again_changes_nothing(world, hours):
    made = decide_target(by=world.leader, target=propose(world, hours), approve=True, on=TODAY)
    assert propose(world, hours).state == "approved"
    assert Target.objects.get().pk == made.pk


@pytest.mark.parametrize("who", ["member", "other_office", "other_leader", "citizen", "analyst"])
def test_strangers_neither_propose_nor_decide(world, hours, who):
    made = propose(world, hours)
    by = getattr(world, who)
    with pytest.raises(NotAllowed):
        propose_target(by=by, owner=world.university, proposal=Proposal(hours, "2026-27", Decimal(1)))
    with pytest.raises(NotAllowed):
        decide_target(by=by, target=made, approve=True, on=TODAY)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"period": "2026"}, "period"),
        ({"period": "soon"}, "period"),
        ({"value": -1}, "value"),
        ({"baseline": Decimal(-1)}, "baseline"),
        ({"baseline_period": "x"}, "baseline_period"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_by_field(world, hours, change, where):
    with pytest.raises(BadInput) as refused:
        propose(world, hours, **change)
    assert [f.where for f in refused.value.faults] == [where]


def test_a_share_of_more_than_all_and_a_unit_of_another_university_are_refused(world):
    share = choose_indicator(by=world.office, owner=world.university, catalogue_id="student-volunteers-share")
    with pytest.raises(BadInput) as refused:
        propose(world, share, 101, unit=world.other)
    assert {f.where for f in refused.value.faults} == {"value", "unit"}


def signed(world, hours_each=4, people=3):
    from tertia.act.activities.actions import attest_hours
    from tertia.core.actions.actor import Actor

    sheet = make_sheet(world, make_activity(world), people=people)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())


def test_plan_and_fact_of_the_university_and_of_a_unit(world, hours, django_assert_num_queries):
    signed(world)
    propose(world, hours, 12)
    propose(world, hours, 100, unit=world.unit)
    recompute(world.university, TODAY)
    rows = list(Target.objects.select_related("indicator", "unit").order_by("pk"))
    with django_assert_num_queries(1):
        found = standings(rows, TODAY, SYSTEM)
    assert [(s.fact, s.state, s.share) for s in found] == [(12, "reached", 1), (12, "open", Decimal("0.12"))]


def test_what_lags_owes_a_comment_and_gets_a_corrective_measure(world, hours):
    signed(world)
    made = decide_target(by=world.leader, target=propose(world, hours, 1000, period="2025-26"), approve=True, on=TODAY)
    recompute(world.university, TODAY)
    client = Client()
    client.force_login(world.people["office"].account)
    assert "Targets that lag" not in client.get("/en/today/").content.decode()  # nothing is known of last year: not a lag
    made.refresh_from_db()
    running = decide_target(by=world.leader, target=propose(world, hours, 1000), approve=True, on=TODAY)
    from tertia.measure.targets.forecast import Forecast

    write_forecasts(
        by=world.office,
        owner=world.university,
        found=[(running, Forecast(Decimal(20), Decimal(12), Decimal(30), "past-periods"))],
        on=TODAY,
    )
    assert "Say why" in client.get("/en/today/").content.decode()
    page = running.get_absolute_url()
    assert client.post(page, {"do": "comment"}).status_code == 200  # empty: told, nothing kept
    assert not running.comments.exists()
    assert client.post(page, {"do": "comment", "words_en": "The frost."}).status_code == 302
    comment = running.comments.get()
    assert (comment.fact, comment.standing) == (12, "behind")
    assert "Say why" not in client.get("/en/today/").content.decode()
    new = client.post(
        f"/en/measures/new/?from={running.pk}", {"title_en": "Move to April", "starts_on": "2026-12-01", "ends_on": "2027-05-01"}
    )
    assert new.status_code == 302
    assert "Move to April" in Client().get(page).content.decode()
    with pytest.raises(NotAllowed):
        comment_lag(by=world.citizen, target=running, words=text("x"), on=TODAY, fact=None, standing="behind")


# the table


def table(rows, heads=("id", "unit_code", "period", "baseline", "target", "weight", "responsible")):
    return write_sheet("Targets", [(h, 10) for h in heads], rows)


def test_a_target_of_ten_is_refused_by_its_cell_and_nothing_is_kept(world, hours):
    data = table(
        [
            (HOURS, "", "2026-27", 5, 10, 1, ""),
            (HOURS, "uni-law", "2026-27", None, "ten", 1, "nobody"),
            ("no-such", "", "2026-27", None, 1, 1, ""),
        ]
    )
    dry = read_targets(world.university, data)
    said = [f.sentence for f in dry.faults]
    assert [f.where for f in dry.faults] == ["G3", "E3", "A4"]
    assert "“ten” is no number" in said[1] and "E3" in said[1]
    client = Client()
    client.force_login(world.people["office"].account)
    page = client.post("/en/targets/table/", {"file": SimpleUploadedFile("t.xlsx", data)}).content.decode()
    assert "Cell E3: “ten” is no number" in page and 'value="save"' not in page
    assert Target.objects.count() == 0


def test_a_table_is_checked_then_kept_and_says_nothing_new_the_second_time(world, hours):
    data = table([(HOURS, "", "2026-27", 5, 10, 2, "law-7"), (HOURS, "uni-law", "2026-27", None, "7,5", None, "")])
    from tertia.core.parties.actions import add_person, give_role

    person = add_person(by=SYSTEM, home=world.university, name="Dean of Law", key="law-7")
    give_role(by=SYSTEM, person=person, organisation=world.university, role="editor", valid_from=TODAY)
    client = Client()
    client.force_login(world.people["office"].account)
    before = Event.objects.count()
    dry = client.post("/en/targets/table/", {"file": SimpleUploadedFile("t.xlsx", data)}).content.decode()
    assert "New: 2" in dry and Target.objects.count() == 0 and Event.objects.count() == before
    kept = dry.split('name="kept" value="')[1].split('"')[0]
    assert client.post("/en/targets/table/", {"do": "save", "kept": kept[:-2] + "xx"}).status_code == 400
    assert client.post("/en/targets/table/", {"do": "save", "kept": kept}).status_code == 302
    made = {t.unit_id: t for t in Target.objects.all()}
    assert made[None].weight == 2 and made[None].responsible == person and made[world.unit.pk].value == Decimal("7.5")
    assert read_targets(world.university, data).count("same") == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_table_that_goes_out_comes_in_again(world, hours, language):
    propose(world, hours, Decimal("1470.5"), baseline=Decimal(7), baseline_period="2025-26", weight=Decimal("2.5"))
    propose(world, hours, 3, unit=world.unit)
    client = Client()
    client.force_login(world.people["office"].account)
    sent = client.get(f"/{language}/targets/?format=xlsx").content
    assert read_targets(world.university, sent).count("same") == 2
    grid = CalamineWorkbook.from_filelike(io.BytesIO(sent)).get_sheet_by_index(0).to_python()
    assert len(grid) == 3


def test_a_table_of_another_kind_says_which_columns_are_missing(world, hours):
    with pytest.raises(BadInput, match="Target"):
        read_targets(world.university, write_sheet("x", [("id", 9), ("period", 9)], [("a", "b")]))
    with pytest.raises(BadInput, match="no table"):
        read_targets(world.university, b"\x00\x00")


def test_a_table_is_kept_whole_or_not_at_all(world, hours):
    good, bad = Proposal(hours, "2026-27", Decimal(1)), Proposal(hours, "2026", Decimal(1))
    with pytest.raises(BadInput) as refused:
        save_sheet(by=world.office, owner=world.university, proposals=[good, bad])
    assert [f.where for f in refused.value.faults] == ["1:period"] and not Target.objects.exists()
    assert save_sheet(by=world.office, owner=world.university, proposals=[good]) == 1


def test_a_withdrawn_target_is_a_plan_no_more(world, hours):
    made = decide_target(by=world.leader, target=propose(world, hours), approve=True, on=TODAY)
    with pytest.raises(NotAllowed):
        withdraw_target(by=world.editor, target=made)
    withdraw_target(by=world.office, target=made)
    assert "No target is set yet" in Client().get("/en/targets/").content.decode()
    assert propose(world, hours).state == "proposed"


def test_strangers_compute_nothing(world, hours):
    with pytest.raises(NotAllowed):
        compute_figures(by=world.other_office, owner=world.university, facts=None, periods=["2026-27"])
