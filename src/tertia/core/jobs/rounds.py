"""Rounds: work that comes back by itself. An app declares one; the worker puts it in the queue when its time has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tertia.core.jobs.models import Job
from tertia.core.jobs.queue import enqueue, job

__all__ = ["KEPT", "ROUNDS", "Round", "clear_done", "declare_round", "due_rounds"]

#: done rounds are kept so long; every minute several are done, which would be millions in a year
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Round:
    """`every` is minute, hour or day."""

    name: str
    every: str


ROUNDS: dict[str, Round] = {}
_KEYS = {"minute": "%Y-%m-%dT%H:%M", "hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d"}


def declare_round(name: str, every: str, *, alone: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a job that comes back every minute, hour or day; `alone` as in `job`."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        ROUNDS[name] = Round(name, every)
        return job(name, alone=alone)(function)

    return register


def due_rounds(now: dt.datetime | None = None) -> None:
    """Put each round in the queue once for its present minute, hour or day; several workers put it there once."""
    local = timezone.localtime(now or timezone.now())
    for found in ROUNDS.values():
        enqueue(found.name, local.strftime(_KEYS[found.every]))


@declare_round("jobs.clear", every="day")
def clear_done() -> int:
    """Forget rounds that were done. Other jobs stay: that they are there is what keeps them from being done twice."""
    old = Job.objects.filter(name__in=list(ROUNDS), state=Job.State.DONE, run_after__lt=timezone.now() - KEPT)
    return int(old.delete()[0])
