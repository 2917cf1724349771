"""Closed periods in the site: frozen, signed, corrected in the open, verified without the server."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest
from django.test import Client
from tests.cast import SYSTEM, TODAY, make_activity, make_sheet

from tertia.act.activities.actions import attest_hours
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.keys.actions import make_key, register_key, retire_key, signing_key
from tertia.core.keys.models import OrganisationKey
from tertia.core.keys.queries import register
from tertia.core.periods import clock
from tertia.measure.indicators.actions import choose_indicator, close_period
from tertia.measure.indicators.models import Closing, Figure
from tertia.measure.indicators.nightly import recompute
from tertia.measure.indicators.snapshot import verify_snapshot

MARCH = dt.date(2026, 3, 5)
PAGE = "/en/figures/closed/uni/2025-26/"


def work(world, words="Clean-up", people=6):
    sheet = make_sheet(world, make_activity(world, on=MARCH, words=words), people=people)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())


def client_of(world, key):
    client = Client()
    client.force_login(world.people[key].account)
    return client


@pytest.fixture
def year(world):
    choose_indicator(by=world.office, owner=world.university, catalogue_id="volunteer-hours-total")
    work(world)
    recompute(world.university, TODAY)
    return client_of(world, "office")


def total():
    return Figure.objects.get(period="2025-26", breakdown="").value


@pytest.mark.once
def test_what_is_closed_in_the_first_hours_of_the_day_is_signed_on_that_day(world, year, tmp_path):
    """At half past midnight in Almaty it is the day before in UTC, and the key is of today."""
    with clock.at(TODAY, 0, 30):
        assert year.post(PAGE).status_code == 302
    snapshot = Closing.objects.get().snapshot
    assert snapshot["signature"]["signed_at"] == "2026-11-24T00:30:00+05:00"
    assert list(verify_snapshot(snapshot, register=register())) == []


@pytest.mark.production
def test_a_period_is_closed_and_stays_as_it_was_until_it_is_corrected_with_a_reason(world, year, tmp_path):
    assert "2025-26" in year.get("/en/figures/closed/").content.decode()
    assert year.post(PAGE).status_code == 302
    assert total() == 24
    assert "closed on" in Client().get("/en/figures/volunteer-hours-total/?period=2025-26").content.decode()
    assert "Nothing has changed" in year.post(PAGE, {"reason": "again"}).content.decode()
    work(world, "Found in a drawer")
    recompute(world.university, TODAY)
    assert total() == 24  # frozen
    page = Client().get(PAGE).content.decode()
    assert "records have changed since" in page
    assert "Say why" in year.post(PAGE).content.decode() and Closing.objects.count() == 1
    assert year.post(PAGE, {"reason": "A list of March was found in a drawer."}).status_code == 302
    assert total() == 48
    page = Client().get(PAGE).content.decode()
    assert "found in a drawer" in page and "24" in page and "48" in page and "records have changed since" not in page
    first, second = Closing.objects.order_by("number")
    assert second.snapshot["previous"] == first.name
    verified_without_a_server(year, tmp_path)


def verified_without_a_server(office, tmp_path):
    for number in (1, 2):
        (tmp_path / f"v{number}.json").write_bytes(office.get(f"{PAGE}?format=json&number={number}").content)
    (tmp_path / "keys.json").write_bytes(Client().get("/keys.json").content)

    def run(*arguments):
        command = [sys.executable, "-m", "tertia", "snapshot", "verify", *arguments, "--keys", "keys.json", "--json"]
        return json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout)

    assert run("v2.json", "--previous", "v1.json") == {"valid": True, "state": "valid", "problems": []}
    body = json.loads((tmp_path / "v2.json").read_text())
    body["figures"][0]["value"] = "9999"
    (tmp_path / "forged.json").write_text(json.dumps(body))
    assert "altered" in {p["code"] for p in run("forged.json")["problems"]}


@pytest.mark.once
def test_the_snapshot_holds_small_counts_and_is_given_to_those_inside_only(world, year):
    year.post(PAGE)
    assert year.get(f"{PAGE}?format=json").status_code == 200
    for key in ("other-office", "citizen", "partner"):
        assert client_of(world, key).get(f"{PAGE}?format=json").status_code == 404
    assert Client().get(f"{PAGE}?format=json").status_code == 404


def test_who_does_not_work_there_closes_nothing_and_nobody_a_running_period(world, year):
    for key in ("editor", "member", "other-office", "citizen"):
        assert client_of(world, key).post(PAGE).status_code == 404
    with pytest.raises(NotAllowed):
        close_period(by=world.editor, owner=world.university, period="2025-26", facts=None, key=None)
    assert "not over" in year.post("/en/figures/closed/uni/2026-27/").content.decode()
    assert not Closing.objects.exists()


def test_from_a_figure_to_its_records_to_the_signature(world, year):
    for client in (year, Client()):
        page = client.get("/en/figures/volunteer-hours-total/records/?period=2025-26").content.decode()
        assert ">signed</a>" in page
    assert "Faculty of Law" not in page and "student" not in page.lower().replace("students", "")  # the public gets no rows of persons
    address = page.split(">signed</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "The Club" in Client().get(address).content.decode()
    assert "Who signed" in Client().get("/en/figures/volunteer-hours-total/?period=2025-26").content.decode()


def test_keys_are_made_registered_and_retired(world, settings, tmp_path):
    settings.HOME = tmp_path
    first = make_key(by=world.administrator, organisation=world.university, on=TODAY)
    second = make_key(by=world.leader, organisation=world.university, on=TODAY)
    first.refresh_from_db()
    assert first.valid_to == TODAY and signing_key(world.university).public == second.public
    assert signing_key(world.other) is None
    for file in (tmp_path / "keys").iterdir():
        assert file.stat().st_mode & 0o077 == 0
    rows = json.loads(Client().get("/keys.json").content)["keys"]
    assert [r["public"] for r in rows] == [first.public, second.public] and "private" not in json.dumps(rows)
    with pytest.raises(NotAllowed):
        make_key(by=world.office, organisation=world.university, on=TODAY)
    with pytest.raises(BadInput, match="public key"):
        register_key(by=world.administrator, keeper=world.university, organisation=world.other, public="abc", valid_from=TODAY)
    with pytest.raises(BadInput, match="another organisation"):
        register_key(by=SYSTEM, keeper=world.university, organisation=world.other, public=first.public, valid_from=TODAY)
    retired = retire_key(by=world.administrator, keeper=world.university, key=second, on=TODAY)
    assert retired.valid_to == TODAY and OrganisationKey.objects.count() == 2
    assert register().counts("uni", second.public, TODAY.isoformat()) and not register().counts("uni", second.public, "2026-12-01")
