"""Graduate start-ups: written down, found at work after a year, counted only then."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.cast import TODAY, make_student, text
from tests.measure.test_closing import client_of
from tests.measure.test_facts_of_the_site import figure

from tertia.act.startups.actions import change_startup, confirm_startup, end_startup, register_startup, withdraw_startup
from tertia.act.startups.models import Startup
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.measure.indicators.nightly import recompute

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2025, 10, 1)


def make_startup(world, *, starts_on=OCTOBER, graduated_in=2024, helped="A room", words="Clear Water"):
    return register_startup(
        by=world.office, owner=world.university, title=text(words), starts_on=starts_on, graduated_in=graduated_in, helped_with=text(helped) if helped else Text({})
    )  # fmt: skip


def rate(world):
    return figure(world, "graduate-startup-rate", "2025-26")


def test_a_firm_counts_in_the_year_of_its_registration_once_it_was_found_at_work(world):
    for number in (1, 2):
        make_student(world, number)
    one, unhelped, late = make_startup(world), make_startup(world, helped=""), make_startup(world, graduated_in=2022)
    assert rate(world)[0] == 0  # registered is not yet at work
    for firm in (one, unhelped, late):
        confirm_startup(by=world.office, startup=firm, how_seen=text("A contract"), on=TODAY)
    above, below, state = rate(world)
    assert (above, state) == (1, "value") and below >= 2
    end_startup(by=world.office, startup=one, ends_on=TODAY)
    assert rate(world)[0] == 1  # it was at work after a year; that it ended later changes nothing
    recompute(world.university, TODAY)


def test_it_is_not_found_at_work_before_a_year_is_over_nor_without_saying_how(world):
    young = make_startup(world, starts_on=TODAY - dt.timedelta(days=300), graduated_in=2025)
    with pytest.raises(BadInput):
        confirm_startup(by=world.office, startup=young, how_seen=text("A contract"), on=TODAY)
    with pytest.raises(BadInput):
        confirm_startup(by=world.office, startup=make_startup(world), how_seen=Text({}), on=TODAY)


@pytest.mark.parametrize("wrong", [{"starts_on": TODAY + dt.timedelta(days=1)}, {"graduated_in": 2026}, {"graduated_in": 3}, {"words": ""}])
def test_what_cannot_be_is_refused_and_nothing_is_written(world, wrong):
    with pytest.raises(BadInput):
        make_startup(world, **wrong)
    assert not Startup.objects.exists()


def test_a_correction_may_not_undo_what_was_seen_and_a_mistake_counts_nowhere(world):
    firm = make_startup(world)
    rest = {"title": text("Clear Water"), "graduated_in": 2024, "helped_with": text("A room"), "summary": Text({})}
    change_startup(by=world.office, startup=firm, starts_on=dt.date(2025, 9, 1), **rest)
    firm = confirm_startup(by=world.office, startup=firm, how_seen=text("A contract"), on=TODAY)
    with pytest.raises(BadInput):
        change_startup(by=world.office, startup=firm, starts_on=dt.date(2026, 1, 1), **rest)
    with pytest.raises(WrongState):
        withdraw_startup(by=world.office, startup=firm)
    other = withdraw_startup(by=world.office, startup=make_startup(world))
    assert other.state == "withdrawn" and Startup.objects.filter(state="withdrawn").count() == 1
    with pytest.raises(NotAllowed):
        end_startup(by=world.citizen, startup=firm, ends_on=TODAY)


def test_the_officer_writes_one_down_is_asked_after_a_year_and_says_that_it_works(world):
    office = client_of(world, "office")
    assert "No firm of graduates is written down yet" in Client().get("/en/start-ups/").content.decode()
    given = {"title_en": "Clear Water", "starts_on": "2025-10-01", "graduated_in": "2024", "helped_with_en": "A room"}
    refused = office.post("/en/start-ups/new/", {**given, "graduated_in": "2026"})
    assert refused.status_code == 400 and "Clear Water" in refused.content.decode() and not Startup.objects.exists()
    assert office.post("/en/start-ups/new/", given).status_code == 302
    firm = Startup.objects.get()
    assert "Start-ups a year old" in office.get("/en/today/").content.decode()
    page = firm.get_absolute_url()
    assert "nobody has looked yet" in Client().get(page).content.decode() and 'value="confirm"' not in Client().get(page).content.decode()
    assert "Say how" in office.post(page, {"do": "confirm", "how_seen_en": ""}).content.decode() or Startup.objects.get().active_on is None
    office.post(page, {"do": "confirm", "how_seen_en": "A contract with the school"})
    shown = Client().get(page).content.decode()
    assert (
        "Found at work on" in shown and "A contract with the school" in shown and "It counts in the figure of graduate start-ups." in shown
    )
    assert office.post(f"{page}change/", {**given, "title_en": "Clearer Water"}).status_code == 302
    assert "Clearer Water" in Client().get("/en/start-ups/?state=active").content.decode()
    office.post(page, {"do": "end", "ends_on": "2026-11-01"})
    assert Startup.objects.get().state == "ended" and "Clearer Water" in Client().get("/en/start-ups/").content.decode()
