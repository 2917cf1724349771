"""`tertia calendar read`: calendars as a list of events. Needs no database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tertia.core.checks.reading import read_files

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
    from tertia.core.periods.ical_reading import read_calendar  # slow library

    def read(path: Path) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
        found = read_calendar(path.read_bytes(), arguments.zone)
        return [_said(e) for e in found.events], [(f"event {place}", code) for place, code in found.unread]

    def line(e: dict[str, Any]) -> str:
        return f"{e['starts'][:16]}  {e['title']}" + (f", {e['where']}" if e["where"] else "")

    return read_files(arguments.files, "events", arguments.json, read, line, _SENTENCES)


def _said(e: Any) -> dict[str, Any]:
    return {
        "uid": e.uid, "title": e.title, "starts": e.starts.isoformat(), "ends": e.ends.isoformat(), "whole_days": e.whole_days, "where": e.where, "words": e.words, "url": e.url,
        "cancelled": e.cancelled, "recurs": e.recurs,
    }  # fmt: skip
