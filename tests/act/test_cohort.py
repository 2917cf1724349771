"""Proposals for a whole cohort: letters with reasons, never sign-ups; what stays empty, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.cast import SYSTEM, TODAY, make_opportunity, make_volunteer, write_directly

from tertia.act.learning.actions import import_study, tie_opportunity, write_reflection
from tertia.act.learning.models import Course
from tertia.act.learning.study_file import StudyRow
from tertia.act.volunteering.actions.cohort import begin_plan, drop_plan, keep_plan, send_proposals, work_out
from tertia.act.volunteering.actions.safety import suspend_host
from tertia.act.volunteering.actions.sign_ups import write_profile
from tertia.act.volunteering.cohort import missing_to
from tertia.act.volunteering.cohort_models import CohortPlan, Proposed
from tertia.act.volunteering.cohort_work import plan_cohort, start_plan
from tertia.act.volunteering.models import SignUp
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import NotAllowed, WrongState
from tertia.core.jobs.queue import run_waiting
from tertia.core.messages.models import Message


def act(person):
    return Actor.of(person, TODAY)


@pytest.fixture
def cohort(world):
    """Five students with addresses; three have said what they can do."""
    people = [make_volunteer(world, n) for n in range(1, 6)]
    for person in people[:3]:
        write_profile(by=act(person), person=person, skills=["teaching"], languages=["kk", "ru"])
    return people


def planned(world, **more):
    plan = begin_plan(by=world.office, owner=world.university, **more)
    plan_cohort(plan.pk)
    return CohortPlan.objects.get(pk=plan.pk)


def test_letters_are_proposals_and_sign_nobody_up(world, cohort):
    opportunity = make_opportunity(world, places=2, shifts=1)
    plan = planned(world)
    assert (plan.state, plan.people, plan.places, plan.proposals, plan.empty) == ("ready", 3, 2, 2, [])
    assert plan.near_best >= 98 and set(Proposed.objects.values_list("person", flat=True)) <= {p.pk for p in cohort[:3]}
    sent = send_proposals(by=world.leader, plan=plan)
    assert sent.letters == 2 and not Proposed.objects.exists() and not SignUp.objects.exists()
    letter = Message.objects.filter(key__startswith=f"proposal:{plan.pk}").first()
    assert letter.urgency == "digest" and opportunity.slug in letter.body
    with pytest.raises(WrongState):
        send_proposals(by=world.office, plan=plan)
    everybody = planned(world, told_only=False)
    assert everybody.people == 6  # and the member of the cast


def test_age_language_and_suspension_are_kept_to(world, cohort):
    grown = make_opportunity(world, places=5, shifts=1)
    grown.min_age = 21
    write_directly(grown)
    young, old, unknown = cohort[:3]
    for person, born in ((young, dt.date(2008, 1, 1)), (old, dt.date(2000, 1, 1)), (unknown, None)):
        person.birth_date = born
        write_directly(person)
    plan = planned(world)
    assert set(Proposed.objects.filter(plan=plan).values_list("person", flat=True)) == {old.pk, unknown.pk}
    assert [(left, why) for _s, left, why in plan.empty] == [(3, "too-few-fit")]
    suspend_host(by=world.office, owner=world.university, host=grown.host, reason="a report")
    assert planned(world).shifts == 0
    assert drop_plan(by=world.office, plan=plan) and not Proposed.objects.filter(plan=plan.pk).exists()


def test_an_outcome_that_is_missing_decides(world, cohort):
    here, there = (make_opportunity(world, places=1, shifts=1) for _n in range(2))
    row = StudyRow(2, "P", "Sociology", "", "C", "Service", 5, True, "O1", "listens", True)
    import_study(by=world.office, owner=world.university, rows=[row], language="en", on=TODAY)
    course = Course.objects.get()
    tie_opportunity(by=world.office, course=course, opportunity=there, outcomes=list(course.outcomes.all()))
    write_reflection(by=act(cohort[0]), course=course, words="begun")
    assert missing_to([p.pk for p in cohort])[cohort[0].pk] == {f"{course.pk} O1"}
    plan = planned(world)
    assert Proposed.objects.get(plan=plan, person=cohort[0]).shift.opportunity == there
    send_proposals(by=world.office, plan=plan)
    assert "O1" in Message.objects.get(key=f"proposal:{plan.pk}:{cohort[0].pk}").body
    assert here.pk


def test_in_the_browser_and_by_the_worker(world, cohort):
    make_opportunity(world, places=9, shifts=2)
    client = Client()
    client.force_login(world.people["office"].account)
    page = client.post("/en/volunteering/proposals/", {"unit": "", "days": "30", "told_only": "on"}, follow=True)
    plan = CohortPlan.objects.get()
    words = page.content.decode()
    assert (
        page.redirect_chain[-1][0] == f"/en/volunteering/proposals/{plan.pk}/"
        and "Places that stay empty" in words
        and cohort[0].name not in words
    )
    assert client.post(f"/en/volunteering/proposals/{plan.pk}/", {"do": "send"}).status_code == 302
    assert "letters were written" in client.get(f"/en/volunteering/proposals/{plan.pk}/").content.decode()
    assert client.post(f"/en/volunteering/proposals/{plan.pk}/", {"do": "drop"}).status_code == 200  # told that it is too late
    assert client.get("/en/volunteering/proposals/").status_code == 200
    slow = begin_plan(by=world.office, owner=world.university)
    start_plan(slow)
    assert "being worked out" in client.get(f"/en/volunteering/proposals/{slow.pk}/").content.decode()
    run_waiting()
    slow.refresh_from_db()
    assert slow.state == "ready"
    helpers, slots, found = work_out(slow)
    assert keep_plan(by=SYSTEM, plan=slow, helpers=helpers, slots=slots, found=found).proposals == slow.proposals
    for by in (world.member, world.editor, world.other_office, world.citizen):
        with pytest.raises(NotAllowed):
            begin_plan(by=by, owner=world.university)
