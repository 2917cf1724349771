"""A worker: what comes back by itself is put in the queue, what waits is run, until it is told to stop.

It outlives its database: while that does not answer it waits, and goes on by itself.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from tertia.core.jobs.queue import run_waiting
from tertia.core.jobs.rounds import due_rounds

__all__ = ["Steady", "work"]

log = logging.getLogger("tertia.jobs")
LONGEST_PAUSE = 15.0


class Steady:
    """The moment by the clock on the wall, but that it does not go back when that is put back.

    Work that was put in the queue before would else stand still until the wall's clock has come round again. A clock that was put back
    by more than `BRIDGED` was wrong as a whole, and is followed.
    """

    BRIDGED = 7200.0

    def __init__(self, wall: Callable[[], float] = time.time, ticks: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._ticks = wall, ticks
        self._last, self._tick = wall(), ticks()

    def __call__(self) -> dt.datetime:
        """This moment, aware, in UTC."""
        wall, tick = self._wall(), self._ticks()
        steady = self._last + (tick - self._tick)
        self._last, self._tick = (wall if wall >= steady or steady - wall > self.BRIDGED else steady), tick
        return dt.datetime.fromtimestamp(self._last, dt.UTC)


def work(*, once: bool, stopping: Callable[[], bool]) -> None:
    """Run jobs until `stopping` says so; with `once`, until nothing waits. Raises only what a database says that is asked `once`."""
    clock, pause = Steady(), 1.0
    while not stopping():
        try:
            due_rounds(clock())
            ran = run_waiting(most=200, clock=clock)
        except (InterfaceError, OperationalError) as error:
            if once:
                raise
            log.error("the database does not answer; the worker waits %d s: %s", pause, str(error).strip())
            connection.close()
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        pause = 1.0
        if ran:
            continue
        if once:
            return
        time.sleep(1.0)
