"""Needs: raised by anybody, answered by somebody named, closed with the asker."""

import datetime as dt

import pytest
from tests.cast import TODAY, make_need, text

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.listen.needs.actions import answer_need, ask_for_answer, close_need, publish_need, raise_need
from tertia.listen.needs.queries import needs_for


def test_anybody_raises_a_need_and_the_public_sees_it_only_after_the_office(world):
    need = raise_need(by=ANONYMOUS, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY)
    assert list(needs_for(ANONYMOUS)) == []
    publish_need(by=world.office, need=need)
    assert [str(n.title) for n in needs_for(ANONYMOUS)] == ["No ramp"]


@pytest.mark.parametrize("title", [Text({}), text("x" * 201)])
def test_a_need_without_words_or_with_too_many_is_refused(world, title):
    with pytest.raises(BadInput):
        raise_need(by=ANONYMOUS, owner=world.university, title=title, summary=Text({}), raised_on=TODAY)


def test_nobody_speaks_for_an_organisation_that_is_not_his(world):
    with pytest.raises(BadInput):
        raise_need(
            by=world.citizen, owner=world.university, title=text("No ramp"), summary=Text({}), raised_on=TODAY, asked_by=world.akimat
        )


def test_the_named_body_owes_the_answer_by_the_rule_of_the_day(world):
    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    assert (owed.sent_on, owed.due_on) == (TODAY, TODAY + dt.timedelta(days=15))


def test_only_the_named_body_or_the_office_answers(world):
    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    for key in ("partner", "citizen", "member", "other-office"):
        with pytest.raises(NotAllowed):
            answer_need(by=world.actor(key), owed=owed, state="accepted", words=text("Yes"), on=TODAY)
    answered = answer_need(by=world.actor("akimat"), owed=owed, state="declined", words=text("No, because"), on=TODAY)
    assert answered.record.as_need.state == "answered"


def test_a_need_closes_when_the_asker_agrees(world):
    need = make_need(world)
    owed = ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    with pytest.raises(WrongState):
        close_need(by=world.citizen, need=need, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="done", words=text("Built"), on=TODAY)
    with pytest.raises(BadInput):
        close_need(by=world.office, need=need, on=TODAY)
    closed = close_need(by=world.citizen, need=need, on=TODAY)
    assert (closed.state, closed.closed_by_asker) == ("closed", True)


def test_the_asker_reads_the_answer_in_the_daily_digest(world):
    from tertia.core.jobs.queue import run_waiting
    from tertia.core.messages.models import Message
    from tertia.core.messages.outbox import send_digests

    owed = ask_for_answer(by=world.office, need=make_need(world), party=world.akimat, on=TODAY)
    answer_need(by=world.actor("akimat"), owed=owed, state="accepted", words=text("Yes, from November"), on=TODAY)
    assert Message.objects.filter(to="citizen@example.org").get().urgency == "digest"
    assert send_digests(TODAY) == 1
    run_waiting()
    letter = Message.objects.filter(to="citizen@example.org").latest("pk")
    assert letter.sent_at and "Yes, from November" in letter.body
