"""An indicator chosen from the catalogue, and one that a university defines itself, in the browser."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, make_activity, make_sheet, text

from tertia.act.activities.actions import attest_hours
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.measure.indicators.actions import choose_indicator, define_indicator
from tertia.measure.indicators.models import Figure, Indicator, OwnIndicator
from tertia.measure.indicators.own import Chosen, definition_of, toml_of
from tertia.measure.indicators.queries import current_facts

PAGE = "/en/figures/own/"
FORM = {
    "table": "participation", "below": "", "above-measure": "sum", "above-column": "hours", "above-column-0": "role", "above-operator-0": "is", "above-value-0": "student",
    "unit": "hours", "period": "academic-year", "dimension": "unit", "title": "Hours of students", "counts": "Hours that hosts signed for students.",
}  # fmt: skip


@pytest.fixture
def office(world):
    sheet = make_sheet(world, make_activity(world), people=6)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    client = Client()
    client.force_login(world.people["office"].account)
    return client


words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(words | st.booleans() | st.integers(-(10**6), 10**6), words)
def test_whatever_is_chosen_is_data_and_comes_back_as_it_was(value, column):
    toml = toml_of(
        "own-x", above=Chosen("activity", "count", "", ((column, "is", value),)), below=None, unit="count", period="academic-year"
    )
    assert definition_of("own-x", toml).numerator.where == ((column, "is", value),)


def test_it_is_tried_first_then_kept_and_opens_to_its_records(world, office):
    tried = office.post(PAGE, FORM | {"do": "try"}).content.decode()
    assert "24" in tried and "Keep the indicator" in tried and not OwnIndicator.objects.exists()
    key = tried.split('name="key" value="')[1].split('"')[0]
    done = office.post(PAGE, FORM | {"do": "keep", "key": key})
    assert done.status_code == 302 and done["Location"] == f"/en/figures/{key}/"
    assert Figure.objects.get(period="2026-27", breakdown="", indicator__catalogue_id=key).value == 24
    page = Client().get(f"/en/figures/{key}/?period=2026-27").content.decode()
    assert "Hours of students" in page and "defined this indicator itself" in page and "Faculty of Law" in page
    assert Client().get(f"/en/figures/{key}/records/?period=2026-27").status_code == 200
    assert "Hours of students" in Client().get("/en/figures/").content.decode()
    assert (
        office.post(
            "/en/targets/new/", {"indicator": Indicator.objects.get(catalogue_id=key).pk, "period": "2026-27", "value": "30", "weight": "1"}
        ).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "count"}, "hours are summed"), ({"unit": "percent"}, "needs a denominator"), ({"below": "activity", "unit": "percent", "below-measure": "count"}, "cannot be divided"),
        ({"above-column": ""}, "Choose the column"), ({"above-column-0": "hours", "above-value-0": "ten"}, "is no number"), ({"above-column-0": "attested", "above-value-0": "maybe"}, "write yes or no"),
        ({"above-column-0": "day", "above-value-0": "soon"}, "is no day"), ({"above-column-0": "secret"}, "cannot be chosen"), ({"above-measure": "sum", "above-column": "unit"}, "which has no sum"),
        ({"title": "", "do": "keep"}, "at least one language"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told_and_nothing_is_kept(world, office, change, said):
    answer = office.post(PAGE, {"do": "try"} | FORM | change)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page and "Hours that hosts signed" in page
    assert not OwnIndicator.objects.exists()


def test_an_indicator_of_the_catalogue_is_chosen_with_one_button(world, office):
    assert "Answer for this indicator" in office.get("/en/figures/catalogue/volunteer-hours-total/").content.decode()
    assert office.post("/en/figures/catalogue/volunteer-hours-total/choose/").status_code == 302
    assert Figure.objects.get(period="2026-27", breakdown="", indicator__catalogue_id="volunteer-hours-total").value == 24
    assert "Answer for this indicator" not in Client().get("/en/figures/catalogue/volunteer-hours-total/").content.decode()


def test_strangers_define_nothing_and_nobody_takes_another_s(world, office):
    toml = toml_of("own-uni-1", above=Chosen("activity", "count"), below=None, unit="activities", period="academic-year")
    said = {"title": text("A"), "counts": text("A"), "caveat": text("A"), "direction": "neutral"}
    with current_facts(world.university, "activity") as facts:
        for key in ("member", "other_office", "citizen"):
            with pytest.raises(NotAllowed):
                define_indicator(by=getattr(world, key), owner=world.university, key="own-uni-1", toml=toml, facts=facts, **said)
        define_indicator(by=world.office, owner=world.university, key="own-uni-1", toml=toml, facts=facts, **said)
    with pytest.raises(BadInput):
        choose_indicator(by=world.other_office, owner=world.other, catalogue_id="own-uni-1")
    assert choose_indicator(by=world.office, owner=world.university, catalogue_id="own-uni-1", starts_on=TODAY).title
