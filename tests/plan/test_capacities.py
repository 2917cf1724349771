"""Offers beside needs: found by words and, where the package is there, by meaning; explained; refused ones stay away."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed
from tertia.core.languages.text import Text
from tertia.core.search import meaning
from tertia.core.search.matching import Index
from tertia.core.search.meaning import centred
from tertia.plan.capacities.actions import close_offer, decide_match, write_offer
from tertia.plan.capacities.models import Match, Offer
from tertia.plan.capacities.rounds import understand
from tertia.plan.capacities.suggest import suggestions_for


def offer(world, words, *, kind="laboratory", by=None, organisation=None, **more):
    return write_offer(
        by=by or world.office, owner=world.university, organisation=organisation or world.unit, kind=kind, title=text(words), **more
    )


def test_an_offer_that_shares_rare_words_is_suggested_with_the_words(world):
    offer(world, "Laboratory of water quality")
    offer(world, "A hall for 200 people", kind="premises")
    need = make_need(world, "The water in the river smells, is its quality tested?")
    found = suggestions_for([need])[need.pk]
    assert [str(s.offer.title) for s in found] == ["Laboratory of water quality"]
    assert set(found[0].found.shared) == {"water", "quality"}


def test_a_refused_suggestion_does_not_come_back_and_a_taken_one_is_shown(world):
    one = offer(world, "Laboratory of water quality")
    two = offer(world, "Water experts", kind="expertise")
    need = make_need(world, "Who tests the water quality?")
    decide_match(by=world.office, record=need, offer=one, fits=False, on=TODAY, reason=text("It is closed in winter"))
    assert [s.offer for s in suggestions_for([need])[need.pk]] == [two]
    office = signed_in(world, "office")
    page = office.get(need.get_absolute_url()).content.decode()
    assert "Water experts" in page and "Laboratory of water quality" not in page
    assert (
        office.post(f"/en/records/{need.pk}/match/", {"offer": two.pk, "do": "fits", "next": "//evil.example"}).url
        == need.get_absolute_url()
    )
    assert Match.objects.get(offer=two).fits
    with pytest.raises(NotAllowed):
        decide_match(by=world.citizen, record=need, offer=one, fits=True, on=TODAY)


def test_nobody_offers_somebody_else_s_expertise(world):
    member = world.people["member"]
    with pytest.raises(NotAllowed):
        offer(world, "Law advice", person=member)
    mine = offer(world, "Law advice", kind="expertise", by=world.member, person=member, contact="room 5")
    assert mine.person == member
    with pytest.raises(NotAllowed):
        offer(world, "A bus", by=world.member)
    with pytest.raises(BadInput):
        offer(world, "", kind="magic")
    partner = write_offer(
        by=world.actor("partner"), owner=world.university, organisation=world.partner, kind="premises", title=text("Our garden")
    )
    assert partner.organisation == world.partner
    with pytest.raises(NotAllowed):
        close_offer(by=world.citizen, offer=partner, on=TODAY)
    close_offer(by=world.actor("partner"), offer=partner, on=TODAY)
    past = offer(world, "Old thing", until=TODAY - dt.timedelta(days=1))
    page = signed_in(world, "office").get("/en/offers/").content.decode()
    assert "Law advice" in page and "Our garden" not in page and str(past.title) not in page


def test_offers_are_written_and_searched_in_the_browser(world):
    office = signed_in(world, "office")
    body = {"title_ru": "Лаборатория качества воды", "kind": "laboratory", "organisation": world.unit.pk}
    assert office.post("/ru/offers/new/", body).status_code == 302
    assert "Лаборатория качества" in office.get("/ru/offers/?q=качество").content.decode()
    assert "Лаборатория качества" not in office.get("/ru/offers/?q=автобус").content.decode()
    assert office.post(f"/ru/offers/{Offer.objects.get().pk}/close/").status_code == 302
    assert Offer.objects.get().closed_on == TODAY


@pytest.mark.once
@given(st.lists(st.sampled_from(["water quality", "a hall", "law advice", "тегін кеңес", "река и вода", ""]), min_size=1, max_size=8))
def test_the_nearest_of_itself_is_itself(offers):
    index = Index(offers)
    for said, found in zip(offers, index.nearest(offers, None, 8, 0.0), strict=True):
        scores = [s.score for s in found]
        assert scores == sorted(scores, reverse=True)
        if said:
            assert offers[found[0].at] == said and found[0].score == pytest.approx(1.0, abs=1e-5)


@pytest.mark.once
def test_the_best_of_very_many_are_those_of_a_full_sort():
    pick = np.random.default_rng(1)
    vectors, asked = pick.normal(size=(7000, 384)).astype(np.float32), pick.normal(size=(9, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    index = Index([f"word{n}" for n in range(7000)], vectors)
    found = index.nearest([f"ask{n}" for n in range(9)], asked, 5, -9)
    for row, told in zip(asked @ vectors.T, found, strict=True):
        assert [s.at for s in told] == np.argsort(-row, kind="stable")[:5].tolist()


@pytest.mark.once
def test_an_empty_house_suggests_nothing():
    assert Index([]).nearest(["water"]) == [[]]
    assert Index(["", "—"]).nearest(["water"]) == [[]]


def test_by_meaning_an_offer_is_found_across_languages(world):
    assert meaning.available(), "the suite runs with the package; `./run meaning` installs it"
    write_offer(
        by=world.office,
        owner=world.university,
        organisation=world.unit,
        kind="laboratory",
        title=Text.of("kk", kk="Су сапасын тексеретін зертхана"),
    )
    write_offer(
        by=world.office,
        owner=world.university,
        organisation=world.unit,
        kind="premises",
        title=Text.of("kk", kk="Екі жүз орындық мәжіліс залы"),
    )
    assert understand() == 2 and understand() == 0
    need = make_need(world, "Who can test whether our river water is clean?")
    found = suggestions_for([need])[need.pk]
    assert str(found[0].offer.title) == "Су сапасын тексеретін зертхана" and found[0].by_meaning
    assert centred(np.ones((2, 384)), ["kk", "en"])[0].shape == (2, 384)
