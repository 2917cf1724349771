"""The calendar of a faculty or a partner (iCalendar): each event becomes an activity, planned or held; what comes back by a rule comes in once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.act.activities.actions import write_activity
from tertia.act.activities.models import Activity, HoursSheet
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import Fault
from tertia.core.files.sheets import SheetRow, SheetUnreadable
from tertia.core.intake.declare import Change, Intake, Judged, Line, declare_intake
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.periods.ical_reading import CalendarEvent, CalendarRead, CalendarUnreadable, read_calendar
from tertia.core.records.models import Record

__all__ = ["CALENDAR"]

BY = Actor.system("lists")


@dataclass(frozen=True)
class Said:
    """An event; two with one title and one beginning are one."""

    identity: str
    event: CalendarEvent = field(repr=False, compare=False)


@dataclass(frozen=True)
class CalendarFile:
    """A calendar as the intake reads it: its lines are the events, counted from 1."""

    read: CalendarRead
    head: tuple[str, ...] = ("event", "title")

    def rows(self, after: int = 0) -> Iterator[SheetRow]:
        for number, found in self._found():
            if number > after:
                yield SheetRow(number, {"found": found}, {})

    def raw(self, lines: Iterable[int]) -> Iterator[tuple[int, list[Any]]]:
        wanted = set(lines)
        for number, found in self._found():
            if number in wanted:
                yield number, [number, found.title if isinstance(found, CalendarEvent) else ""]

    def _found(self) -> Iterator[tuple[int, CalendarEvent | str]]:
        """Events, and codes of those that cannot be read, in the order of the file."""
        unread, events = dict(self.read.unread), iter(self.read.events)
        for number in range(1, len(unread) + len(self.read.events) + 1):
            yield number, unread[number] if number in unread else next(events)


def _open(file: Path) -> CalendarFile:
    try:
        return CalendarFile(read_calendar(file.read_bytes()))
    except CalendarUnreadable as error:
        raise SheetUnreadable(error.code, (), _unreadable(error.code)) from None


def _unreadable(code: str) -> str:
    return {
        "empty": _("The file is empty. Choose another one."), "too-long": _("The calendar is larger than 10 MB, or has more than 20,000 events. Bring it in parts."),
    }.get(code, _("This is no calendar. Export it as iCalendar (.ics)."))  # fmt: skip


def _reader(organisation: Any) -> Callable[[SheetRow], tuple[Line | None, list[Fault]]]:
    def read(row: SheetRow) -> tuple[Line | None, list[Fault]]:
        found, where = row.cells["found"], str(row.line)
        if isinstance(found, str):
            sentence = {"no-start": _("Event %(line)d has no beginning."), "backwards": _("Event %(line)d ends before it begins.")}.get(
                found, _("Event %(line)d cannot be read.")
            )
            return None, [Fault(where, sentence % {"line": row.line})]
        if found.cancelled:
            return None, [Fault(where, _("Event %(line)d was called off.") % {"line": row.line})]
        if not found.title:
            return None, [Fault(where, _("Event %(line)d has no title.") % {"line": row.line})]
        identity = f"{found.starts.astimezone(dt.UTC).isoformat()}|{found.title.lower()[:200]}"
        return Line(row.line, identity, Said(identity, found)), []

    return read


def _there(organisation: Any, lines: Sequence[Line]) -> set[tuple[dt.datetime, str]]:
    rows = Activity.objects.filter(owner=organisation, starts_at__in={line.said.event.starts for line in lines})
    return {(a.starts_at, v[0].strip().lower()[:200]) for a in rows for v in a.title.versions.values()}


def _judge(organisation: Any, lines: Sequence[Line]) -> list[Judged]:
    there = _there(organisation, lines)
    return [Judged("same" if (line.said.event.starts, line.said.event.title.lower()[:200]) in there else "new") for line in lines]


def _write(organisation: Any, lines: Sequence[Line], language: str, on: dt.date) -> list[Change]:
    there, changes = _there(organisation, lines), []
    for line in lines:
        event: CalendarEvent = line.said.event
        key = (event.starts, event.title.lower()[:200])
        if key in there:
            continue
        there.add(key)
        ends = event.ends if event.ends > event.starts else event.starts + dt.timedelta(hours=1)
        made = write_activity(
            by=BY, owner=organisation, title=Text.of(language, **{language: event.title[:200]}), summary=Text.of(language, **({language: event.words[:1000]} if event.words else {})),
            starts_at=event.starts, ends_at=ends, where=event.where[:200], held=ends <= clock.now(), demonstration=organisation.demonstration,
        )  # fmt: skip
        changes.append(Change(line.number, 0, {"activity": made.pk}))
    return changes


def _undo(organisation: Any, changes: Sequence[Change]) -> int:
    """Activities on which nobody has written hours go."""
    made = [c.made["activity"] for c in changes if "activity" in c.made]
    full = set(HoursSheet.objects.filter(activity__in=made).values_list("activity", flat=True))
    Record.objects.filter(pk__in=set(made) - full).delete()
    return len(full)


CALENDAR = declare_intake(
    Intake(
        "calendar", gettext_lazy("A calendar (iCalendar)"),
        gettext_lazy("Each event becomes an activity: held where it is over, planned where it is still to come. What comes back by a rule comes in once, on its first day."),
        {}, (), _reader, _judge, _write, _undo, opener=_open, joins=True,
    )
)  # fmt: skip
