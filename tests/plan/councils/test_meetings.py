"""Councils and their meetings: seats, calls, deputies, quorum, votes, decisions that come back, minutes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone
from icalendar import Calendar
from tests.cast import SYSTEM, TODAY, make_need, text
from tests.plan.councils.making import BEGAN, holding, invited, make_council, make_meeting, make_sitting

from tertia.core.access.models import Pass
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.records.models import OwedAnswer
from tertia.plan.councils.actions import (
    add_item,
    add_seat,
    answer_invitation,
    answer_suggestion,
    approve_minutes,
    arrive,
    ask_to_speak,
    begin_item,
    call_meeting,
    call_off,
    change_item,
    close_meeting,
    close_seat,
    close_vote,
    correct_minutes,
    count_by_hand,
    decide,
    declare_interest,
    declare_interest_here,
    dissolve,
    drop_item,
    drop_vote,
    end_item,
    end_tenure,
    fill_seat,
    give_floor,
    invite_guest,
    leave,
    move_item,
    move_meeting,
    name_deputy,
    note,
    open_meeting,
    open_vote,
    plan_meeting,
    remind_invited,
    report_done,
    review_decision,
    send_extracts,
    set_order,
    suggest,
    vote,
    vote_secretly,
)
from tertia.plan.councils.minutes import extract_blocks, from_stored
from tertia.plan.councils.models import Cast, Decision, Motion, SecretBallot, Suggestion, Voice
from tertia.plan.councils.queries import decisions_for, meetings_for, order_on, outside_effect, seats_of, shortages
from tertia.plan.councils.record_of import meeting_facts

pytestmark = pytest.mark.django_db


def later(days):
    return TODAY + dt.timedelta(days=days)


def test_an_empty_employer_seat_is_told_and_two_never_hold_one_seat(world):
    council = make_council(world, filled=False)
    rows = seats_of(council, TODAY)
    assert [r.seat.sector for r in rows if r.empty] == ["employer"]
    short = shortages(seats_of(council, TODAY), order_on(council, TODAY), TODAY)
    assert [(m.sector, m.short) for m in short] == [("employer", 1)]
    seat = next(r.seat for r in rows if r.empty)
    with pytest.raises(BadInput, match="for which organisation"):
        fill_seat(by=world.office, seat=seat, name="Nobody's man", starts_on=TODAY)
    first = fill_seat(by=world.office, seat=seat, name="First", starts_on=TODAY, ends_on=later(30), organisation=world.partner)
    with pytest.raises(BadInput, match="First holds this seat"):
        fill_seat(by=world.office, seat=seat, name="Second", starts_on=later(30), organisation=world.partner)
    fill_seat(by=world.office, seat=seat, name="Second", starts_on=later(31), organisation=world.partner)
    assert shortages(seats_of(council, TODAY), order_on(council, TODAY), TODAY) == []
    with pytest.raises(BadInput, match="last day is before"):
        end_tenure(by=world.office, tenure=first, on=later(-1))
    with pytest.raises(NotAllowed):
        add_seat(by=world.member, council=council, sector="ngo", title=text("x"))
    with pytest.raises(NotAllowed):
        add_seat(by=world.other_office, council=council, sector="ngo", title=text("x"))


def test_an_order_in_force_on_the_day_rules_and_a_wrong_one_is_refused(world):
    council = make_council(world)
    set_order(
        by=world.office,
        council=council,
        valid_from=later(10),
        source="Decision of the senate, 4 December 2026",
        quorum="2/3",
        quorum_strict=False,
        majority="2/3",
    )
    assert order_on(council, TODAY).quorum == "1/2" and order_on(council, later(10)).quorum == "2/3"
    with pytest.raises(BadInput) as refused:
        set_order(
            by=world.office,
            council=council,
            valid_from=TODAY,
            source="",
            quorum="3/2",
            quorum_strict=True,
            majority="0/0",
            composition={"employer": [3, 1]},
        )
    assert {f.where for f in refused.value.faults} == {"quorum", "majority", "source", "composition"}


def test_the_call_brings_letters_with_agenda_link_and_calendar_entry(world):
    council = make_council(world)
    meeting = make_meeting(world, council, called=False)
    with pytest.raises(BadInput, match="agenda is empty"):
        call_meeting(by=world.office, meeting=make_meeting(world, council, called=False, items=0, hour=9))
    call_meeting(by=world.office, meeting=meeting)
    letter = Message.objects.get(to="member-employer@example.invalid")
    assert "Outcomes of the programme" in letter.body and "/pass/" in letter.body.replace("/p/", "/pass/")
    entry = Calendar.from_ical(letter.calendar)
    event = entry.walk("VEVENT")[0]
    assert entry["METHOD"] == "REQUEST" and event["SEQUENCE"] == 0 and "member-employer" in str(event["ATTENDEE"])
    assert event["ATTENDEE"].params["RSVP"] == "TRUE" and str(event["ORGANIZER"]).startswith("mailto:")
    assert event["DTSTART"].dt == meeting.starts_at
    moved = move_meeting(
        by=world.office,
        meeting=meeting,
        starts_at=meeting.starts_at + dt.timedelta(days=1),
        ends_at=meeting.ends_at + dt.timedelta(days=1),
        online="https://meet.example.invalid/1",
    )
    update = Calendar.from_ical(Message.objects.filter(to="member-employer@example.invalid").latest("pk").calendar)
    assert update.walk("VEVENT")[0]["UID"] == event["UID"] and update.walk("VEVENT")[0]["SEQUENCE"] == 1
    call_off(by=world.office, meeting=moved, reason="The chair is ill")
    last = Message.objects.filter(to="member-employer@example.invalid").latest("pk")
    off = Calendar.from_ical(last.calendar)
    assert off["METHOD"] == "CANCEL" and off.walk("VEVENT")[0]["STATUS"] == "CANCELLED" and off.walk("VEVENT")[0]["SEQUENCE"] == 2
    assert "The chair is ill" in last.body


def test_a_room_at_two_meetings_is_told_and_may_be_meant(world):
    council = make_council(world)
    make_meeting(world, council, where="Зал № 1")
    with pytest.raises(BadInput, match="another meeting sits"):
        make_meeting(world, council, where="зал №1", hour=16)
    start = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(16)))
    plan_meeting(by=world.office, council=council, starts_at=start, ends_at=start + dt.timedelta(hours=1), where="Зал № 1", anyway=True)
    make_meeting(world, council, where="Зал № 1", hour=18)
    with pytest.raises(BadInput, match="ends before"):
        plan_meeting(by=world.office, council=council, starts_at=start, ends_at=start, where="x")
    with pytest.raises(BadInput, match="Say where"):
        plan_meeting(by=world.office, council=council, starts_at=start, ends_at=start + dt.timedelta(hours=1))


def test_a_deputy_stands_for_one_seat_and_gets_a_link_of_the_own(world):
    meeting = make_meeting(world, make_council(world))
    employer, local, student = (invited(meeting, k) for k in ("employer", "local", "student"))
    answer_invitation(
        by=holding(employer), invitation=employer, answer="deputy", deputy_name="The engineer", deputy_email="engineer@example.invalid"
    )
    assert Message.objects.filter(to="engineer@example.invalid").count() == 1
    with pytest.raises(BadInput, match="comes in place of The employer already"):
        answer_invitation(
            by=holding(local), invitation=local, answer="deputy", deputy_name="The engineer", deputy_email="Engineer@example.invalid"
        )
    with pytest.raises(BadInput, match="sits on this council"):
        answer_invitation(by=holding(local), invitation=local, answer="deputy", deputy_name="The student", deputy_email=student.email)
    with pytest.raises(BadInput, match="why you cannot come"):
        answer_invitation(by=holding(local), invitation=local, answer="declined")
    with pytest.raises(NotAllowed):
        answer_invitation(by=holding(local), invitation=employer, answer="accepted")
    deputy = holding(employer)
    assert deputy.holds.sent_to == "engineer@example.invalid"
    own = Pass.objects.filter(subject_id=employer.pk, purpose="councils.seat").earliest("pk")
    from tertia.core.actions.actor import Actor

    answer_invitation(by=Actor.holding(own), invitation=employer, answer="accepted")
    deputy.holds.refresh_from_db()
    assert deputy.holds.refusal == "revoked", "the deputy's link opens nothing any more"
    guest = invite_guest(by=world.office, meeting=meeting, name="A guest", sector="ngo", email="guest@example.invalid")
    with pytest.raises(BadInput, match="A guest sends no deputy"):
        answer_invitation(by=holding(guest), invitation=guest, answer="deputy", deputy_name="B", deputy_email="b@example.invalid")


def test_quorum_is_lost_and_regained_and_nobody_votes_after_leaving(world):
    meeting = make_sitting(world, make_council(world), there=("chair", "secretary", "employer"))
    item = begin_item(by=world.office, item=meeting.items.get())
    motion = open_vote(by=world.office, item=item, text=text("To add an outcome"))
    employer, local = invited(meeting, "employer"), invited(meeting, "local")
    vote(by=holding(employer), motion=motion, invitation=employer, choice="for")
    leave(by=holding(employer), invitation=employer)
    with pytest.raises(BadInput, match="not noted as present"):
        vote(by=holding(employer), motion=motion, invitation=employer, choice="against")
    closed = close_vote(by=world.office, motion=motion)
    assert (closed.outcome, closed.present, closed.needed, closed.votes_for) == ("no-quorum", 2, 3, 1)
    arrive(by=holding(local), invitation=local, mode="afar", how="link")
    again = open_vote(by=world.office, item=item, text=text("To add an outcome"))
    vote(by=holding(local), motion=again, invitation=local, choice="for")
    vote(by=world.leader, motion=again, invitation=invited(meeting, "chair"), choice="against")
    vote(by=world.leader, motion=again, invitation=invited(meeting, "chair"), choice="for")
    assert Voice.objects.filter(motion=again).count() == 2, "a vote that is changed is one vote"
    closed = close_vote(by=world.office, motion=again)
    assert (closed.outcome, closed.votes_for, closed.votes_against) == ("carried", 2, 0)
    with pytest.raises(WrongState):
        vote(by=holding(local), motion=again, invitation=local, choice="against")


def test_a_secret_vote_is_cast_once_and_says_nothing_of_its_voter(world):
    from tertia.core.actions.models import Event

    meeting = make_sitting(world, make_council(world))
    motion = open_vote(by=world.office, item=meeting.items.get(), text=text("The new chair"), form="secret")
    employer, local = invited(meeting, "employer"), invited(meeting, "local")
    vote_secretly(by=holding(employer), motion=motion, invitation=employer, choice="against")
    with pytest.raises(WrongState):
        vote_secretly(by=holding(employer), motion=motion, invitation=employer, choice="for")
    with pytest.raises(BadInput, match="secret"):
        vote(by=holding(local), motion=motion, invitation=local, choice="for")
    vote_secretly(by=holding(local), motion=motion, invitation=local, choice="for")
    event = Event.objects.filter(action="councils.vote_secretly").latest("pk")
    assert (event.person_id, event.pass_used_id, event.changes, event.actor) == (None, None, [], "")
    assert Cast.objects.filter(motion=motion).count() == SecretBallot.objects.filter(motion=motion).count() == 2
    assert {f.name for f in SecretBallot._meta.get_fields()} == {"id", "motion", "choice"}
    with pytest.raises(BadInput, match="6 votes would be cast"):
        count_by_hand(by=world.office, motion=motion, votes_for=4, against=0, abstained=0)
    count_by_hand(by=world.office, motion=motion, votes_for=2, against=0, abstained=1)
    closed = close_vote(by=world.office, motion=motion)
    assert (closed.votes_for, closed.votes_against, closed.votes_abstained, closed.outcome) == (3, 1, 1, "carried")
    assert all(not voices for voices in [m.voices for i in meeting_facts(meeting).items for m in i.motions])


def test_whoever_has_an_interest_neither_votes_nor_counts(world):
    meeting = make_sitting(world, make_council(world), there=("chair", "secretary", "employer"))
    item = meeting.items.get()
    employer = invited(meeting, "employer")
    declare_interest_here(by=holding(employer), invitation=employer, item=item, words="My firm would get the contract", on=TODAY)
    motion = open_vote(by=world.office, item=item, text=text("To buy from the firm"))
    with pytest.raises(BadInput, match="declared an interest"):
        vote(by=holding(employer), motion=motion, invitation=employer, choice="for")
    vote(by=world.leader, motion=motion, invitation=invited(meeting, "chair"), choice="for")
    closed = close_vote(by=world.office, motion=motion)
    assert (closed.seats, closed.present, closed.needed, closed.outcome) == (4, 2, 3, "no-quorum")
    assert meeting_facts(meeting).items[0].motions[0].interested == ("The employer",)
    with pytest.raises(BadInput, match="in what the interest lies"):
        declare_interest(by=world.office, tenure=employer.tenure, words=" ", on=TODAY)


def test_a_tie_and_an_empty_rule_of_quorum_have_clear_outcomes(world):
    council = make_council(world)
    set_order(
        by=world.office,
        council=council,
        valid_from=BEGAN,
        source="Charter",
        quorum="",
        quorum_strict=True,
        majority="1/2",
        casting_vote=True,
    )
    meeting = make_sitting(world, council, there=("chair", "employer"))
    motion = open_vote(by=world.office, item=meeting.items.get(), text=text("To meet on Saturdays"), form="roll-call")
    vote(by=world.leader, motion=motion, invitation=invited(meeting, "chair"), choice="against")
    vote(by=world.office, motion=motion, invitation=invited(meeting, "employer"), choice="for")
    closed = close_vote(by=world.office, motion=motion)
    assert (closed.outcome, closed.by_casting_vote, closed.needed) == ("lost", True, None)
    dropped = drop_vote(by=world.office, motion=open_vote(by=world.office, item=meeting.items.get(), text=text("Again")))
    assert dropped.outcome == "dropped"


def test_a_decision_needs_somebody_a_date_and_a_proof_and_comes_back_until_it_is_done(world):
    council = make_council(world)
    meeting = make_sitting(world, council)
    item = meeting.items.get()
    with pytest.raises(BadInput) as refused:
        decide(by=world.office, item=item, text=text("To improve things"))
    assert {f.where for f in refused.value.faults} == {"responsible", "due_on", "proof"}
    lost = open_vote(by=world.office, item=item, text=text("No"))
    close_vote(by=world.office, motion=lost)
    with pytest.raises(BadInput, match="did not carry"):
        decide(by=world.office, item=item, text=text("It"), motion=Motion.objects.get(pk=lost.pk), at_once=True)
    made = decide(
        by=world.office,
        item=item,
        text=text("To rewrite outcome 3"),
        responsible=world.people["editor"],
        due_on=later(30),
        proof=text("The new outcome is in the register"),
    )
    asked = decide(
        by=world.office, item=item, text=text("To take ten students"), body=world.partner, due_on=later(40), proof=text("A list of names")
    )
    done = decide(by=world.office, item=item, text=text("The report is approved"), at_once=True)
    assert (made.number, asked.number, done.number) == ("1.1", "1.1.2", "1.1.3") and done.state == "done"
    assert OwedAnswer.objects.get(record=asked).party == world.partner, "a body outside owes an answer"
    close_meeting(by=world.office, meeting=meeting)
    assert send_extracts(by=world.office, meeting=meeting) >= 1 and send_extracts(by=world.office, meeting=meeting) >= 0
    following = make_meeting(world, council, on=later(35), called=False)
    due = following.items.get(kind="due")
    assert {r.decision.number for r in due.reviews.all()} == {"1.1", "1.1.2"} and following.items.get(
        kind="minutes"
    ).of_meeting_id == meeting.pk
    call_meeting(by=world.office, meeting=following)
    open_meeting(by=world.office, meeting=following, chair_name="The chair")
    first = due.reviews.get(decision=made)
    with pytest.raises(BadInput) as refused:
        review_decision(by=world.office, review=first, outcome="extended", words=Text({}))
    assert {f.where for f in refused.value.faults} == {"due_on", "words"}
    review_decision(by=world.office, review=first, outcome="extended", words=text("The register was closed"), due_on=later(60))
    report_done(by=world.editor, decision=Decision.objects.get(pk=made.pk), words=text("It is in the register"), on=later(50))
    close_meeting(by=world.office, meeting=following)
    third = make_meeting(world, council, on=later(70), called=False)
    assert {r.decision.number for r in third.items.get(kind="due").reviews.all()} == {"1.1.2"}, "what is done comes back no more"
    review_decision_of = due.reviews.get(decision=made)
    assert review_decision_of.due_before == later(30) and Decision.objects.get(pk=made.pk).due_on == later(60)
    assert made in decisions_for(world.member) and asked in decisions_for(world.actor("partner"))


def test_what_is_suggested_gets_an_answer_with_a_reason(world):
    council, need = make_council(world), make_need(world)
    told = suggest(
        by=world.actor("partner"),
        council=council,
        title=text("Practice in the museum"),
        words=text("Ten weeks instead of four"),
        on=TODAY,
        sector="employer",
        organisation=world.partner,
        source=need,
    )
    silent = suggest(by=world.citizen, council=council, title=text("Longer opening"), words=text("Of the library"), on=TODAY)
    with pytest.raises(BadInput, match="Say why"):
        answer_suggestion(by=world.office, suggestion=silent, state="declined", answer=Text({}), on=TODAY)
    answer_suggestion(
        by=world.office, suggestion=silent, state="declined", answer=text("The library is no matter of this committee"), on=TODAY
    )
    with pytest.raises(BadInput, match="on no agenda"):
        answer_suggestion(by=world.office, suggestion=told, state="adopted", answer=text("Yes"), on=TODAY)
    meeting = make_meeting(world, council, called=False, items=0)
    item = add_item(by=world.office, meeting=meeting, title=Text({}), suggestion=told)
    assert str(item.title) == "Practice in the museum" and Suggestion.objects.get(pk=told.pk).state == "placed"
    with pytest.raises(BadInput, match="on an agenda already"):
        add_item(by=world.office, meeting=meeting, title=Text({}), suggestion=told)
    drop_item(by=world.office, item=item)
    item = add_item(by=world.office, meeting=meeting, title=Text({}), suggestion=told)
    call_meeting(by=world.office, meeting=meeting)
    open_meeting(by=world.office, meeting=meeting, chair_name="The chair")
    for key in ("chair", "secretary", "employer"):
        arrive(by=world.office, invitation=invited(meeting, key))
    decision = decide(by=world.office, item=item, text=text("Practice of ten weeks"), at_once=True, public=True)
    assert decision.links_up.filter(relation="decided-on", upper=need).exists(), "the need sees what was decided on it"
    answer_suggestion(by=world.office, suggestion=told, state="adopted", answer=text("From autumn on"), on=TODAY)
    close_meeting(by=world.office, meeting=meeting)
    effect = outside_effect(council, BEGAN, later(1))
    assert (effect.invited, effect.came, effect.suggested, effect.decided, effect.adopted) == (2, 1, 2, 1, 1)


def test_minutes_are_frozen_and_corrected_only_as_a_new_version(world):
    council = make_council(world)
    meeting = make_sitting(world, council)
    item = begin_item(by=world.office, item=meeting.items.get())
    speaker = ask_to_speak(by=holding(invited(meeting, "employer")), invitation=invited(meeting, "employer"), item=item)
    give_floor(by=world.office, speaker=speaker)
    give_floor(by=world.office, speaker=speaker, ends=True)
    note(by=world.office, item=item, heard=text("The employer asked for more practice."))
    motion = open_vote(by=world.office, item=item, text=text("More practice"))
    with pytest.raises(BadInput, match="vote on item 1 is open"):
        end_item(by=world.office, item=item)
    with pytest.raises(BadInput, match="vote on item 1 is open"):
        close_meeting(by=world.office, meeting=meeting)
    vote(by=world.leader, motion=motion, invitation=invited(meeting, "chair"), choice="for")
    close_vote(by=world.office, motion=motion)
    decide(
        by=world.office,
        item=item,
        text=text("More practice"),
        motion=Motion.objects.get(pk=motion.pk),
        responsible=world.people["editor"],
        due_on=later(20),
        proof=text("The plan"),
    )
    close_meeting(by=world.office, meeting=meeting)
    following = make_meeting(world, council, on=later(30))
    version = approve_minutes(by=world.office, meeting=meeting, on=later(30), approved_by="The chair", at=following)
    words = " ".join(str(vars(b)) for b in from_stored(version.body["en"]))
    assert "The employer asked for more practice." in words and "SPOKE: The employer" in words and "for 1, against 0" in words
    assert "хаттама" in str(version.body["kk"]).lower() and "протокол" in str(version.body["ru"]).lower()
    with pytest.raises(WrongState):
        note(by=world.office, item=item, heard=text("Something else"))
    with pytest.raises(BadInput, match="what is wrong"):
        correct_minutes(by=world.office, meeting=meeting, reason=" ")
    meeting = correct_minutes(by=world.office, meeting=meeting, reason="A name was misspelled")
    note(by=world.office, item=item, heard=text("The employer, Ms Akhmetova, asked for more practice."))
    second = approve_minutes(by=world.office, meeting=meeting, on=later(40), approved_by="The chair")
    version.refresh_from_db()
    assert "Akhmetova" not in str(version.body) and "Akhmetova" in str(second.body) and second.reason == "A name was misspelled"
    extract = extract_blocks(meeting_facts(meeting), "en", world.people["editor"].name)
    assert any("More practice" in str(vars(b)) for b in extract)


def test_only_those_concerned_see_a_meeting_and_a_closed_seat_ends_with_its_holder(world):
    council = make_council(world)
    meeting = make_meeting(world, council)
    assert (
        meeting in meetings_for(world.member)
        and meeting not in meetings_for(world.citizen)
        and meeting not in meetings_for(world.other_office)
    )
    seat = council.seats.get(sector="student")
    close_seat(by=world.office, seat=seat, on=TODAY)
    assert [r.seat.sector for r in seats_of(council, later(1))] == ["academic", "academic", "employer", "local"]
    tenure = council.seats.get(sector="local").tenures.get()
    name_deputy(by=world.office, tenure=tenure, name="The deputy", email="deputy@example.invalid")
    assert (
        remind_invited(by=world.office, meeting=meeting, on=TODAY) == 5 and remind_invited(by=world.office, meeting=meeting, on=TODAY) == 0
    )
    end_tenure(by=world.office, tenure=tenure, on=TODAY, why="moved")
    dissolve(by=world.office, council=council, on=later(2))
    assert all(r.empty for r in seats_of(council, later(3)))
    with pytest.raises(BadInput, match="dissolved"):
        make_meeting(world, council, on=later(9))


def test_the_agenda_keeps_its_order(world):
    meeting = make_meeting(world, make_council(world), items=3, called=False)
    rows = list(meeting.items.all())
    move_item(by=world.office, item=rows[2], up=True)
    move_item(by=world.office, item=rows[0], up=True)
    assert [i.pk for i in meeting.items.all()] == [rows[0].pk, rows[2].pk, rows[1].pk]
    drop_item(by=world.office, item=meeting.items.first())
    assert [i.position for i in meeting.items.all()] == [1, 2]
    change_item(by=world.office, item=meeting.items.first(), title=text("Another title"), words=Text({}), speaker="", minutes=5)
    assert str(meeting.items.first().title) == "Another title"


def test_the_database_itself_keeps_one_open_presence_and_one_vote_of_a_seat(world):
    from django.db import transaction

    from tertia.core.actions.action import action
    from tertia.core.actions.policies import system
    from tertia.plan.councils.models import Presence

    meeting = make_sitting(world, make_council(world))
    there = invited(meeting, "employer")

    @action(f"test.presence.{meeting.pk}", may=system)
    def twice(*, by):
        Presence(invitation=there, came_at=timezone.now()).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        twice(by=SYSTEM)


def test_an_erased_person_leaves_the_seat_without_a_name_and_the_votes_right(world):
    from tertia.core.parties.actions import erase_person
    from tertia.core.parties.erasure import held_about

    meeting = make_sitting(world, make_council(world))
    motion = open_vote(by=world.office, item=meeting.items.get(), text=text("To agree"))
    vote(by=world.leader, motion=motion, invitation=invited(meeting, "chair"), choice="for")
    chair = world.people["leader"]
    assert {"councils.tenure", "councils.invitation"} <= {h.model for h in held_about(chair)}, "one's own data tell of it"
    erase_person(by=SYSTEM, person=chair)
    assert invited(meeting, "chair").name == invited(meeting, "chair").tenure.name == "erased person"
    assert close_vote(by=world.office, motion=motion).votes_for == 1
