"""Joint projects: equal leaders, stages, a public log, a result that those confirm who asked, and are asked again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.cast import SYSTEM, TODAY, make_activity, make_need, text
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import write_activity
from tertia.act.projects import rounds
from tertia.act.projects.actions import (
    With,
    add_stage,
    agree_to_lead,
    ask_again,
    confirm_result,
    finish_stage,
    propose_project,
    state_result,
    stop_project,
    write_log,
)
from tertia.act.projects.models import Project
from tertia.core.access.links import pass_url
from tertia.core.access.models import Pass
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, PassRefused, WrongState
from tertia.core.messages.models import Message
from tertia.core.records.models import Link
from tertia.listen.needs.actions import raise_need
from tertia.listen.needs.desk_actions import publish_need


def make_project(world, *, solves=None, words="Safe way to school", agreed=True):
    made = propose_project(
        by=world.office, owner=world.university, title=text(words), parties=[With(world.partner, True, text("Two teachers")), With(world.akimat)], expected=text("No child crosses alone"),
        how_seen=text("Counted each morning"), starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=200), on=TODAY, solves=solves,
    )  # fmt: skip
    if agreed:
        agree_to_lead(by=world.actor("partner"), party=made.parties.get(organisation=world.partner), yes=True, on=TODAY)
    return Project.objects.get(pk=made.pk)


def asked_by(world, body):
    need = raise_need(
        by=SYSTEM,
        owner=world.university,
        title=text("The crossing is dangerous"),
        summary=text(""),
        raised_on=TODAY,
        asker="partner",
        asked_by=body,
    )
    return publish_need(by=world.office, need=need)


def test_it_runs_when_every_leader_has_agreed_by_link_or_account(world):
    project = make_project(world, agreed=False)
    assert project.state == "proposed" and Message.objects.filter(key__startswith="projects.join:", to="club@example.org").exists()
    held = Pass.objects.get(purpose="projects.join", organisation=world.partner)
    address = pass_url(held).removeprefix("http://127.0.0.1:8000")
    assert "No child crosses alone" in Client().get(address).content.decode()
    assert Client().post(address, {"do": "yes", "contributes_en": "Three teachers"}).status_code == 302
    project.refresh_from_db()
    assert project.state == "running" and "you lead it too" in Client().get(address).content.decode()
    with pytest.raises((WrongState, PassRefused)):
        agree_to_lead(
            by=Actor.holding(Pass.objects.get(pk=held.pk)), party=project.parties.get(organisation=world.partner), yes=True, on=TODAY
        )


def test_a_leader_who_says_no_ends_a_project_that_has_no_other(world):
    project = make_project(world, agreed=False)
    agree_to_lead(by=world.actor("partner"), party=project.parties.get(organisation=world.partner), yes=False, on=TODAY)
    project.refresh_from_db()
    assert project.state == "stopped"
    with pytest.raises(BadInput) as refused:
        propose_project(
            by=world.office, owner=world.university, title=text(""), parties=[With(world.akimat), With(world.akimat)], expected=text(""), how_seen=text(""), starts_on=TODAY,
            ends_on=TODAY - dt.timedelta(days=1), on=TODAY,
        )  # fmt: skip
    assert {f.where for f in refused.value.faults} == {"title", "expected", "how_seen", "ends_on", "parties"}


def test_each_body_sets_stages_and_writes_into_the_log_and_strangers_do_not(world):
    project = make_project(world)
    stage = add_stage(
        by=world.actor("partner"),
        project=project,
        organisation=world.partner,
        title=text("Signs stand"),
        due_on=TODAY + dt.timedelta(days=30),
    )
    write_log(by=world.actor("partner"), project=project, organisation=world.partner, words=text("We began."), on=TODAY)
    finish_stage(by=world.office, project=project, organisation=world.university, stage=stage, on=TODAY)
    with pytest.raises(WrongState):
        finish_stage(by=world.office, project=project, organisation=world.university, stage=stage, on=TODAY)
    with pytest.raises(BadInput):
        write_log(by=world.actor("akimat"), project=project, organisation=world.akimat, words=text("Not agreed yet"), on=TODAY)
    with pytest.raises(NotAllowed):
        write_log(by=world.citizen, project=project, organisation=world.partner, words=text("x"), on=TODAY)
    with pytest.raises(BadInput):
        add_stage(by=world.office, project=project, organisation=world.university, title=text(""), due_on=TODAY - dt.timedelta(days=1))
    page = Client().get(project.get_absolute_url()).content.decode()
    assert "We began." in page and "Signs stand" in page and "Two teachers" in page


def test_the_result_is_confirmed_by_those_who_asked_and_asked_again(world, monkeypatch):
    project = make_project(world, solves=asked_by(world, world.akimat))
    with pytest.raises(BadInput):
        state_result(by=world.office, project=project, result=text(""), on=TODAY)
    project = state_result(by=world.office, project=project, result=text("Nobody crosses alone now"), on=TODAY)
    one = project.confirmations.get()
    assert project.state == "finished" and one.organisation == world.akimat
    with pytest.raises(NotAllowed):
        confirm_result(by=world.office, confirmation=one, says="yes", words=text(""), on=TODAY)
    held = Pass.objects.get(purpose="projects.confirm")
    address = pass_url(held).removeprefix("http://127.0.0.1:8000")
    assert Client().post(address, {"says": "yes", "words_en": "We counted too"}).status_code == 302
    project.refresh_from_db()
    assert project.state == "confirmed" and project.again_on == TODAY + dt.timedelta(days=180)
    assert rounds.again() == 0
    monkeypatch.setattr("tertia.act.projects.rounds.clock.today", lambda: project.again_on)
    assert rounds.again() == 1 and rounds.again() == 0
    again = project.confirmations.get(again=True)
    confirm_result(by=world.actor("akimat"), confirmation=again, says="no", words=text("It is as before"), on=TODAY)
    project.refresh_from_db()
    assert project.state == "unconfirmed" and "It is as before" in Client().get(project.get_absolute_url()).content.decode()
    assert ask_again(by=SYSTEM, project=project, on=TODAY).state == "unconfirmed"


def test_a_person_who_asked_confirms_on_the_page(world):
    project = make_project(world, solves=make_need(world))
    state_result(by=world.office, project=project, result=text("Done"), on=TODAY)
    citizen = signed_in(world, "citizen")
    assert "You asked for it." in citizen.get(project.get_absolute_url()).content.decode()
    assert citizen.post(project.get_absolute_url(), {"do": "confirm", "says": "partly"}).status_code == 302
    project.refresh_from_db()
    assert project.state == "confirmed"
    page = Client().get(project.get_absolute_url()).content.decode()
    assert "a person who asked for it" in page and "citizen" not in page.lower().replace("citizens", "")


def test_it_is_stopped_with_a_reason_and_activities_are_parts_of_it(world):
    project = make_project(world)
    base = make_activity(world)
    made = write_activity(
        by=world.office,
        owner=world.university,
        title=text("Paint the signs"),
        starts_at=base.starts_at,
        ends_at=base.ends_at,
        carries_out=[project],
        held=True,
    )
    assert Link.objects.filter(relation="of-project", lower=made, upper=project).exists()
    assert "Paint the signs" in Client().get(project.get_absolute_url()).content.decode()
    assert "Safe way to school" in Client().get(made.get_absolute_url()).content.decode()
    with pytest.raises(BadInput):
        stop_project(by=world.office, project=project, words=text(""), on=TODAY)
    assert stop_project(by=world.office, project=project, words=text("No money"), on=TODAY).state == "stopped"


def test_a_project_is_proposed_in_the_browser_from_a_need(world):
    need = make_need(world)
    office = signed_in(world, "office")
    body = {
        "title_kk": "Мектепке қауіпсіз жол", "expected_kk": "Бала жалғыз өтпейді", "how_seen_kk": "Санаймыз", "starts_on": "2026-12-01", "partner_1": world.partner.pk, "leads_1": "on",
        "gives_1": "екі мұғалім",
    }  # fmt: skip
    answer = office.post(f"/kk/projects/new/?from={need.pk}", body)
    assert answer.status_code == 302
    project = Project.objects.get()
    assert Link.objects.filter(relation="solves", lower=project, upper=need).exists()
    for page in ("/kk/projects/", answer.url, "/kk/act/", "/kk/today/"):
        assert office.get(page).status_code == 200
    assert signed_in(world, "partner").post(answer.url, {"do": "yes"}).status_code == 302
    project.refresh_from_db()
    assert project.state == "running"
