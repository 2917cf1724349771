"""Resolutions as Akoma Ntoso: valid against the OASIS schema, in each language, with ids that last."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.cast import make_resolution

from tertia.core.records.actions import write_version
from tertia.plan.conferences.akoma_ntoso import Clause, Group, Statement, akoma_ntoso

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "akoma_ntoso" / "akomantoso30.xsd"), etree.XMLParser(no_network=True)))
NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def statement(**more):
    given = {
        "body": "enu", "adopter": "Участники конференции", "number": "2019-1", "title": "Резолюция «Третья миссия»", "adopted_on": dt.date(2019, 12, 5), "language": "ru",
        "original": "ru", "groups": (Group(1, "Рекомендуется вузам:", (Clause(1, "1.", "Первое;"), Clause(2, "2.", "Второе:", (Clause(3, "а)", "часть;"),)))),),
    }  # fmt: skip
    return Statement(**(given | more))


def read(made):
    document = etree.fromstring(made)
    SCHEMA.assertValid(document)
    return document


def ids(document):
    return [e.get("eId") for e in document.iter() if e.get("eId")]


def test_a_resolution_is_valid_and_its_clauses_are_found():
    document = read(akoma_ntoso(statement()))
    assert document.xpath("string(//a:paragraph[@eId='sec_1__para_1']/a:content)", namespaces=NS).strip() == "Первое;"
    assert document.xpath("string(//a:subparagraph/@eId)", namespaces=NS) == "sec_1__para_2__subpara_3"
    assert (
        document.xpath("string(//a:FRBRExpression/a:FRBRuri/@value)", namespaces=NS)
        == "/akn/kz/statement/resolution/enu/2019-12-05/2019-1/rus@2019-12-05"
    )
    assert len(set(ids(document))) == len(ids(document))


def test_the_same_clause_has_the_same_id_in_every_language_and_says_from_which_it_was_translated():
    russian, kazakh = read(akoma_ntoso(statement())), read(akoma_ntoso(statement(language="kk")))
    assert ids(russian) == ids(kazakh)
    assert kazakh.xpath("string(//a:FRBRTranslation/@fromLanguage | //a:FRBRtranslation/@fromLanguage)", namespaces=NS) == "rus"
    assert russian.xpath("count(//a:FRBRtranslation)", namespaces=NS) == 0
    assert {d.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=NS) for d in (russian, kazakh)} == {
        "/akn/kz/statement/resolution/enu/2019-12-05/2019-1"
    }


def test_what_is_no_statement_is_refused():
    with pytest.raises(ValueError, match="has clauses"):
        akoma_ntoso(statement(groups=()))
    with pytest.raises(ValueError, match="Kazakh, Russian or English"):
        akoma_ntoso(statement(language="fr"))


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=30)
leaves = st.builds(Clause, st.integers(1, 99), words, words)
clauses = st.lists(
    st.builds(Clause, st.integers(100, 999), words, words, st.lists(leaves, max_size=3, unique_by=lambda c: c.position).map(tuple)),
    min_size=1,
    max_size=4,
    unique_by=lambda c: c.position,
)


@given(st.lists(clauses, min_size=1, max_size=3), st.sampled_from(["kk", "ru", "en"]), words)
def test_whatever_the_words_the_document_is_valid_and_ids_are_unique(groups, language, title):
    made = statement(
        groups=tuple(Group(n, title if n % 2 else "", tuple(found)) for n, found in enumerate(groups, 1)), language=language, title=title
    )
    document = read(akoma_ntoso(made))
    assert len(set(ids(document))) == len(ids(document))


@pytest.mark.django_db
def test_the_page_gives_the_languages_in_which_it_is_whole(world):
    resolution = make_resolution(world)
    page = Client().get(f"/en/resolutions/{resolution.slug}/").content.decode()
    assert f"/en/resolutions/{resolution.slug}/en.akn.xml" in page and "ru.akn.xml" not in page
    made = Client().get(f"/en/resolutions/{resolution.slug}/en.akn.xml")
    assert made["Content-Type"] == "application/akn+xml" and "to do thing number 1;" in made.content.decode()
    read(made.content)
    assert Client().get(f"/en/resolutions/{resolution.slug}/ru.akn.xml").status_code == 404
    for row in resolution.recommendations.all():
        write_version(by=world.office, record=row, field="title", language="ru", text=f"сделать {row.position};")
    read(Client().get(f"/en/resolutions/{resolution.slug}/ru.akn.xml").content)
