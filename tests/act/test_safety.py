"""Reports to a named keeper, checks of hosts that expire, suspension."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.cast import TODAY, make_opportunity, make_volunteer

from tertia.act.volunteering.actions import (
    check_host,
    close_incident,
    lift_suspension,
    name_keeper,
    report_incident,
    sign_up,
    suspend_host,
)
from tertia.act.volunteering.models import Incident, Suspension
from tertia.act.volunteering.queries import Filters, checks_of, find
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.actions.models import Event, EventPersonal
from tertia.core.messages.models import Message


def tell(opportunity, by=None, **more):
    given = {"kind": "conduct", "happened_on": TODAY, "words": "He shouted at us.", **more}
    return report_incident(by=by or Actor(), opportunity=opportunity, **given)


def page(world, key):
    client = Client()
    client.force_login(world.people[key].account)
    return client.get("/en/safety/")


def test_anybody_reports_without_an_account_and_the_journal_knows_neither_who_nor_what(world):
    opportunity = make_opportunity(world)
    form = Client().get(f"/en/volunteering/{opportunity.slug}/report/").content.decode()
    assert "no single keeper is named yet" in form
    sent = Client().post(
        f"/en/volunteering/{opportunity.slug}/report/", {"kind": "injury", "happened_on": "2026-11-20", "words": "A cut in the hand."}
    )
    assert "Thank you. It is read." in sent.content.decode()
    assert Incident.objects.get().confidential
    event = Event.objects.get(action="volunteering.report_incident")
    assert (event.person_id, event.changes) == (None, []) and not EventPersonal.objects.filter(event=event).exists()


def test_a_confidential_report_is_read_by_the_named_keeper_alone(world):
    with pytest.raises(NotAllowed):
        name_keeper(by=world.office, organisation=world.university, person=world.people["editor"])
    with pytest.raises(BadInput):
        name_keeper(by=world.leader, organisation=world.university, person=world.people["other-office"])
    name_keeper(by=world.leader, organisation=world.university, person=world.people["editor"])
    opportunity = make_opportunity(world)
    secret, plain = tell(opportunity), tell(opportunity, words="The stairs are icy.", confidential=False)
    assert "This is read by editor and nobody else" in Client().get(f"/en/volunteering/{opportunity.slug}/report/").content.decode()
    assert (
        Message.objects.filter(person=world.people["editor"], subject="A report on safety is waiting").count() == 2
        or Message.objects.filter(person=world.people["editor"]).count() == 2
    )
    assert "He shouted" not in " ".join(Message.objects.values_list("body", flat=True))
    office = page(world, "office").content.decode()
    assert "The stairs are icy." in office and "He shouted" not in office and "1 open report is for the keeper alone" in office
    keeper = page(world, "editor").content.decode()
    assert "The stairs are icy." in keeper and "He shouted" in keeper
    assert page(world, "member").status_code == 404
    with pytest.raises(NotAllowed):
        close_incident(by=world.office, incident=secret, outcome="x")
    with pytest.raises(BadInput):
        close_incident(by=world.editor, incident=secret, outcome=" ")
    close_incident(by=world.editor, incident=secret, outcome="Spoken to; a second helper is there from now on.")
    with pytest.raises(WrongState):
        close_incident(by=world.editor, incident=secret, outcome="again")
    close_incident(by=world.office, incident=plain, outcome="Salt.")


def test_what_is_missing_in_a_report_is_said(world):
    with pytest.raises(BadInput) as error:
        tell(make_opportunity(world), kind="weather", words=" ", happened_on=TODAY + dt.timedelta(days=1))
    assert {f.where for f in error.value.faults} == {"kind", "words", "happened_on"}


def test_a_suspended_host_gets_no_volunteers_and_those_who_had_a_place_are_told(world):
    opportunity = make_opportunity(world)
    person = make_volunteer(world, 1)
    shifts = list(opportunity.shifts.all())
    sign_up(by=Actor.of(person, TODAY), opportunity=opportunity, shifts=shifts)
    with pytest.raises(NotAllowed):
        suspend_host(by=world.actor("partner"), owner=world.university, host=world.partner, reason="x")
    with pytest.raises(BadInput):
        suspend_host(by=world.office, owner=world.university, host=world.partner, reason=" ")
    suspension = suspend_host(by=world.office, owner=world.university, host=world.partner, reason="Two reports")
    assert suspend_host(by=world.office, owner=world.university, host=world.partner, reason="Two reports") == suspension
    assert Message.objects.filter(to="volunteer1@example.org", subject__startswith="Called off").count() == 1
    assert list(find(Actor(), Filters())) == []
    with pytest.raises(BadInput) as error:
        sign_up(by=Actor.of(make_volunteer(world, 2), TODAY), opportunity=opportunity, shifts=shifts)
    assert "suspended" in error.value.sentence()
    with pytest.raises(BadInput):
        make_opportunity(world, words="Another")
    lift_suspension(by=world.office, suspension=suspension)
    assert make_opportunity(world, words="Another") in find(Actor(), Filters())
    assert Suspension.objects.get().lifted_on == TODAY


def test_a_check_of_a_host_ends_and_the_page_says_so(world):
    make_opportunity(world)
    assert "never checked" in page(world, "office").content.decode()
    with pytest.raises(BadInput):
        check_host(by=world.office, owner=world.university, host=world.partner, checked_on=TODAY, valid_to=TODAY - dt.timedelta(days=1))
    check_host(by=world.office, owner=world.university, host=world.partner, checked_on=dt.date(2025, 1, 1), valid_to=dt.date(2026, 1, 1))
    assert "the check ended on 1" in page(world, "office").content.decode()
    check_host(
        by=world.office, owner=world.university, host=world.partner, checked_on=TODAY, valid_to=dt.date(2027, 11, 24), note="Visited"
    )
    assert checks_of(world.university)[0]["check"].note == "Visited"
    assert "checked, good until 24" in page(world, "office").content.decode()
