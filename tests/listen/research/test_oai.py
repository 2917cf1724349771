"""The repository as harvesters see it: read to its end by a library of another author, broken off and gone on with, errors as the protocol says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.cast import TODAY
from tests.listen.research.test_research import make_study

from tertia.core.places.models import Place
from tertia.listen.research import oai
from tertia.listen.research.actions import About
from tertia.listen.research.views import exports

NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


def ask(**given: str) -> Any:
    return etree.fromstring(Client().get("/oai/", given).content)


def codes(root: Any) -> list[str]:
    return [e.get("code") for e in root.findall("o:error", NS)]


def some(world: Any, count: int) -> list[Any]:
    place = Place.objects.get(code="KZ-71")
    return [
        make_study(world, words=f"Study number {n}", about=About(place=place, authors="Doe, Jane"), finished_on=dt.date(2026, 5, 1))
        for n in range(count)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_harvester_of_another_author_reads_all_to_the_end(live_server, world, monkeypatch):
    scythe = pytest.importorskip("oaipmh_scythe")
    monkeypatch.setattr(exports, "PIECE", 4)
    made = some(world, 11)
    with scythe.Scythe(f"{live_server.url}/oai/") as harvester:
        assert "University" in harvester.identify().repositoryName
        records = list(harvester.list_records(metadata_prefix="oai_dc"))
        assert len(records) == 11
        assert {r.metadata["title"][0] for r in records} == {f"Study number {n}" for n in range(11)}
        assert len(list(harvester.list_identifiers(metadata_prefix="oai_dc"))) == 11
        assert [s.setSpec for s in harvester.list_sets()] == ["KZ-71"]
        one = harvester.get_record(identifier=records[0].header.identifier, metadata_prefix="oai_dc")
        assert one.metadata["creator"] == ["Doe, Jane"] and made[0].slug in "".join(one.metadata["identifier"])


def test_what_was_joined_is_told_as_deleted_and_what_is_inside_is_not_told(world):
    studies = some(world, 2)
    from tertia.core.actions.action import action
    from tertia.core.actions.policies import anyone

    @action("test.hide_study", may=anyone)
    def hide(*, by: Any) -> None:
        studies[0].state = "withdrawn"
        studies[0].save()
        studies[1].visibility = "organisation"
        studies[1].save()

    hide(by=world.office)
    root = ask(verb="ListRecords", metadataPrefix="oai_dc")
    headers = root.findall(".//o:header", NS)
    assert [h.get("status") for h in headers] == ["deleted"] and not root.findall(".//o:metadata", NS)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "badVerb"), ({"verb": "Eat"}, "badVerb"), ({"verb": "ListRecords"}, "badArgument"), ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"), ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"), ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:x:1"}, "idDoesNotExist"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"), ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-13-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "KZ-99"}, "noRecordsMatch"), ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    ],
)  # fmt: skip
def test_errors_are_those_of_the_protocol(world, given, code):
    assert codes(ask(**given)) == [code]


def test_dates_and_sets_choose(world):
    some(world, 1)
    assert len(ask(verb="ListRecords", metadataPrefix="oai_dc", set="KZ-71").findall(".//o:record", NS)) == 1
    year = dt.datetime.now(dt.UTC).year
    assert codes(ask(verb="ListRecords", metadataPrefix="oai_dc", until=f"{year - 1}-01-01")) == ["noRecordsMatch"]
    assert (
        len(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **{"from": f"{year - 1}-01-01T00:00:00Z"}).findall(".//o:header", NS)) == 1
    )
    root = ask(verb="Identify")
    assert root.find(".//o:granularity", NS).text == "YYYY-MM-DDThh:mm:ssZ" and TODAY


@given(st.text(max_size=60))
def test_no_token_crashes(token):
    try:
        oai.asked({"verb": ["ListRecords"], "resumptionToken": [token]})
    except oai.OaiError as error:
        assert error.code == "badResumptionToken"


@given(st.text(max_size=60))
def test_no_letter_breaks_the_answer(text):
    made = oai.dublin_core(
        {"type": "book", "author": [{"literal": text}]}, titles=[("kk", text)], summaries=[], address="https://example.org/1", publisher=""
    )
    body = oai.answer("https://example.org/oai/", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), {"verb": "GetRecord", "identifier": text}, "GetRecord",
                      {"record": oai.Shown("oai:x:1", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), (), made)})  # fmt: skip
    assert etree.fromstring(body).find(".//dc:type", NS).text == "Text"


def test_files_for_reference_managers(world):
    some(world, 2)
    for form, mark in (("bib", b"@techreport{study-number-0"), ("ris", b"TY  - RPRT"), ("json", b'"family": "Doe"')):
        answer = Client().get(f"/en/research/works.{form}")
        assert mark in b"".join(answer.streaming_content) and f'works.{form}"' in answer["Content-Disposition"]
        assert mark in b"".join(Client().get(f"/en/research/works/study-number-0/reference.{form}").streaming_content)
    assert Client().get("/en/research/works.exe").status_code == 404
