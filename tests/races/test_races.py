"""Two processes race on each critical action; one wins, and nothing happens twice. On both databases."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from tests.cast import TODAY, make_dispatch, make_measure, make_need, make_resolution, make_sheet, make_world
from tests.database import environment

from tertia.act.activities.models import HoursSheet
from tertia.core.access.models import IdempotencyKey
from tertia.core.actions.models import Event
from tertia.core.records.models import Link, OwedAnswer, Record
from tertia.listen.needs.models import Need
from tertia.plan.conferences.models import Resolution

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = """
import sys, time, datetime as dt
import django
django.setup()
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.parties.models import Person
from tests.cast import TODAY, text
def person(key): return Actor.of(Person.objects.get(email=key + "@example.org"), TODAY)
print("ready", flush=True)
sys.stdin.readline()
try:
{body}
    print("won", flush=True)
except TertiaError as error:
    print("lost " + type(error).__name__, flush=True)
"""


@pytest.fixture
def racing_world(transactional_db):
    from tertia.core.actions.actor import Actor
    from tertia.core.parties.setup import load_basics

    load_basics(Actor.system("test"))
    return make_world()


def race(body: str, processes: int = 2) -> list[str]:
    """Run the body in several processes that start at one moment. Returns what each printed, sorted."""
    code = HEAD.format(body=textwrap.indent(textwrap.dedent(body).strip(), "    "))
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for run in runs:
        assert run.stdout.readline() == "ready\n", run.stderr.read()
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    said = []
    for run in runs:
        out, err = run.communicate(timeout=60)
        assert out, err[-2000:]
        said.append(out.strip())
    return sorted(said)


def test_two_signatures_by_one_link_are_one(racing_world):
    sheet = make_sheet(racing_world)
    said = race(f"""
        from tertia.act.activities.actions import attest_hours
        from tertia.act.activities.models import HoursSheet
        from tertia.core.access.models import Pass
        attest_hours(by=Actor.holding(Pass.objects.get(pk={sheet.link.pk})), sheet=HoursSheet.objects.get(pk={sheet.pk}), changes={{}}, absent=set())
    """)
    assert said == ["lost PassRefused", "won"]
    assert HoursSheet.objects.get(pk=sheet.pk).state == "signed"
    assert Event.objects.filter(action="activities.attest_hours").count() == 1


def test_two_adoptions_are_one(racing_world):
    from tests.plan.conferences.test_adoption import cast
    from tests.races.setup import make_voting

    voters, draft = make_voting(racing_world)
    cast(voters, draft, 6, 0)
    said = race(f"""
        from tertia.plan.conferences.actions import adopt_resolution
        from tertia.plan.conferences.models import Resolution
        adopt_resolution(by=person("office"), resolution=Resolution.objects.get(pk={draft.pk}), on=TODAY)
    """)
    assert said == ["lost WrongState", "won"]
    assert Resolution.objects.get(pk=draft.pk).votes_for == 6


def test_two_votes_of_one_person_are_one_and_nobody_s_is_lost(racing_world):
    """Four devices vote for the same six people at one moment, each in another order."""
    from tests.races.setup import make_voting

    from tertia.plan.conferences.actions import adopt_resolution

    voters, draft = make_voting(racing_world)
    keys = [v.pk for v in voters[:6]]
    said = race(
        f"""
        import os
        from tertia.plan.conferences.actions import vote
        from tertia.plan.conferences.models import Resolution
        keys = {keys!r}
        for key in keys[os.getpid() % 6 :] + keys[: os.getpid() % 6]:
            vote(by=Actor.of(Person.objects.get(pk=key), TODAY), resolution=Resolution.objects.get(pk={draft.pk}), choice="for")
    """,
        processes=4,
    )
    assert said == ["won"] * 4
    adopt_resolution(by=racing_world.office, resolution=Resolution.objects.get(pk=draft.pk), on=TODAY)
    assert Resolution.objects.get(pk=draft.pk).votes_for == 6


def test_two_sendings_are_one_letter(racing_world):
    from tertia.plan.conferences.actions import expand_addressee

    resolution = make_resolution(racing_world)
    dispatch = expand_addressee(by=racing_world.office, addressee=resolution.addressees.get(), bodies=[racing_world.akimat], groups=[1])[0]
    said = race(f"""
        from tertia.plan.conferences.actions import send_resolution
        from tertia.plan.conferences.models import Dispatch
        send_resolution(by=person("office"), dispatch=Dispatch.objects.get(pk={dispatch.pk}), on=TODAY)
    """)
    assert said == ["lost WrongState", "won"]
    assert Event.objects.filter(action="conferences.send_resolution").count() == 1


def test_two_answers_are_both_kept_in_the_steps(racing_world):
    resolution = make_resolution(racing_world, items=1)
    dispatch = make_dispatch(racing_world, resolution)
    pk = resolution.recommendations.get().pk
    said = race(f"""
        from tertia.core.access.models import Pass
        from tertia.plan.conferences.actions import answer_recommendations
        from tertia.plan.conferences.actions.answers import Answer
        from tertia.plan.conferences.models import Dispatch
        answer_recommendations(by=Actor.holding(Pass.objects.get(pk={dispatch.link_id})), dispatch=Dispatch.objects.get(pk={dispatch.pk}), answers=[Answer({pk}, "accepted", "Yes")], on=TODAY)
    """)
    assert said == ["won", "won"]
    owed = OwedAnswer.objects.get()
    assert [s.step for s in owed.steps.all()] == ["sent", "accepted", "accepted"]


def test_two_links_of_one_pair_are_one(racing_world):
    need, measure = make_need(racing_world), make_measure(racing_world)
    said = race(f"""
        from tertia.core.records.actions import link_records
        from tertia.core.records.models import Record
        link_records(by=person("office"), lower=Record.objects.get(pk={measure.pk}), relation="answers", upper=Record.objects.get(pk={need.pk}))
    """)
    assert said[0].startswith(("lost", "won")) and said[1] == "won"
    assert Link.objects.filter(lower=measure.pk, upper=need.pk).count() == 1
    assert Record.objects.count() == 2


def test_one_idempotency_key_has_one_effect(racing_world):
    from tertia.core.access.actions import create_api_token

    person = racing_world.people["citizen"]
    secret = create_api_token(by=racing_world.citizen, person=person, name="t", scopes=["needs:write"]).secret
    said = race(f"""
        from django.test import Client
        answer = Client().post("/api/v1/needs", {{"en": "A ramp"}}, content_type="application/json", headers={{"authorization": "Bearer {secret}", "idempotency-key": "one"}})
        assert answer.status_code == 201, answer.content
        print(answer.json()["id"], flush=True)
    """)
    assert len({s.split()[0] for s in said}) == 1
    assert Need.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_two_workers_share_the_jobs_and_double_none(racing_world):
    from tertia.core.jobs.models import Job
    from tertia.core.messages.outbox import write_message

    for i in range(40):
        write_message(key=f"k{i}", to="a@example.org", language="en", subject=f"{i}", body="…", demonstration=True)
    said = race("""
        from tertia.core.jobs.queue import run_waiting
        print(run_waiting(), flush=True)
    """)
    assert sum(int(s.split()[0]) for s in said) == 40
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}


def test_the_last_place_is_given_once_and_the_queue_has_no_holes(racing_world):
    from tests.cast import make_opportunity, make_volunteer

    from tertia.act.volunteering.models import Shift, SignUp

    for number in range(6):
        make_volunteer(racing_world, number)
    opportunity = make_opportunity(racing_world, places=2)
    said = race(
        f"""
        import os
        from tertia.act.volunteering.actions import sign_up
        from tertia.act.volunteering.models import Opportunity, Shift
        sign_up(by=person("volunteer" + str(os.getpid() % 6)), opportunity=Opportunity.objects.get(pk={opportunity.pk}), shifts=list(Shift.objects.all()))
    """,
        processes=6,
    )
    assert said == ["won"] * 6
    rows = list(SignUp.objects.order_by("number").values_list("number", "waiting"))
    assert [n for n, _ in rows] == list(range(1, len(rows) + 1)) and len(rows) >= 4
    assert [w for _, w in rows] == [False, False, *[True] * (len(rows) - 2)]
    assert Shift.objects.get().taken == 2


def test_two_awards_use_no_hour_twice(racing_world):
    from tests.act.test_learning import serve
    from tests.cast import make_volunteer

    from tertia.act.learning.models import Award

    student = make_volunteer(racing_world, 1)
    serve(racing_world, student, "22")
    said = race(f"""
        from tertia.act.learning.actions import award_scheme
        from tertia.core.parties.models import Organisation
        award_scheme(by=person("office"), owner=Organisation.objects.get(slug="uni"), person=Person.objects.get(pk={student.pk}), scheme="social", on=TODAY)
    """)
    assert said == ["lost BadInput", "won"]
    assert Award.objects.count() == 1
