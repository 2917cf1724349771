"""The day and the moment that Tertia calls now: the calendar's, or those that a demonstration was laid on.

A demonstration tells a story of two years; `at` lays a part of it on its day. Only an installation that is marked as
a demonstration may do so: elsewhere the clock is the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

__all__ = ["at", "now", "today"]

_laid: ContextVar[dt.datetime | None] = ContextVar("tertia_laid_moment", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    laid = _laid.get()
    if laid is not None:
        return laid
    moment = timezone.now()
    if not settings.TERTIA_TODAY:
        return moment
    local = timezone.localtime(moment)
    return local.replace(**_parts(dt.date.fromisoformat(settings.TERTIA_TODAY))).astimezone(dt.UTC)


def today() -> dt.date:
    """The day in the installation's time zone."""
    return timezone.localtime(now()).date()


def _parts(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


@contextmanager
def at(day: dt.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Inside: it is that day. Raises RuntimeError outside a demonstration."""
    if not settings.TERTIA_DEMONSTRATION:
        raise RuntimeError("only a demonstration may be laid on other days")
    token = _laid.set(timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute))))
    try:
        yield
    finally:
        _laid.reset(token)
