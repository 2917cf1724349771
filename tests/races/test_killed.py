"""`kill -9` in the middle of an import, a sync, a signature and a badge: the repeat ends in the same state, nothing twice. On both databases."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from tests.cast import make_opportunity, make_sheet, make_student, make_volunteer
from tests.database import environment
from tests.races.test_races import HEAD, racing_world  # noqa: F401

from tertia.act.activities.models import HoursSheet
from tertia.act.learning.models import Badge, Course, OutcomeChange, Programme
from tertia.act.volunteering.models import Entry, SignUp
from tertia.core.actions.models import Event
from tertia.core.intake.models import IntakeRun
from tertia.core.parties.models import Membership, Person
from tertia.core.periods import clock

pytestmark = pytest.mark.django_db(transaction=True)

BODY = """
    from tertia.act.activities.actions import attest_hours
    from tertia.act.activities.models import HoursSheet
    from tertia.act.learning.actions import import_study
    from tertia.act.learning.badges import issue_badge
    from tertia.act.learning.study_file import StudyRow
    from tertia.act.volunteering.actions import enter
    from tertia.act.volunteering.actions.lists import Given
    from tertia.act.volunteering.models import Shift, SignUp
    from tertia.core.access.models import Pass
    from tertia.core.intake.actions import begin_taking, keep_file, send_list
    from tertia.core.intake.models import IntakeRun
    from tertia.core.intake.work import check_list, take_list
    from tertia.core.parties.models import Organisation
    from decimal import Decimal
    uni = Organisation.objects.get(slug="uni")
    rows = [StudyRow(n, f"P{n % 7}", f"Programme {n % 7}", "", f"C{n % 60}", f"Course {n % 60}", Decimal(5), True, f"O{n}", f"Outcome {n}", True) for n in range(240)]
    import_study(by=person("office"), owner=uni, rows=rows, language="en", on=TODAY)
    shift = Shift.objects.select_related("opportunity__owner").get()
    people = list(SignUp.objects.filter(shift=shift).values_list("person", flat=True))
    at = shift.starts_at
    enter(by=person("office"), shift=shift, entries=[Given(f"{kind}-{p}", p, kind, at) for p in people for kind in ("in", "out")])
    sheet = HoursSheet.objects.get(pk=SHEET)
    if sheet.state == "asked":
        attest_hours(by=Actor.holding(Pass.objects.get(pk=PASS)), sheet=sheet, changes={}, absent=set())
    student = sheet.participations.first().person
    issue_badge(by=Actor.of(student, TODAY), owner=uni, person=student)
    draft, digest, size = keep_file([b"number,name\\n" + b"".join(b"K%04d,Somebody %d\\n" % (n, n) for n in range(5000))])
    run = send_list(by=person("office"), organisation=uni, kind="people", name="list.csv", draft=draft, digest=digest, size=size, language="en")
    check_list(run.pk)
    run = IntakeRun.objects.get()
    if run.state == "checked":
        begin_taking(by=person("office"), run=run)
    take_list(run.pk)
"""


def test_the_repeat_after_a_kill_ends_in_the_same_state(racing_world):  # noqa: F811
    world = racing_world
    opportunity = make_opportunity(world, places=100, on=clock.today() - dt.timedelta(days=1))  # begun, whatever the hour
    shift = opportunity.shifts.get()
    people = [make_student(world, 500 + n) for n in range(60)]
    from django.db.models.query import QuerySet

    QuerySet(SignUp).bulk_create([SignUp(shift=shift, person=p, number=n, signed_up_at=clock.now()) for n, p in enumerate(people, start=1)])
    sheet = make_sheet(world, people=12)
    assert make_volunteer(world, 1)
    body = textwrap.indent(textwrap.dedent(BODY).replace("SHEET", str(sheet.pk)).replace("PASS", str(sheet.link.pk)).strip(), "    ")
    for seconds in (0.05, 0.3, 0.8, 1.5, 2.5, None):
        run = _start(HEAD.format(body=body))
        if seconds is not None:
            time.sleep(seconds)
            run.send_signal(signal.SIGKILL)
            run.wait(timeout=20)
        else:
            out, err = run.communicate(timeout=120)
            assert out.strip() == "won", err[-2000:]
    assert (Programme.objects.count(), Course.objects.count(), OutcomeChange.objects.count()) == (7, 60, 240)
    assert Entry.objects.count() == 120
    assert HoursSheet.objects.get(pk=sheet.pk).state == "signed"
    assert Event.objects.filter(action="activities.attest_hours").count() == 1
    assert Badge.objects.count() == 1
    run = IntakeRun.objects.get()
    assert (run.state, run.new, run.done_lines) == ("taken", 5000, 5000)
    brought = Person.objects.filter(key__startswith="K")
    assert brought.count() == 5000 == Membership.objects.filter(person__in=brought.values("pk")).count()


def _start(code: str) -> subprocess.Popen[str]:
    run = subprocess.Popen(
        [sys.executable, "-c", code], env=environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout.readline() == "ready\n", run.stderr.read()
    run.stdin.write("go\n")
    run.stdin.flush()
    return run
