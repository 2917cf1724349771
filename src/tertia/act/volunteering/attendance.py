"""Who was there, from entries made on several devices, with or without network, in any order. No Django.

Each entry bears a key that its device gave it, so an entry that comes twice counts once. What is merged does not depend on the
order in which devices come back: of several arrivals the earliest counts, of several departures the latest; a host's "was not
here" stands against an arrival, and then the later word counts and the contradiction is said.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["KINDS", "Entry", "Presence", "hours_of", "merge"]

KINDS = ("in", "out", "absent")


@dataclass(frozen=True, order=True)
class Entry:
    """One entry: when it happened by the clock of the device (aware), of whom, and what."""

    at: dt.datetime
    key: str
    person: int
    kind: str


@dataclass(frozen=True)
class Presence:
    """What the entries say of one person. `doubts`: absent-and-here, out-before-in, no-arrival, no-departure."""

    person: int
    came: bool
    arrived: dt.datetime | None
    left: dt.datetime | None
    doubts: tuple[str, ...] = ()


def merge(entries: Iterable[Entry]) -> dict[int, Presence]:
    """The presence of each person, by person. The same entries in any order and number give the same."""
    by_person: dict[int, set[Entry]] = defaultdict(set)
    for entry in entries:
        by_person[entry.person].add(entry)
    return {person: _presence(person, sorted(found)) for person, found in sorted(by_person.items())}


def _presence(person: int, found: list[Entry]) -> Presence:
    arrivals = [e.at for e in found if e.kind == "in"]
    departures = [e.at for e in found if e.kind == "out"]
    denials = [e.at for e in found if e.kind == "absent"]
    doubts = []
    seen = [*arrivals, *departures]
    came = bool(seen)
    if denials and seen:
        doubts.append("absent-and-here")
        came = max(seen) > max(denials)
    if not came:
        return Presence(person, False, None, None, tuple(doubts))
    arrived, left = min(arrivals, default=None), max(departures, default=None)
    if arrived is None:
        doubts.append("no-arrival")
    if left is None:
        doubts.append("no-departure")
    elif arrived is not None and left < arrived:
        doubts.append("out-before-in")
        left = None
    return Presence(person, True, arrived, left, tuple(doubts))


def hours_of(presence: Presence, starts: dt.datetime, ends: dt.datetime, *, step: int = 15, slack: int = 10) -> Decimal:
    """Hours to claim, in steps of `step` minutes: from the arrival, but not before the shift, to the departure, but not after it.

    Who came or left within `slack` minutes of the shift's own times gets these; an unknown arrival or departure is the shift's own.
    """
    if not presence.came:
        return Decimal(0)
    near = dt.timedelta(minutes=slack)
    begins = starts if presence.arrived is None or presence.arrived <= starts + near else presence.arrived
    finishes = ends if presence.left is None or presence.left >= ends - near else presence.left
    minutes = max((finishes.astimezone(dt.UTC) - begins.astimezone(dt.UTC)).total_seconds() / 60, 0)
    steps = (Decimal(str(minutes)) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return (steps * step / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
