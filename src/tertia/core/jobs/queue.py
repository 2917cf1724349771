"""The queue: enqueue, take with a lease, run once, try again with growing pauses.

A job is taken by writing a lease. A worker that is killed loses its lease, and another takes the job after it has
run out. The effect of a job and the note that it is done are written in one transaction, so the effect happens once.
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

__all__ = ["JOBS", "enqueue", "job", "progress", "run_next", "run_waiting"]

log = logging.getLogger("tertia.jobs")
LEASE = dt.timedelta(seconds=120)
MOST_ATTEMPTS = 5
JOBS: dict[str, Callable[..., Any]] = {}
#: jobs that run before their transaction: they wait for others, or commit in steps, and doing them twice does no harm
ALONE: set[str] = set()


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
        taken = ready.first()
        if taken is None:
            return None
        taken.state, taken.lease_until, taken.attempts = Job.State.RUNNING, now + LEASE, taken.attempts + 1
        taken.save()
        return taken


def run_next(now: dt.datetime | None = None) -> Job | None:
    """Run one job that waits. Returns it as it ended, or None when nothing waits."""
    taken = _take(now or timezone.now())
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
    except Exception as error:
        log.exception("job %s failed", taken.key)
        _failed(taken, error)
    return taken


def _failed(taken: Job, error: Exception) -> None:
    taken.refresh_from_db()
    taken.error = "".join(traceback.format_exception_only(error)).strip()[:2000]
    taken.lease_until = None
    if taken.attempts >= MOST_ATTEMPTS:
        taken.state, taken.ended_at = Job.State.FAILED, timezone.now()
    else:
        taken.state = Job.State.WAITING
        taken.run_after = timezone.now() + dt.timedelta(seconds=2**taken.attempts)
    taken.save()


def run_waiting(most: int = 1000) -> int:
    """Run what waits now, at most so many. Returns how many ran."""
    count = 0
    while count < most and run_next() is not None:
        count += 1
    return count


def progress(key: str, done: int, total: int) -> None:
    """Tell how far a long job is; seen by others only where the job commits in steps."""
    Job.objects.filter(key=key).update(done=done, total=total, lease_until=timezone.now() + LEASE)
