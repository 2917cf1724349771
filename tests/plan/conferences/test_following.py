"""What becomes of a resolution: rounds each half year, addressees beside each other, carrying on, letters to all, places and badges, papers."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.test import Client
from docx import Document
from tests.cast import SYSTEM, TODAY, make_dispatch, make_resolution, make_student, text, write_directly
from tests.web.test_matrix import signed_in

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.jobs.queue import run_waiting
from tertia.core.messages.models import Message
from tertia.core.parties.actions import found_organisation
from tertia.core.periods import clock
from tertia.core.records.models import Link, OwedAnswer
from tertia.plan.conferences.actions import (
    add_session,
    amend,
    announce_conference,
    answer_follow_up,
    answer_recommendations,
    ask_follow_up,
    carry_on,
    draft_resolution,
    expand_addressee,
    open_vote,
    propose,
    register_participant,
    send_resolution,
    send_to_all,
    set_places,
    vote,
    withdraw_registration,
)
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.conferences.actions.following import Said
from tertia.plan.conferences.comparing import compare
from tertia.plan.conferences.models import Dispatch, Progress, Recommendation, Registration
from tertia.plan.conferences.queries import carriable
from tertia.plan.conferences.rounds import follow_up

pytestmark = pytest.mark.django_db
SENT = dt.date(2026, 2, 2)


@pytest.fixture
def dispatch(world):
    """A resolution of three recommendations, sent in February: the akimat accepted the first two and declined the third."""
    with clock.at(SENT, 10):
        resolution = make_resolution(world, 3)
        made = make_dispatch(world, resolution, on=SENT)
    answers = [
        Answer(r.pk, state, "Yes, for the city")
        for r, state in zip(resolution.recommendations.order_by("position"), ("accepted", "partly", "declined"), strict=True)
    ]
    with clock.at(SENT + dt.timedelta(days=12), 10):
        answer_recommendations(by=Actor.holding(made.link), dispatch=made, answers=answers, on=clock.today())
    return Dispatch.objects.select_related("addressee__resolution", "body", "link").get(pk=made.pk)


def resolution_of(dispatch):
    return dispatch.addressee.resolution


def test_after_half_a_year_those_who_accepted_are_asked_once(world, dispatch):
    with clock.at(SENT + dt.timedelta(days=181), 10):
        assert follow_up() == 0
    with clock.at(SENT + dt.timedelta(days=182), 10):
        assert (follow_up(), follow_up()) == (1, 0)
    letter = Message.objects.get(key__startswith="follow-up:")
    assert (
        letter.to == "akimat@example.org"
        and "thing number 1" in letter.body
        and "thing number 3" not in letter.body
        and "/p/" in letter.body
    )
    assert Progress.objects.count() == 2, "what was declined is not asked about"
    with clock.at(SENT + dt.timedelta(days=365), 10):
        assert follow_up() == 1, "and again half a year later"
    assert resolution_of(dispatch).follow_ups.count() == 2


def test_a_body_says_how_far_it_is_by_its_link(world, dispatch):
    with clock.at(TODAY, 10):
        ask_follow_up(by=world.office, resolution=resolution_of(dispatch), on=TODAY)
        dispatch.refresh_from_db()
        guest = Client()
        here = f"/en/p/{dispatch.link.token}/"
        first, second = (p.owed.record_id for p in Progress.objects.order_by("owed__record_id"))
        page = guest.post(here, {"do": "progress", f"progress-{first}": "underway"})
        assert page.status_code == 400 and "say in a sentence" in page.content.decode()
        page = guest.post(
            here,
            {"do": "progress", f"progress-{first}": "done", f"said-{first}": "The bus runs until one", f"progress-{second}": "not-begun"},
            follow=True,
        )
        assert "What you said is on record" in page.content.decode() and "You have said it of all" in page.content.decode()
    states = {p.owed.record_id: p.state for p in Progress.objects.all()}
    assert states == {first: "done", second: "not-begun"}
    owed = OwedAnswer.objects.get(record=first)
    assert (owed.state, owed.answered_on) == ("done", TODAY) and "until one" in str(owed.words)
    assert OwedAnswer.objects.get(record=second).state == "partly"
    page = signed_in(world, "office").get(f"/en/resolutions/{resolution_of(dispatch).slug}/follow-up/").content.decode()
    assert "2 of 2 answered" in page and "The bus runs until one" in page
    assert signed_in(world, "citizen").get(f"/en/resolutions/{resolution_of(dispatch).slug}/follow-up/").status_code == 403


def test_a_round_has_somebody_to_ask_and_a_month_between(world, dispatch):
    resolution = resolution_of(dispatch)
    with clock.at(TODAY, 10):
        ask_follow_up(by=world.office, resolution=resolution, on=TODAY)
        with pytest.raises(BadInput, match="month"):
            ask_follow_up(by=world.office, resolution=resolution, on=TODAY)
        with pytest.raises(NotAllowed):
            ask_follow_up(by=world.editor, resolution=resolution, on=TODAY)
        third = resolution.recommendations.get(number="3")
        for wrong in ([], [Said(third.pk, "done", "x")], [Said(resolution.recommendations.get(number="1").pk, "flown", "x")]):
            with pytest.raises(BadInput):
                answer_follow_up(by=Actor.holding(dispatch.link), dispatch=dispatch, said=wrong, on=TODAY)
        with pytest.raises(NotAllowed):
            answer_follow_up(by=world.citizen, dispatch=dispatch, said=[Said(third.pk, "done", "x")], on=TODAY)
    empty = make_resolution(world, 1, slug="empty")
    with pytest.raises(BadInput, match="nobody to ask"):
        ask_follow_up(by=world.office, resolution=empty, on=TODAY)


def test_addressees_stand_beside_each_other(world, dispatch):
    silent = found_organisation(by=SYSTEM, slug="silent", kind="ministry", name=text("The Silent Ministry"), letter_language="en")
    resolution = resolution_of(dispatch)
    with clock.at(SENT, 10):
        made = expand_addressee(by=world.office, addressee=dispatch.addressee, bodies=[silent])[0]
        send_resolution(by=world.office, dispatch=made, on=SENT)
    first, second = compare([resolution], TODAY)
    assert (first.party, first.answered, first.asked, first.middle) == (silent, 0, 3, None) and first.silence == (TODAY - SENT).days
    assert (second.answered, second.accepted, second.declined, second.done, second.middle, second.share) == (3, 2, 1, 0, 12, 100)
    page = Client().get("/en/resolutions/addressees/").content.decode()
    assert "The Silent Ministry" in page and page.index("The Silent Ministry") < page.index("The Akimat")
    rows = Client().get(f"/en/resolutions/addressees.csv?resolution={resolution.slug}").content.decode().splitlines()
    assert rows[1].startswith("silent,The Silent Ministry,3,0,0,0,0,,") and rows[2].startswith("akimat,The Akimat,3,3,2,1,0,12")


def test_what_nobody_carried_out_goes_into_the_next_draft_once(world, dispatch):
    old = resolution_of(dispatch)
    first, second, _third = old.recommendations.order_by("position")
    with clock.at(TODAY, 10):
        answer_recommendations(by=Actor.holding(dispatch.link), dispatch=dispatch, answers=[Answer(first.pk, "done", "It runs")], on=TODAY)
        conference = announce_conference(
            by=world.office, owner=world.university, title=text("Next year"), starts_on=TODAY, ends_on=TODAY, visibility="public"
        )
        draft = draft_resolution(by=world.office, conference=conference, title=text("The next one"))
        assert first not in carriable(draft) and second in carriable(draft)
        client = signed_in(world, "office")
        page = client.get(draft.get_absolute_url()).content.decode()
        assert "Nobody has carried these out" in page
        client.post(draft.get_absolute_url(), {"do": "carry", "which": [second.pk]})
        new = draft.recommendations.get()
        assert (
            new.title == second.title
            and new.group_lead_in == second.group_lead_in
            and Link.objects.filter(relation="continues", lower=new, upper=second).exists()
        )
        assert carry_on(by=world.office, resolution=draft, recommendations=[second]) == [] and second not in carriable(draft)
        for wrong in ([], [new]):
            with pytest.raises(BadInput):
                carry_on(by=world.office, resolution=draft, recommendations=wrong)
        with pytest.raises(NotAllowed):
            carry_on(by=world.editor, resolution=draft, recommendations=[second])
        assert "continued by" in client.get(Recommendation.objects.get(pk=second.pk).get_absolute_url()).content.decode().lower()
        open_vote(by=world.office, resolution=draft)
        with pytest.raises(WrongState):
            carry_on(by=world.office, resolution=draft, recommendations=[first])


def test_letters_to_all_go_once_and_in_each_body_s_language(world, dispatch):
    resolution, addressee = resolution_of(dispatch), dispatch.addressee
    bodies = [
        found_organisation(by=SYSTEM, slug=f"body{n}", kind="ministry", name=text(f"Body {n}"), email=f"b{n}@example.org", letter_language=("kk", "ru", "en")[n % 3])
        for n in range(6)
    ]  # fmt: skip
    expand_addressee(by=world.office, addressee=addressee, bodies=bodies)
    client = signed_in(world, "office")
    assert "6 bodies that have no letter" in client.get(f"/en/resolutions/{resolution.slug}/letters/").content.decode()
    client.post(f"/en/resolutions/{resolution.slug}/letters/", {"do": "send-all"})
    send_to_all(by=world.office, resolution=resolution, on=TODAY)
    run_waiting()
    letters = {m.to: m for m in Message.objects.filter(key__startswith="dispatch:", to__startswith="b")}
    assert len(letters) == 6 and Dispatch.objects.filter(addressee=addressee, sent_on=None).count() == 0
    assert "Резолюция" in letters["b1@example.org"].subject and "қарар" in letters["b0@example.org"].subject.lower()
    with pytest.raises(NotAllowed):
        send_to_all(by=world.editor, resolution=resolution, on=TODAY)


@pytest.fixture
def full(world):
    """A conference with two places, and three who want to come."""
    conference = announce_conference(
        by=world.office, owner=world.university, title=text("The city"), starts_on=TODAY + dt.timedelta(days=9), ends_on=TODAY + dt.timedelta(days=9),
        visibility="public", registration_open=True, places=2,
    )  # fmt: skip
    people = [make_student(world, n) for n in (1, 2, 3)]
    for n, person in enumerate(people):
        person.email = f"p{n}@example.org"
        write_directly(person)
    return conference, [register_participant(by=world.office, conference=conference, person=p) for p in people]


def test_whoever_comes_too_late_waits_and_is_let_in(world, full):
    conference, rows = full
    assert [r.waiting for r in rows] == [False, False, True]
    withdraw_registration(by=Actor.of(rows[0].person, TODAY), registration=rows[0])
    rows[2].refresh_from_db()
    assert not rows[2].waiting and "Сізге орын бар" in Message.objects.get(to="p2@example.org").subject
    with pytest.raises(NotAllowed):
        withdraw_registration(by=world.citizen, registration=rows[1])
    register_participant(by=world.office, conference=conference, person=make_student(world, 4))
    assert Registration.objects.get(person__key="S00004").waiting
    set_places(by=world.office, conference=conference, places=3)
    assert not Registration.objects.get(person__key="S00004").waiting
    set_places(by=world.office, conference=conference, places=1)
    assert Registration.objects.filter(waiting=True).count() == 0, "fewer places send nobody home"
    with pytest.raises(BadInput):
        set_places(by=world.office, conference=conference, places=0)


def test_whoever_waits_does_not_vote_and_nobody_leaves_during_a_vote(world, full):
    conference, rows = full
    draft = draft_resolution(by=world.office, conference=conference, title=text("The next one"))
    carry_on(by=world.office, resolution=draft, recommendations=[make_resolution(world, 1).recommendations.get()])
    open_vote(by=world.office, resolution=draft)
    with pytest.raises(BadInput, match="registered voters"):
        vote(by=Actor.of(rows[2].person, TODAY), resolution=draft, choice="for")
    with pytest.raises(WrongState):
        withdraw_registration(by=Actor.of(rows[0].person, TODAY), registration=rows[0])


def test_participants_and_badges_are_the_office_s(world, full):
    conference, _rows = full
    client = signed_in(world, "office")
    here = f"/en/conferences/{conference.slug}/participants/"
    page = client.get(here).content.decode()
    assert "2 people come" in page and "1 waits for a place" in page
    client.post(here, {"do": "places", "places": "3"})
    client.post(here, {"do": "withdraw", "which": Registration.objects.filter(waiting=False).first().pk})
    assert Registration.objects.count() == 2
    assert client.get(f"/en/conferences/{conference.slug}/badges.pdf").content[:5] == b"%PDF-"
    stranger = signed_in(world, "citizen")
    assert [stranger.get(a).status_code for a in (here, f"/en/conferences/{conference.slug}/badges.pdf")] == [404, 404]
    page = stranger.get(conference.get_absolute_url()).content.decode()
    assert "Register" in page
    stranger.post(conference.get_absolute_url(), {"do": "register"})
    assert "You are registered" in stranger.get(conference.get_absolute_url()).content.decode()
    stranger.post(conference.get_absolute_url(), {"do": "withdraw"})
    assert not Registration.objects.filter(person=world.people["citizen"]).exists()


def test_a_resolution_is_given_as_docx_and_pdf_in_the_languages_in_which_it_is_whole(world, dispatch):
    resolution = resolution_of(dispatch)
    docx = Client().get(f"/en/resolutions/{resolution.slug}/en.docx")
    words = [p.text for p in Document(io.BytesIO(docx.content)).paragraphs]
    assert (
        "It is recommended to the bodies:" in words and "1. to do thing number 1;" in words and any(resolution.sha256 in w for w in words)
    )
    assert Client().get(f"/en/resolutions/{resolution.slug}/en.pdf").content[:5] == b"%PDF-"
    assert [Client().get(f"/en/resolutions/{resolution.slug}/{w}").status_code for w in ("kk.docx", "en.odt")] == [404, 404]


def test_a_phone_is_told_what_was_written_meanwhile(world, full):
    conference, rows = full
    start = dt.datetime.combine(conference.starts_on, dt.time(9), tzinfo=dt.UTC)
    session = add_session(
        by=world.office, conference=conference, kind="section", title=text("Study"), starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )
    first = propose(by=Actor.of(rows[0].person, TODAY), session=session, text=text("to ask first;"))
    page = Client().get(f"/en/sections/{session.pk}/").content.decode()
    news = re.search(r'hx-get="([^"]+)"', page)[1]
    assert "meanwhile" not in Client().get(news).content.decode()
    for n in range(1, 8):
        amend(by=Actor.of(rows[1].person, TODAY), proposal=first, text=text(f"to ask first, {n};"), version=n)
    assert "7 new texts" in Client().get(news).content.decode()
    page = Client().get(f"/en/sections/{session.pk}/").content.decode()
    assert "All 8 versions" in page and "What version 3 changed" not in page and "What version 8 changed" in page
    assert "What version 2 changed" in Client().get(f"/en/sections/{session.pk}/?whole={first.pk}").content.decode()
    with pytest.raises(BadInput, match="Register"):
        propose(by=Actor.of(rows[2].person, TODAY), session=session, text=text("whoever waits does not work here"))
