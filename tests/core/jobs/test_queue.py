"""Jobs survive the death of a worker and never run their effect twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import TODAY
from tests.database import environment

from tertia.core.jobs.models import Job
from tertia.core.jobs.queue import JOBS, LEASE, MOST_ATTEMPTS, _take, enqueue, job, run_next, run_waiting
from tertia.core.jobs.rounds import ROUNDS, clear_done, due_rounds
from tertia.core.jobs.work import Steady
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import send_digests, write_message


@pytest.fixture
def counting():
    ran = []

    @job("test.count")
    def count(n):
        ran.append(n)
        return n

    yield ran
    del JOBS["test.count"]


def test_two_jobs_with_one_key_are_one(db, counting):
    enqueue("test.count", "a", n=1)
    enqueue("test.count", "a", n=2)
    assert run_waiting() == 1
    assert counting == [1]


def test_a_job_that_fails_waits_longer_each_time_and_then_gives_up(db):
    @job("test.fail")
    def fail():
        raise ValueError("no such thing")

    try:
        made = enqueue("test.fail", "a")
        for _ in range(5):
            Job.objects.filter(pk=made.pk).update(run_after=timezone.now() - dt.timedelta(seconds=1))
            run_next()
    finally:
        del JOBS["test.fail"]
    made.refresh_from_db()
    assert (made.state, made.attempts, made.error) == ("failed", 5, "ValueError: no such thing")


def test_what_a_failing_job_wrote_is_undone(db):
    @job("test.half")
    def half():
        enqueue("test.half", "inner")
        raise ValueError

    try:
        enqueue("test.half", "outer")
        run_next()
    finally:
        del JOBS["test.half"]
    assert not Job.objects.filter(key="test.half:inner").exists()


def test_a_job_whose_worker_died_is_taken_again_after_its_lease(db, counting):
    made = enqueue("test.count", "a", n=1)
    Job.objects.filter(pk=made.pk).update(state="running", attempts=1, lease_until=timezone.now() + dt.timedelta(seconds=60))
    assert run_next() is None
    assert run_next(timezone.now() + dt.timedelta(seconds=61)) is not None
    assert counting == [1]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing():
    """A real worker process is killed with SIGKILL while it works; a second one ends the work; each letter is sent once."""
    for i in range(60):
        write_message(key=f"k{i}", to="a@example.org", language="en", subject=f"Letter {i}", body="…", demonstration=True)
    killed = subprocess.Popen([sys.executable, "-m", "tertia", "worker"], env=environment())
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not Message.objects.exclude(sent_at=None).exists():
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert Message.objects.exclude(sent_at=None).exists()
    Job.objects.filter(state="running").update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    subprocess.run([sys.executable, "-m", "tertia", "worker", "--once"], env=environment(), check=True, timeout=60)
    assert Message.objects.filter(sent_at=None).count() == 0
    sent = Job.objects.filter(name="messages.send")
    assert {j.state for j in sent} == {"done"} and sum(j.result == "sent before" for j in sent) <= 1  # noted as sent, and killed then


def test_small_news_wait_for_one_letter_a_day(db, mailoutbox):
    for i in range(3):
        write_message(key=f"n{i}", to="a@example.org", language="en", subject=f"News {i}", body="…", urgency="digest")
    assert run_waiting() == 0
    assert send_digests(TODAY) == 1
    assert send_digests(TODAY) == 0
    run_waiting()
    (letter,) = mailoutbox
    assert letter.subject == "3 pieces of news from Tertia"
    assert all(f"News {i}" in letter.body for i in range(3))


def test_a_message_with_one_key_is_written_once(db, mailoutbox):
    for _ in range(2):
        write_message(key="once", to="a@example.org", language="en", subject="Once", body="…")
    run_waiting()
    assert [m.subject for m in mailoutbox] == ["Once"]


def test_rounds_that_were_done_are_forgotten_and_what_must_not_be_done_twice_is_not(db, counting):
    now = timezone.now()
    due_rounds(now)
    due_rounds(now)
    assert Job.objects.count() == len(ROUNDS)
    enqueue("test.count", "once", n=1)
    Job.objects.update(state="done", run_after=now - dt.timedelta(days=8))
    enqueue("jobs.clear", "later")
    assert clear_done() == len(ROUNDS)
    assert sorted(Job.objects.values_list("key", flat=True)) == ["jobs.clear:later", "test.count:once"]
    assert enqueue("test.count", "once", n=1).state == "done"


def test_a_job_that_ends_its_worker_again_and_again_is_set_aside(db, counting):
    """Nothing is caught when a worker is killed: only the lease tells."""
    made, now = enqueue("test.count", "poison", n=1), timezone.now()
    for turn in range(1, MOST_ATTEMPTS + 1):
        now += LEASE + dt.timedelta(seconds=1)
        assert _take(now).attempts == turn
    now += LEASE + dt.timedelta(seconds=1)
    assert run_next(now) is None and counting == []
    made.refresh_from_db()
    assert made.state == "failed" and "in the middle of it 5 times" in made.error


@given(steps=st.lists(st.tuples(st.floats(0, 100), st.floats(-20_000, 20_000)), max_size=30))
def test_a_workers_clock_does_not_go_back_unless_the_walls_was_wrong_as_a_whole(steps):
    wall, ticks = [1_000_000.0], [50.0]
    clock = Steady(lambda: wall[0], lambda: ticks[0])
    last = clock()
    for passed, put in steps:
        wall[0], ticks[0] = wall[0] + passed + put, ticks[0] + passed
        now, real = clock(), dt.datetime.fromtimestamp(wall[0], dt.UTC)
        assert now >= last or now == real and (last - real).total_seconds() > Steady.BRIDGED - 100
        assert now >= real  # never late
        assert (now - real).total_seconds() <= Steady.BRIDGED + 1e-3
        last = now


def test_work_of_before_is_done_though_the_clock_was_put_back(db, counting):
    wall, ticks = [time.time()], [0.0]
    clock = Steady(lambda: wall[0], lambda: ticks[0])
    enqueue("test.count", "a", n=1)
    wall[0] -= 3600
    ticks[0] += 1
    assert run_waiting(clock=clock) == 1 and counting == [1]
