"""Open data: what is public and nothing else, in three forms that other programs read, described by two standards."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY, make_activity, make_measure, make_need, make_resolution, make_sheet, text
from tests.tell.test_report import YEAR

from tertia.act.activities.actions import attest_hours
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.merging import describe_organisation
from tertia.listen.needs.actions import raise_need
from tertia.listen.needs.desk_actions import publish_need
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.nightly import recompute


def body(address, **more):
    answer = Client().get(address, **more)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows(key):
    return list(csv.DictReader(io.StringIO(body(f"/open-data/{key}.csv").decode())))


@pytest.fixture
def data(world):
    measure = make_measure(world, make_resolution(world).recommendations.first())
    activity = make_activity(world, measure)
    make_need(world, "A secret need", public=False)
    need = raise_need(
        by=world.citizen,
        owner=world.university,
        title=Text.of("kk", kk="Қоғамдық көлік", ru="=cmd|' /C calc'"),
        summary=Text({}),
        raised_on=TODAY,
    )
    publish_need(by=world.office, need=need)
    return measure, activity, need


def test_the_same_rows_leave_in_three_forms_and_what_is_not_public_in_none(world, data):
    measure, activity, need = data
    (found,) = rows("need")
    assert found["title_kk"] == "Қоғамдық көлік" and found["title_ru"] == "'=cmd|' /C calc'" and found["title_en"] == ""
    assert (found["id"], found["owner"], found["starts_on"], found["demonstration"]) == (str(need.pk), "uni", TODAY.isoformat(), "false")
    assert found["url"].endswith(f"/en/needs/{need.slug}/")
    graph = json.loads(body("/open-data/need.jsonld"))
    (node,) = graph["@graph"]
    assert node["title"] == {"kk": "Қоғамдық көлік", "ru": "=cmd|' /C calc'"} and node["id"] == need.pk and "title_en" not in node
    assert graph["license"] == "https://creativecommons.org/licenses/by/4.0/" and graph["@context"]["url"] == "@id"
    table = pq.read_table(io.BytesIO(body("/open-data/need.parquet")))
    assert (
        table.to_pylist()[0]["title_kk"] == "Қоғамдық көлік"
        and table.to_pylist()[0]["starts_on"] == TODAY
        and table.schema.field("id").metadata[b"description"]
    )
    assert {(r["lower"], r["relation"], r["upper"]) for r in rows("links")} >= {(str(activity.pk), "carries-out", str(measure.pk))}
    for key in ("need", "links", "organisations", "answers", "activity"):
        for form in ("csv", "jsonld", "parquet"):
            assert b"secret" not in body(f"/open-data/{key}.{form}").lower()
    assert Client().get("/open-data/need.exe").status_code == 404 and Client().get("/open-data/nothing.csv").status_code == 404
    assert pq.read_table(io.BytesIO(body("/open-data/story.parquet"))).num_rows == 0 and rows("story") == []


def test_figures_of_few_persons_are_not_shown_here_either(world):
    sheet = make_sheet(world, make_activity(world), 3)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    choose_indicator(by=world.office, owner=world.university, catalogue_id="student-volunteers-share")
    recompute(world.university, TODAY, [YEAR.label])
    found = [r for r in rows("figures") if r["breakdown"] == ""]
    assert [(r["indicator"], r["state"], r["value"]) for r in found] == [("student-volunteers-share", "suppressed", "")]


def test_descriptors_name_every_column_and_the_catalogue_every_file(world, data):
    described = json.loads(body("/open-data/need/datapackage.json"))
    (resource,) = described["resources"]
    assert [f["name"] for f in resource["schema"]["fields"]] == list(rows("need")[0]) and all(
        f["description"] for f in resource["schema"]["fields"]
    )
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    terms = json.loads(body("/open-data/terms"))
    assert {f["name"] for f in resource["schema"]["fields"]} <= set(terms)
    found = json.loads(body("/open-data/catalog.jsonld"))
    datasets = {d["dct:identifier"]: d for d in found["dcat:dataset"]}
    assert {"need", "measure", "activity", "links", "organisations"} <= set(datasets) and "story" not in datasets
    for dataset in datasets.values():
        assert {t["@language"] for t in dataset["dct:title"]} == {"kk", "ru", "en"} and dataset["dct:license"]
        for distribution in dataset["dcat:distribution"]:
            address = distribution["dcat:downloadURL"]["@id"]
            assert Client().get(address[address.index("/open-data/") :]).status_code == 200
    page = body("/ru/open-data/").decode()
    assert "/open-data/need.parquet" in page and "datapackage.json" in page


def test_a_universitys_own_name_gives_its_own_rows_in_a_stream(world, data, settings):
    settings.ALLOWED_HOSTS = ["*"]
    describe_organisation(by=world.office, organisation=world.university, within=world.university, host_name="third.uni.kz")
    other = raise_need(by=world.other_office, owner=world.other, title=text("Of the second"), summary=Text({}), raised_on=TODAY)
    publish_need(by=world.other_office, need=other)
    assert len(rows("need")) == 2
    own = body("/open-data/need.csv", headers={"host": "third.uni.kz"}).decode()
    assert "Of the second" not in own and "Қоғамдық көлік" in own


def test_more_rows_are_no_more_questions(world, data):
    def questions(key):
        with CaptureQueriesContext(connection) as found:
            body(f"/open-data/{key}.csv")
        return len(found)

    before = {key: questions(key) for key in ("need", "answers", "organisations", "activity")}
    for n in range(12):
        make_need(world, f"Need {n}")
        make_activity(world, words=f"Activity {n}", on=TODAY - dt.timedelta(days=n))
    assert {key: questions(key) for key in before} == before
