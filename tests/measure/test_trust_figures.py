"""Figures about figures and about the mission as a whole, from records to the computed value."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.cast import TODAY, make_activity, make_conversation, make_measure, make_need, make_sheet, text
from tests.measure.test_closing import PAGE, client_of, work
from tests.measure.test_country import ministry, package, send, share  # noqa: F401
from tests.measure.test_facts_of_the_site import figure_of as figure

from tertia.act.activities.actions import attest_hours
from tertia.core.access.voices import Speaker
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.facts.declare import LIVED
from tertia.listen.dialogue.actions import Cast, cast_votes, close_conversation, say_whence
from tertia.listen.dialogue.models import Voice
from tertia.listen.needs.actions import answer_need, ask_for_answer
from tertia.listen.needs.models import Need
from tertia.listen.needs.queries import needs_for
from tertia.listen.needs.urgent import mark_urgent, take_back_urgent
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.models import Closing
from tertia.measure.indicators.nightly import recompute

pytestmark = pytest.mark.django_db


def test_each_row_of_the_mission_can_be_lived():
    assert {one.row for one in LIVED} == {f"S{n}" for n in range(1, 13)}


def test_a_row_is_lived_by_what_others_confirmed_and_a_claim_is_no_life(world):
    sheet = make_sheet(world, make_activity(world, on=dt.date(2026, 10, 1)))
    make_measure(world)
    assert figure(world.university, "mission-rows-lived") == (None, None, "missing")
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    assert figure(world.university, "mission-rows-lived") == (1, None, "value")  # volunteering; one record, one row


@pytest.mark.once
def test_a_closed_figure_that_the_records_no_longer_give_is_counted_until_it_is_corrected(world):
    choose_indicator(by=world.office, owner=world.university, catalogue_id="volunteer-hours-total")
    work(world)
    recompute(world.university, TODAY)
    office = client_of(world, "office")
    assert office.post(PAGE).status_code == 302
    one = Closing.objects.get()
    valued = sum(f["state"] == "value" for f in one.snapshot["figures"])
    assert (one.figures, one.differing, one.restated) == (valued, 0, 0) and valued > 1
    assert figure(world.university, "recomputable-figures-share") == (valued, valued, "value")
    assert figure(world.university, "restated-figures-share") == (0, valued, "value")
    work(world, "Found in a drawer")
    recompute(world.university, TODAY)
    one.refresh_from_db()
    assert 0 < one.differing <= valued
    assert figure(world.university, "recomputable-figures-share") == (valued - one.differing, valued, "value")
    office.post(PAGE, {"reason": "A list of March was found in a drawer."})
    two = Closing.objects.get(number=2)
    assert two.restated > 0 and two.differing == 0
    assert figure(world.university, "recomputable-figures-share") == (two.figures, two.figures, "value")  # the correction is judged
    assert figure(world.university, "restated-figures-share") == (two.restated, valued, "value")


def test_the_keeper_knows_how_many_of_those_that_it_asks_handed_in_signed_figures(world, ministry, tmp_path):  # noqa: F811
    assert figure(ministry, "universities-reporting-share", "2025-26") == (None, 3, "missing")
    send(client_of(world, "office"), package(world, tmp_path, [share(400)]))
    assert figure(ministry, "universities-reporting-share", "2025-26") == (1, 3, "value")
    assert figure(ministry, "universities-reporting-share", "2024-25") == (None, 3, "missing")  # asked since then
    assert figure(ministry, "universities-reporting-share", "2026-27") == (None, None, "missing")  # not over: owed by nobody
    assert figure(world.university, "universities-reporting-share", "2025-26") == (None, None, "missing")


def test_a_public_body_marks_a_need_as_urgent_and_a_joint_plan_is_counted(world):
    need = make_need(world)
    client = client_of(world, "akimat")
    assert "Urgent for the region?" in client.get(need.get_absolute_url()).content.decode()
    assert "Urgent for the region?" not in client_of(world, "office").get(need.get_absolute_url()).content.decode()
    refused = client.post(need.get_absolute_url(), {"do": "urgent", "party": world.akimat.pk, "words": ""})
    assert "Say why it is urgent" in refused.content.decode() and Need.objects.get().urgent_on is None
    client.post(need.get_absolute_url(), {"do": "urgent", "party": world.akimat.pk, "words": "Snow comes in a week."})
    page = Client().get(need.get_absolute_url()).content.decode()
    assert "The Akimat says so since" in page and "Snow comes in a week." in page
    assert "urgent" in Client().get("/en/needs/?urgent=yes").content.decode() and needs_for(world.office, urgent=True).count() == 1
    assert figure(world.university, "urgent-problems-with-plan-share") == (0, 1, "value")
    make_measure(world, answers=need)
    assert figure(world.university, "urgent-problems-with-plan-share") == (0, 1, "value")  # the university alone is no joint plan
    owed = ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="accepted", words=text("We bring the sand."), on=TODAY)
    assert figure(world.university, "urgent-problems-with-plan-share") == (1, 1, "value")
    client.post(need.get_absolute_url(), {"do": "calm"})
    assert Need.objects.get().urgent_for is None and figure(world.university, "urgent-problems-with-plan-share")[2] == "missing"


def test_nobody_else_says_what_is_urgent(world):
    need = make_need(world)
    with pytest.raises(BadInput):  # a club is no public body
        mark_urgent(by=world.actor("partner"), need=need, party=world.partner, words=text("Now"), on=TODAY)
    with pytest.raises(NotAllowed):  # nor does the office speak for the akimat
        mark_urgent(by=world.office, need=need, party=world.akimat, words=text("Now"), on=TODAY)
    hidden = make_need(world, public=False)
    with pytest.raises(BadInput):
        mark_urgent(by=world.actor("akimat"), need=hidden, party=world.akimat, words=text("Now"), on=TODAY)
    need = mark_urgent(by=world.actor("akimat"), need=need, party=world.akimat, words=text("Now"), on=TODAY)
    with pytest.raises(NotAllowed):
        take_back_urgent(by=world.office, need=need)


def test_voices_say_where_they_speak_from_and_only_numbers_are_told(world):
    talk = make_conversation(world)
    for number, whence in enumerate(("outside", "outside", "staff", "")):
        speaker = Speaker(mark=f"guest-{number}")
        cast_votes(by=world.office, conversation=talk, speaker=speaker, votes=[Cast(1, 1)], day=TODAY)
        say_whence(by=world.office, conversation=talk, speaker=speaker, whence=whence)
    with pytest.raises(BadInput):
        say_whence(by=world.office, conversation=talk, speaker=speaker, whence="the moon")
    close_conversation(by=world.office, conversation=talk, on=TODAY)
    assert figure(world.university, "dialogue-outside-voices-share") == (2, 3, "value")
    talk.refresh_from_db()
    with pytest.raises(WrongState):
        say_whence(by=world.office, conversation=talk, speaker=speaker, whence="staff")


def test_a_guest_says_it_on_the_page_after_the_first_vote_and_takes_it_back(world):
    talk, client = make_conversation(world), Client()
    mine = f"/en/conversations/{talk.slug}/mine/"
    assert "Where do you speak from?" not in client.get(mine).content.decode()
    early = client.post(mine, {"whence": "outside"}, follow=True).content.decode()
    assert "Vote on one statement first" in early
    client.post(f"/en/conversations/{talk.slug}/vote/", {"number": "1", "value": "1"})
    assert "Where do you speak from?" in client.get(mine).content.decode()
    client.post(mine, {"whence": "outside"})
    assert Voice.objects.get().whence == "outside"
    assert 'value="outside" checked' in client.get(mine).content.decode()
    client.post(mine, {"whence": ""})
    assert Voice.objects.get().whence == ""
