"""A mail server that is dead, slow, busy, refuses, or takes a letter and never says so: letters wait, other work goes on, nobody gets one twice."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone
from tests.database import environment
from tests.faults.mail_server import MailServer

from tertia.core.jobs.models import Job
from tertia.core.jobs.queue import JOBS, PATIENCE, enqueue, job, run_next, run_waiting
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(settings):
    with MailServer() as found:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = SMTP, "127.0.0.1", found.port, 1
        yield found


@pytest.fixture
def other_work():
    """A kind of job that has nothing to do with letters."""
    done = []
    job("faults.other")(lambda: done.append(timezone.now()))
    yield done
    del JOBS["faults.other"]


def letters(*names):
    return [write_message(key=name, to=f"{name}@example.org", language="en", subject=name, body="…") for name in names]


def at(minutes):
    return lambda: timezone.now() + dt.timedelta(minutes=minutes)


def letters_of(server):
    return sorted(m["Subject"] for m in server.letters)


def test_a_dead_server_is_asked_once_a_minute_and_gets_every_letter_once_when_it_lives(db, server, settings, other_work):
    port = server.port
    settings.EMAIL_PORT = 1
    letters(*"abcde")
    enqueue("faults.other", "1")
    ran = run_waiting()
    assert len(other_work) == 1 and ran == 2  # one letter asked for all
    waiting = Job.objects.filter(name="messages.send")
    assert {(j.state, j.attempts) for j in waiting} == {("waiting", 0)} and not Message.objects.exclude(sent_at=None).exists()
    for minute in range(2, 60, 2):  # an hour, far longer than a job's own patience with itself
        run_waiting(clock=at(minute))
    assert {j.state for j in waiting.all()} == {"waiting"}
    settings.EMAIL_PORT = port
    run_waiting(clock=at(62))
    assert letters_of(server) == list("abcde") and len({m["Message-ID"] for m in server.letters}) == 5
    assert {j.state for j in waiting.all()} == {"done"} and not Message.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_slow_server_holds_up_neither_other_work_nor_writing(server, other_work):
    server.mood = "silent"
    letters(*(f"l{n}" for n in range(20)))
    enqueue("faults.other", "1")
    begun = time.monotonic()
    writing = []

    def write():
        time.sleep(0.3)  # the worker waits for the server meanwhile
        begin = time.monotonic()
        letters("beside")
        writing.append(time.monotonic() - begin)
        connection.close()

    beside = threading.Thread(target=write)
    beside.start()
    run_waiting()
    beside.join()
    assert time.monotonic() - begun < 4 and server.calls <= 2  # the one written meanwhile asked as well
    assert len(other_work) == 1 and writing[0] < 0.6
    server.mood = "good"
    run_waiting(clock=at(2))
    assert len(letters_of(server)) == 21 == len(set(letters_of(server)))


def test_a_busy_mailbox_waits_alone(db, server):
    server.mood = "busy"
    letters("busy", "good")
    run_waiting()
    assert letters_of(server) == ["good"]
    (waits,) = Job.objects.filter(name="messages.send", state="waiting")
    assert waits.run_after > timezone.now() + dt.timedelta(minutes=9) and "450" in waits.error
    server.mood = "good"
    run_waiting(clock=at(11))
    assert letters_of(server) == ["busy", "good"]


@pytest.mark.parametrize(("mood", "code"), [("no_such_mailbox", "550"), ("full", "552")])
def test_what_is_refused_for_good_is_not_tried_again(db, server, mood, code):
    server.mood = mood
    letters("bad")
    run_waiting()
    (refused,) = Job.objects.filter(name="messages.send")
    assert refused.state == "failed" and refused.attempts == 1 and code in refused.error
    run_waiting(clock=at(600))
    assert server.calls == 1


def test_a_server_that_does_not_know_us_is_told_of_and_loses_no_letter(db, server, settings):
    from tertia.operation.doctor import examine

    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "tertia", "wrong"
    server.mood = "stranger"
    letters("a", "b")
    run_waiting()
    assert {j.state for j in Job.objects.filter(name="messages.send")} == {"waiting"}
    (told,) = [f for f in examine() if f.code == "letters"]
    assert told.state == "bad" and "535" in told.sentence and "TERTIA_SMTP" in told.sentence
    server.mood = "good"
    run_waiting(clock=at(2))
    assert letters_of(server) == ["a", "b"]


def test_who_does_not_answer_for_days_is_given_up(db, server, settings):
    settings.EMAIL_PORT = 1
    letters("old")
    run_next(timezone.now() + PATIENCE + dt.timedelta(minutes=1))
    (given_up,) = Job.objects.filter(name="messages.send")
    assert given_up.state == "failed" and "refused" in given_up.error.lower()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_before_the_yes_sends_the_same_letter_not_another(server):
    server.mood = "swallowing"
    letters("once")
    told = environment(TERTIA_EMAIL_BACKEND=SMTP, TERTIA_SMTP_HOST="127.0.0.1", TERTIA_SMTP_PORT=str(server.port))
    worker = subprocess.Popen([sys.executable, "-m", "tertia", "worker"], env=told)
    deadline = time.monotonic() + 60
    while not server.letters and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    server.mood = "good"
    run_waiting(clock=at(3))  # its lease has run out
    assert [m["Subject"] for m in server.letters] == ["once", "once"] and len({m["Message-ID"] for m in server.letters}) == 1
    assert Message.objects.get().sent_at is not None
