"""Calendar entries that calendar programs honour (RFC 5545): one lasting UID for each, a rising SEQUENCE, zones, what was cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress

__all__ = ["CalendarEntry", "calendar_file"]


@dataclass(frozen=True)
class CalendarEntry:
    """`uid` never changes for one thing; `version` rises when it is moved or cancelled; times are aware. `zone`: shown in this zone."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    changed_at: dt.datetime
    where: str = ""
    words: str = ""
    url: str = ""
    zone: str = ""
    version: int = 0
    cancelled: bool = False
    #: hours before the start at which the program reminds
    remind: float | None = None
    #: (name, address) of who calls, and of who is asked; both are needed for an invitation
    organizer: tuple[str, str] | None = None
    attendee: tuple[str, str] | None = None


def calendar_file(entries: Iterable[CalendarEntry], name: str = "", method: str = "") -> bytes:
    """An iCalendar file. Times stand in the entry's zone, with the zone's own rules beside them, else in UTC.

    `method` makes it an invitation (RFC 5546): REQUEST asks, and asks again when the version rises; CANCEL calls off.
    """
    found = Calendar()
    found.add("prodid", "-//Tertia//third mission//EN")
    found.add("version", "2.0")
    if name:
        found.add("x-wr-calname", name)
    if method:
        found.add("method", method)
    zoned = False
    for entry in entries:
        zoned = zoned or bool(entry.zone)
        found.add_component(_event(entry))
    if zoned:
        found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(entry: CalendarEntry) -> Event:
    zone: dt.tzinfo = ZoneInfo(entry.zone) if entry.zone else dt.UTC
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    made.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    made.add("sequence", entry.version)
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("summary", entry.title)
    made.add("dtstart", entry.starts_at.astimezone(zone))
    if entry.ends_at is not None:
        made.add("dtend", entry.ends_at.astimezone(zone))
    for name, value in (("location", entry.where), ("description", entry.words), ("url", entry.url)):
        if value:
            made.add(name, value)
    if entry.organizer:
        made.add("organizer", _address(*entry.organizer))
    if entry.attendee:
        asked = _address(*entry.attendee)
        asked.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
        made.add("attendee", asked)
    if entry.remind and not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", dt.timedelta(hours=-entry.remind))
        made.add_component(alarm)
    return made


def _address(name: str, mail: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{mail}")
    found.params["CN"] = name
    return found
