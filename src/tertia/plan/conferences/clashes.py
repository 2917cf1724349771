"""Where a programme asks for two things at once: one room, one person, at overlapping times. No Django.

Sessions that only touch (one ends when the other begins) do not clash. A room is known by its letters and figures, a person by the words of the name in
any order, so that “Зал № 1” is “зал №1” and “Ахметов А.” is “А. Ахметов”; two people of one name are told as a clash, and somebody decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tertia.core.languages.fold import bare, fold

__all__ = ["Clash", "Slot", "clashes", "people_in"]

_BETWEEN = re.compile(r"[,;/]| and | и | және |\n")


@dataclass(frozen=True)
class Slot:
    """A session: its number and title, room, times, and the names of those who speak in it."""

    number: int
    title: str
    room: str
    starts: dt.datetime
    ends: dt.datetime
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clash:
    """`kind`: room or person; `what`: its name as the first of the two sessions writes it."""

    kind: str
    first: int
    second: int
    what: str


def people_in(words: str) -> tuple[str, ...]:
    """Names out of a line of speakers."""
    return tuple(name.strip() for name in _BETWEEN.split(words) if name.strip())


def _person(name: str) -> str:
    return " ".join(sorted(fold(name).split()))


def clashes(slots: Iterable[Slot]) -> list[Clash]:
    """Every pair that overlaps and shares a room or a person, in order of time."""
    found: list[Clash] = []
    running: list[Slot] = []
    for slot in sorted(slots, key=lambda s: (s.starts, s.number)):
        running = [s for s in running if s.ends > slot.starts]
        mine = {_person(p) for p in slot.people}
        for other in running:
            if bare(slot.room) and bare(slot.room) == bare(other.room):
                found.append(Clash("room", other.number, slot.number, other.room))
            told = {_person(p): p for p in other.people}
            found += [Clash("person", other.number, slot.number, told[key]) for key in sorted(told) if key and key in mine]
        running.append(slot)
    return found
