"""Working out, voting, adopting; sending, answering, reminding."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import SYSTEM, TODAY, make_dispatch, make_resolution, make_student, text

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NoQuorum, NotAllowed, NotCarried, PassRefused, WrongState
from tertia.core.actions.models import Event, EventPersonal
from tertia.core.messages.models import Message
from tertia.core.records.models import OwedAnswer
from tertia.plan.conferences.actions import (
    acknowledge_dispatch,
    add_session,
    adopt_resolution,
    amend,
    annex_minority_statement,
    announce_conference,
    answer_recommendations,
    draft_resolution,
    expand_addressee,
    gather,
    open_vote,
    propose,
    record_past_sending,
    register_participant,
    remind_addressee,
    revoke_link,
    send_resolution,
    take_stance,
    vote,
    write_recommendation_version,
)
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.conferences.actions.resolution import frozen_hash
from tertia.plan.conferences.actions.vote import carried, quorum_needed
from tertia.plan.conferences.models import Ballot
from tertia.plan.conferences.queries import difference, ledger, programme


@pytest.fixture
def conference(world):
    made = announce_conference(
        by=world.office,
        owner=world.university,
        title=text("The city"),
        starts_on=TODAY,
        ends_on=TODAY,
        registration_open=True,
        visibility="public",
    )
    start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    add_session(by=world.office, conference=made, kind="plenary", title=text("Plenary"), starts_at=start, ends_at=start + hour, room="1")
    for n in (1, 2, 3):
        add_session(
            by=world.office,
            conference=made,
            kind="section",
            title=text(f"Section {n}"),
            starts_at=start + hour,
            ends_at=start + 2 * hour,
            room=str(n),
        )
    return made


@pytest.fixture
def voters(world, conference):
    people = [make_student(world, n) for n in range(10)]
    for person in people:
        register_participant(by=world.office, conference=conference, person=person)
    return people


@pytest.fixture
def draft(world, conference, voters):
    section = conference.sessions.filter(kind="section").first()
    made = draft_resolution(by=world.office, conference=conference, title=text("Resolution"))
    proposals = [propose(by=world.office, session=section, text=text(f"to do {n};")) for n in (1, 2)]
    gather(by=world.office, resolution=made, proposals=proposals)
    return open_vote(by=world.office, resolution=made)


def cast(voters, draft, for_, against, abstain=0):
    for person, choice in zip(voters, ["for"] * for_ + ["against"] * against + ["abstain"] * abstain, strict=False):
        vote(by=Actor.of(person, TODAY), resolution=draft, choice=choice)


def test_parallel_sections_stand_in_one_block(conference):
    assert [[s.room for s in block.sessions] for block in programme(conference)] == [["1"], ["1", "2", "3"]]


def test_two_sessions_in_one_room_at_once_are_refused(world, conference):
    first = conference.sessions.first()
    with pytest.raises(BadInput):
        add_session(
            by=world.office,
            conference=conference,
            kind="section",
            title=text("X"),
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            room="1",
        )


@given(st.integers(0, 500), st.sampled_from([0.5, 0.25, 2 / 3]))
def test_quorum_is_the_smallest_number_above_the_share(voters, share):
    needed = quorum_needed(voters, share)
    assert needed > Decimal(str(share)) * voters >= needed - 1


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_tie_does_not_carry(for_, against):
    assert carried(for_, against, 0.5) == (for_ > against)


def test_without_quorum_nothing_is_adopted(world, voters, draft):
    cast(voters, draft, 5, 0)
    with pytest.raises(NoQuorum) as refused:
        adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    assert (refused.value.needed, refused.value.present) == (6, 5)
    draft.refresh_from_db()
    assert (draft.state, Ballot.objects.count()) == ("voting", 5)


def test_without_a_majority_nothing_is_adopted(world, voters, draft):
    cast(voters, draft, 3, 3, 2)
    with pytest.raises(NotCarried):
        adopt_resolution(by=world.office, resolution=draft, on=TODAY)


def test_an_adopted_resolution_is_numbered_hashed_and_frozen(world, voters, draft):
    cast(voters, draft, 6, 2, 1)
    adopted = adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    assert (adopted.votes_for, adopted.votes_against, adopted.votes_abstained, adopted.voters) == (6, 2, 1, 10)
    assert (adopted.number, adopted.sha256, adopted.state) == ("2026-1", frozen_hash(adopted), "adopted")
    with pytest.raises(WrongState):
        write_recommendation_version(by=world.office, recommendation=adopted.recommendations.first(), language="en", text="to do nothing;")
    with pytest.raises(WrongState):
        adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    with pytest.raises(WrongState):
        vote(by=Actor.of(voters[0], TODAY), resolution=draft, choice="against")


def test_ballots_are_erased_and_leave_no_trace_of_the_person(world, voters, draft):
    cast(voters, draft, 6, 2)
    adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    assert Ballot.objects.count() == 0
    events = Event.objects.filter(action="conferences.vote")
    assert {(e.person_id, e.actor, str(e.changes)) for e in events} == {(None, "", "[]")}
    assert not EventPersonal.objects.filter(event__in=events).exists()


def test_a_vote_may_be_changed_and_counts_once(world, voters, draft):
    for choice in ("for", "against", "for"):
        vote(by=Actor.of(voters[0], TODAY), resolution=draft, choice=choice)
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["for"]


def test_who_is_not_registered_does_not_vote(world, draft):
    for key in ("office", "other-office", "citizen"):
        with pytest.raises(BadInput):
            vote(by=world.actor(key), resolution=draft, choice="for")


def test_a_minority_above_the_share_has_its_statement_annexed(world, voters, draft):
    cast(voters, draft, 6, 2)
    adopted = adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    made = annex_minority_statement(by=world.office, resolution=adopted, text=text("We dissent"), on=TODAY)
    assert (made.dissenters, made.share) == (2, Decimal("0.2500"))


def test_a_smaller_minority_is_not_annexed(world, voters, draft):
    cast(voters, draft, 9, 1)
    adopted = adopt_resolution(by=world.office, resolution=draft, on=TODAY)
    with pytest.raises(BadInput):
        annex_minority_statement(by=world.office, resolution=adopted, text=text("We dissent"), on=TODAY)


def test_two_who_amend_at_once_do_not_overwrite_each_other(world, conference):
    section = conference.sessions.filter(kind="section").first()
    proposal = propose(by=world.office, session=section, text=text("to open libraries;"))
    amend(by=world.leader, proposal=proposal, text=text("to open all libraries;"), version=1)
    with pytest.raises(BadInput) as refused:
        amend(by=world.office, proposal=proposal, text=text("to close libraries;"), version=1)
    assert [f.code for f in refused.value.faults] == ["conflict"]
    proposal.refresh_from_db()
    assert (str(proposal.text), proposal.version, proposal.versions.count()) == ("to open all libraries;", 2, 2)


def test_the_difference_of_two_versions_is_visible():
    assert difference("to open libraries;", "to open all libraries;") == [("same", "to open"), ("ins", "all"), ("same", "libraries;")]


def test_support_and_objection_are_one_word_for_each_person(world, conference):
    section = conference.sessions.filter(kind="section").first()
    proposal = propose(by=world.office, session=section, text=text("to open libraries;"))
    take_stance(by=world.leader, proposal=proposal, kind="support")
    take_stance(by=world.leader, proposal=proposal, kind="object", reason="too dear")
    assert [(s.kind, s.reason) for s in proposal.stances.all()] == [("object", "too dear")]


def test_strangers_do_not_work_in_a_section(world, conference):
    section = conference.sessions.filter(kind="section").first()
    with pytest.raises(BadInput):
        propose(by=world.other_office, session=section, text=text("to open libraries;"))


# ---- sending and answering


def answer(dispatch, *rows, on=TODAY):
    return answer_recommendations(by=Actor.holding(dispatch.link), dispatch=dispatch, answers=list(rows), on=on)


def test_an_addressee_owes_answers_only_for_the_groups_addressed_to_it(world):
    resolution = make_resolution(world)
    addressee = resolution.addressees.get()
    dispatch = expand_addressee(by=world.office, addressee=addressee, bodies=[world.akimat], groups=[2])[0]
    with pytest.raises(BadInput):
        send_resolution(by=world.office, dispatch=dispatch, on=TODAY)
    assert OwedAnswer.objects.count() == 0


def test_sending_writes_the_letter_the_link_and_the_debt_and_happens_once(world):
    dispatch = make_dispatch(world, make_resolution(world))
    assert (dispatch.due_on, dispatch.letter.media_type) == (TODAY + dt.timedelta(days=15), "application/pdf")
    assert set(OwedAnswer.objects.values_list("state", "sent_on")) == {("sent", TODAY)}
    (letter,) = Message.objects.filter(to="akimat@example.org")
    assert dispatch.link.token in letter.body
    with pytest.raises(WrongState):
        send_resolution(by=world.office, dispatch=dispatch, on=TODAY)


def test_each_recommendation_is_answered_by_itself(world):
    resolution = make_resolution(world)
    dispatch = make_dispatch(world, resolution)
    first, second = [r.pk for r in resolution.recommendations.order_by("position")]
    acknowledge_dispatch(by=Actor.holding(dispatch.link), dispatch=dispatch, on=TODAY)
    answer(dispatch, Answer(first, "declined", "It is not ours."), on=TODAY + dt.timedelta(days=3))
    states = {o.record_id: (o.state, str(o.words), o.answer_days) for o in OwedAnswer.objects.all()}
    assert states == {first: ("declined", "It is not ours.", 3), second: ("received", "", None)}


@pytest.mark.parametrize(("state", "words"), [("declined", " "), ("done", ""), ("perhaps", "x"), ("sent", "x")])
def test_a_refusal_needs_its_reason_and_a_deed_its_evidence(world, state, words):
    resolution = make_resolution(world)
    dispatch = make_dispatch(world, resolution)
    with pytest.raises(BadInput):
        answer(dispatch, *(Answer(r.pk, state, words) for r in resolution.recommendations.all()))
    assert set(OwedAnswer.objects.values_list("state", flat=True)) == {"sent"}


def test_an_answer_on_what_was_not_asked_is_refused(world):
    dispatch = make_dispatch(world, make_resolution(world))
    foreign = make_resolution(world, slug="another").recommendations.first()
    with pytest.raises(BadInput):
        answer(dispatch, Answer(foreign.pk, "accepted"))


def test_a_changed_answer_keeps_the_earlier_one_in_its_steps(world):
    resolution = make_resolution(world, items=1)
    dispatch = make_dispatch(world, resolution)
    pk = resolution.recommendations.get().pk
    answer(dispatch, Answer(pk, "declined", "No money."))
    answer(dispatch, Answer(pk, "accepted", "We found money."), on=TODAY + dt.timedelta(days=9))
    owed = OwedAnswer.objects.get()
    assert [(s.step, str(s.words)) for s in owed.steps.all()] == [("sent", ""), ("declined", "No money."), ("accepted", "We found money.")]


def test_an_answer_by_a_revoked_link_changes_nothing(world):
    resolution = make_resolution(world)
    dispatch = make_dispatch(world, resolution)
    held = Actor.holding(dispatch.link)
    revoke_link(by=world.office, dispatch=dispatch)
    with pytest.raises(PassRefused):
        answer_recommendations(by=held, dispatch=dispatch, answers=[Answer(resolution.recommendations.first().pk, "accepted")], on=TODAY)
    assert set(OwedAnswer.objects.values_list("state", flat=True)) == {"sent"}


def test_a_link_answers_for_its_own_body_only(world):
    resolution = make_resolution(world)
    dispatch, foreign = make_dispatch(world, resolution), make_dispatch(world, resolution, body=world.partner)
    with pytest.raises(NotAllowed):
        answer_recommendations(
            by=Actor.holding(dispatch.link), dispatch=foreign, answers=[Answer(resolution.recommendations.first().pk, "accepted")], on=TODAY
        )


def test_a_reminder_is_dated_counted_and_goes_out_once_a_day(world):
    resolution = make_resolution(world, items=1)
    dispatch = make_dispatch(world, resolution)
    for days in (20, 20, 27):
        remind_addressee(by=world.office, dispatch=dispatch, on=TODAY + dt.timedelta(days=days))
    assert OwedAnswer.objects.get().reminders == 2
    assert Message.objects.filter(subject__startswith="Asked again").count() == 2
    answer(dispatch, Answer(resolution.recommendations.get().pk, "accepted"))
    with pytest.raises(WrongState):
        remind_addressee(by=world.office, dispatch=dispatch, on=TODAY)


def test_a_reminder_renews_a_link_that_no_longer_works(world):
    dispatch = make_dispatch(world, make_resolution(world, items=1))
    old = dispatch.link
    revoke_link(by=world.office, dispatch=dispatch)
    reminded = remind_addressee(by=world.office, dispatch=dispatch, on=TODAY)
    assert reminded.link != old
    assert (reminded.link.refusal, timezone.localdate(reminded.link.expires_at)) == ("", TODAY + dt.timedelta(days=365))


def test_a_sending_without_a_day_is_owed_but_never_counted(world):
    resolution = make_resolution(world, items=1)
    dispatch = expand_addressee(by=world.office, addressee=resolution.addressees.get(), bodies=[world.akimat], groups=[1])[0]
    record_past_sending(by=SYSTEM, dispatch=dispatch)
    (row,) = ledger(resolution).rows[0].rows
    assert (row.one.state, row.one.silent_days(TODAY)) == ("not-sent", None)


def test_the_ledger_costs_the_same_for_one_and_three_recommendations(world, django_assert_num_queries):
    one, three = make_resolution(world, items=1, slug="one"), make_resolution(world, items=3, slug="three")
    for resolution in (one, three):
        make_dispatch(world, resolution)
        with django_assert_num_queries(6):
            ledger(resolution)
