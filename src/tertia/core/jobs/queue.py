"""The queue: enqueue, take with a lease, run once, try again with growing pauses.

A job is taken by writing a lease. A worker that is killed loses its lease, and another takes the job after it has
run out. The effect of a job and the note that it is done are written in one transaction, so the effect happens once.
A job that kills its worker again and again is set aside. One that waits for somebody outside says `Later`, and is no failure.
"""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from tertia.core.jobs.models import Job

__all__ = ["JOBS", "PATIENCE", "Later", "Never", "enqueue", "job", "progress", "run_next", "run_waiting"]

log = logging.getLogger("tertia.jobs")
LEASE = dt.timedelta(seconds=120)
MOST_ATTEMPTS = 5
#: who is waited for outside is given up after so long, as mail servers do (RFC 5321, 4.5.4.1: four to five days)
PATIENCE = dt.timedelta(days=4)
JOBS: dict[str, Callable[..., Any]] = {}
#: jobs that run before their transaction: they wait for others, or commit in steps, and doing them twice does no harm
ALONE: set[str] = set()


class Later(Exception):
    """Somebody outside does not answer: the job waits for `pause`. With `every`, all jobs of its kind wait with it."""

    def __init__(self, sentence: str, *, pause: dt.timedelta, every: bool) -> None:
        super().__init__(sentence)
        self.pause, self.every = pause, every


class Never(Exception):
    """Somebody outside said no for good: the job is not tried again."""


def job(name: str, *, alone: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a kind of job. It runs inside a transaction; what it returns is kept as JSON.

    `alone`: it runs outside of one, so that no lock is held while it waits; it has to be harmless when done again.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        JOBS[name] = function
        if alone:
            ALONE.add(name)
        return function

    return register


def enqueue(name: str, key: str, *, run_after: dt.datetime | None = None, **arguments: Any) -> Job:
    """Put work in the queue once: the same key again gives the job that is there."""
    made, _ = Job.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "arguments": arguments, "run_after": run_after or timezone.now()}
    )
    return made


def _take(now: dt.datetime) -> Job | None:
    with transaction.atomic():
        ready = Job.objects.filter(
            Q(state=Job.State.WAITING, run_after__lte=now) | Q(state=Job.State.RUNNING, lease_until__lt=now)
        ).order_by("run_after", "pk")
        if connection.vendor == "postgresql":
            ready = ready.select_for_update(skip_locked=True)
        while (taken := ready.first()) and taken.state == Job.State.RUNNING and taken.attempts >= MOST_ATTEMPTS:
            _set_aside(taken, now)
        if taken is None:
            return None
        taken.state, taken.lease_until, taken.attempts = Job.State.RUNNING, now + LEASE, taken.attempts + 1
        taken.save()
        return taken


def _set_aside(lost: Job, now: dt.datetime) -> None:
    """A job whose worker never came back from it, as often as a job may fail, has failed: else it would end every worker."""
    log.error("job %s ended its worker %d times and is set aside", lost.key, lost.attempts)
    lost.state, lost.ended_at, lost.lease_until = Job.State.FAILED, now, None
    lost.error = f"Its worker ended in the middle of it {lost.attempts} times."
    lost.save()


def run_next(now: dt.datetime | None = None) -> Job | None:
    """Run one job that waits. Returns it as it ended, or None when nothing waits."""
    now = now or timezone.now()
    taken = _take(now)
    if taken is None:
        return None
    try:
        early = JOBS[taken.name](**taken.arguments) if taken.name in ALONE else None
        with transaction.atomic():
            held = Job.objects.filter(pk=taken.pk, state=Job.State.RUNNING, attempts=taken.attempts)
            if connection.vendor == "postgresql":
                held = held.select_for_update()
            if not held.exists():
                return None
            taken.result = early if taken.name in ALONE else JOBS[taken.name](**taken.arguments)
            taken.state, taken.ended_at, taken.lease_until, taken.error = Job.State.DONE, timezone.now(), None, ""
            taken.save()
    except Later as error:
        log.warning("job %s waits: %s", taken.key, error)
        _put_off(taken, error, now)
    except Exception as error:
        log.exception("job %s failed", taken.key)
        _failed(taken, error, now)
    return taken


def _put_off(taken: Job, error: Later, now: dt.datetime) -> None:
    """Waiting for others costs no attempt; who answers to nobody for days is given up."""
    if now - taken.created_at > PATIENCE:
        _failed(taken, Never(str(error)), now)
        return
    until = now + error.pause
    Job.objects.filter(pk=taken.pk).update(state=Job.State.WAITING, run_after=until, lease_until=None, error=str(error)[:2000], attempts=0)
    if error.every:
        Job.objects.filter(name=taken.name, state=Job.State.WAITING, run_after__lt=until).update(run_after=until)
    taken.refresh_from_db()


def _failed(taken: Job, error: Exception, now: dt.datetime) -> None:
    taken.refresh_from_db()
    taken.error = "".join(traceback.format_exception_only(error)).strip()[:2000]
    taken.lease_until = None
    if taken.attempts >= MOST_ATTEMPTS or isinstance(error, Never):
        taken.state, taken.ended_at = Job.State.FAILED, timezone.now()
    else:
        taken.state = Job.State.WAITING
        taken.run_after = now + dt.timedelta(seconds=2**taken.attempts)
    taken.save()


def run_waiting(most: int = 1000, clock: Callable[[], dt.datetime] = timezone.now) -> int:
    """Run what waits now, at most so many. Returns how many ran."""
    count = 0
    while count < most and run_next(clock()) is not None:
        count += 1
    return count


def progress(key: str, done: int, total: int) -> None:
    """Tell how far a long job is; seen by others only where the job commits in steps."""
    Job.objects.filter(key=key).update(done=done, total=total, lease_until=timezone.now() + LEASE)
