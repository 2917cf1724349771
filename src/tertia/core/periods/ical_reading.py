"""Calendars of others (RFC 5545) as a list of events: what can be read is read, what cannot is named, nothing makes it fall. No Django.

Files out of real programs have bare line ends, marks of byte order, zones without rules, days instead of moments, and errors; icalendar
reads most of it, and each event by itself is tried again where the whole is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

__all__ = ["MOST_BYTES", "CalendarEvent", "CalendarRead", "CalendarUnreadable", "read_calendar"]

MOST_BYTES, MOST_EVENTS = 10_000_000, 20_000
_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*$.*?^END:VEVENT[ \t]*$", re.MULTILINE | re.DOTALL | re.IGNORECASE)


class CalendarUnreadable(Exception):
    """No calendar: `code` is empty, too-long, no-calendar or broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class CalendarEvent:
    """`starts` and `ends` are aware; of whole days they are midnights in `zone`, and the last day is not within (RFC 5545, 3.6.1)."""

    uid: str
    title: str
    starts: dt.datetime
    ends: dt.datetime
    whole_days: bool = False
    where: str = ""
    words: str = ""
    url: str = ""
    cancelled: bool = False
    #: it comes back by a rule or on listed days; only its first time is told
    recurs: bool = False


@dataclass(frozen=True)
class CalendarRead:
    """`what` is calendar, or component where no calendar was around the events; `unread`: (place from 1, code no-start, backwards or broken)."""

    what: str
    events: list[CalendarEvent] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)


def read_calendar(data: bytes, zone: str = "Asia/Almaty") -> CalendarRead:
    """The events of a file. `zone`: of moments without one. Raises CalendarUnreadable."""
    if not data.strip():
        raise CalendarUnreadable("empty")
    if len(data) > MOST_BYTES:
        raise CalendarUnreadable("too-long")
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if not re.search(r"^BEGIN:V?[A-Z]+", text, re.MULTILINE | re.IGNORECASE):
        raise CalendarUnreadable("no-calendar")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of each zone whose name it has to guess
        return _read(text, ZoneInfo(zone))


def _read(text: str, zone: ZoneInfo) -> CalendarRead:
    read = CalendarRead("calendar" if re.search(r"^BEGIN:VCALENDAR", text, re.MULTILINE | re.IGNORECASE) else "component")
    for place, found in enumerate(_components(text), start=1):
        if place > MOST_EVENTS:
            raise CalendarUnreadable("too-long")
        made = _event(found, zone) if found is not None else "broken"
        if isinstance(made, str):
            read.unread.append((place, made))
        else:
            read.events.append(made)
    return read


def _components(text: str) -> Iterator[Any]:
    """The events, None for one that cannot be read."""
    try:
        whole = [c for one in Calendar.from_ical(text, multiple=True) for c in one.walk("VEVENT")]
    except Exception:  # the library raises errors of many kinds for broken files
        whole = None
    if whole is not None:
        yield from whole
        return
    for match in _EVENT.finditer(text):
        try:
            yield Component.from_ical(match.group())
        except Exception:  # as above
            yield None


def _event(found: Any, zone: ZoneInfo) -> CalendarEvent | str:
    try:
        start = _moment(found.get("dtstart"), zone)
        if start is None:
            return "no-start"
        starts, days = start
        end = _moment(found.get("dtend"), zone)
        length = getattr(found.get("duration"), "dt", None)
        ends = (
            end[0]
            if end
            else starts + length
            if isinstance(length, dt.timedelta)
            else starts + (dt.timedelta(days=1) if days else dt.timedelta(0))
        )
        if ends < starts:
            return "backwards"
        return CalendarEvent(
            _words(found, "uid")[:300], _words(found, "summary")[:300], starts, ends, days, _words(found, "location")[:300], _words(found, "description")[:3000], _web(_words(found, "url")),
            _words(found, "status").upper() == "CANCELLED", any(name in found for name in ("rrule", "rdate")),
        )  # fmt: skip
    except Exception:  # values that the library makes lazily may be broken too
        return "broken"


def _moment(value: Any, zone: ZoneInfo) -> tuple[dt.datetime, bool] | None:
    found = getattr(value, "dt", None)
    if isinstance(found, dt.datetime):
        return (found if found.tzinfo else found.replace(tzinfo=zone)), False
    if isinstance(found, dt.date):
        return dt.datetime.combine(found, dt.time(), zone), True
    return None


def _words(found: Any, name: str) -> str:
    value = found.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", str(value or "")).strip()


def _web(address: str) -> str:
    return address[:500] if address.startswith(("https://", "http://")) else ""
