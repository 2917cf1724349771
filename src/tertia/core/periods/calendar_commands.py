"""`tertia calendar read`: calendars as a list of events. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_calendar"]

_SENTENCES = {
    "empty": "The file is empty.", "too-long": "The file is larger than 10 MB, or has more than 20,000 events.", "no-calendar": "This is no calendar (RFC 5545).",
    "no-start": "This event has no beginning.", "backwards": "This event ends before it begins.", "broken": "This event cannot be read.", "unreadable": "The file cannot be read.",
}  # fmt: skip


def add_calendar(rows: Any, add: Any) -> None:
    group = rows.add_parser("calendar", help="calendars of others").add_subparsers(required=True, metavar="COMMAND")
    read = add(group, "read", _read, "read iCalendar files as one list of events, with what could not be read")
    read.add_argument("files", type=Path, nargs="+", metavar="FILE")
    read.add_argument("--zone", default="Asia/Almaty", help="the zone of moments that name none")
    read.add_argument("--json", action="store_true")


def _read(arguments: argparse.Namespace) -> int:
    """Exit 0: all was read; 1: something was not; 2: a file is no calendar."""
    from tertia.core.periods.ical_reading import CalendarUnreadable, read_calendar  # slow library

    events: list[dict[str, Any]] = []
    unread: list[dict[str, Any]] = []
    whole = True
    for path in arguments.files:
        try:
            found = read_calendar(path.read_bytes(), arguments.zone)
        except (CalendarUnreadable, OSError) as error:
            code = getattr(error, "code", "unreadable")
            unread.append({"where": path.name, "code": code, "sentence": _SENTENCES[code]})
            whole = False
            continue
        for e in found.events:
            events.append(
                {
                    "uid": e.uid, "title": e.title, "starts": e.starts.isoformat(), "ends": e.ends.isoformat(), "whole_days": e.whole_days, "where": e.where, "words": e.words, "url": e.url,
                    "cancelled": e.cancelled, "recurs": e.recurs, "file": path.name,
                }
            )  # fmt: skip
        unread += [{"where": f"{path.name}, event {place}", "code": code, "sentence": _SENTENCES[code]} for place, code in found.unread]
    state = "unreadable" if not whole else "incomplete" if unread else "read"
    if arguments.json:
        print(
            json.dumps(
                {"events": events, "unread": unread, "read": len(events), "valid": state == "read", "state": state}, ensure_ascii=False
            )
        )
    else:
        for e in events:
            print(f"{e['starts'][:16]}  {e['title']}" + (f", {e['where']}" if e["where"] else ""))
        for trouble in unread:
            print(f"{trouble['where']}: {trouble['sentence']}", file=sys.stderr)
    return {"read": 0, "incomplete": 1, "unreadable": 2}[state]
