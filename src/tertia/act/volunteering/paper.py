"""A sheet of paper typed in later: a line for each person, `3 10:05 14:00`, by the number that is printed beside the name."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.volunteering.actions.lists import Given
from tertia.act.volunteering.models import SignUp
from tertia.core.actions.errors import BadInput, Fault

__all__ = ["read_paper"]

_LINE = re.compile(r"^\s*(\d{1,6})(?:\s+(\d{1,2})[:.](\d{2}))?(?:\s*[-–]?\s*(\d{1,2})[:.](\d{2}))?\s*$")


def read_paper(text: str, shift: Any) -> list[Given]:
    """Number, arrival, departure of each line; a number alone was there from the beginning to the end. Typed twice, it counts once.

    Raises BadInput with every line that cannot be read.
    """
    known = dict(SignUp.objects.filter(shift=shift).values_list("number", "person"))
    found, faults = [], []
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if match is None:
            faults.append(
                Fault("paper", _("Line %(n)d: write the number, then when the person came and left, for example 3 10:05 14:00.") % {"n": n})
            )
            continue
        person = known.get(int(match[1]))
        if person is None:
            faults.append(Fault("paper", _("Line %(n)d: the list has no number %(number)s.") % {"n": n, "number": match[1]}))
            continue
        try:
            times = [_time(shift, match[a], match[b]) for a, b in ((2, 3), (4, 5)) if match[a]]
        except ValueError:
            faults.append(Fault("paper", _("Line %(n)d: there is no such time of day.") % {"n": n}))
            continue
        spans = [*times, *([] if len(times) == 2 else [shift.ends_at] if times else [shift.starts_at, shift.ends_at])]
        found += [Given(f"paper-{match[1]}-{kind}-{at:%H%M}", person, kind, at) for kind, at in zip(("in", "out"), spans)]
    if faults:
        raise BadInput(*faults)
    if not found:
        raise BadInput(Fault("paper", _("There is no line. Type the numbers of those who were there.")))
    return found


def _time(shift: Any, hour: str, minute: str) -> dt.datetime:
    """The moment on the wall of the place: on the day of the shift, or after midnight where the shift goes over it."""
    starts, ends = shift.local()
    at = dt.datetime.combine(starts.date(), dt.time(int(hour), int(minute)), starts.tzinfo)
    if at < starts - dt.timedelta(hours=3) and ends.date() > starts.date():
        at += dt.timedelta(days=1)
    return at.astimezone(dt.UTC)
