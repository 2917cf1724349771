"""Signs that one votes for many where guests may vote. Signs, not proof: a moderator looks at them and decides. No Django.

Three signs, each explainable in a sentence: many voices from one network within an hour whose votes are nearly all the same (`alike`);
voices that answered faster than one can read (`fast`); a rush of new voices, many times the usual of an hour, that vote alike (`rush`).
A hall with one network is no sign by itself: its voices differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["SIGNS", "Heard", "Sign", "signs_of"]

SIGNS = ("alike", "fast", "rush")
#: so many voices of one network and hour, whose votes agree in at least this share
FEWEST_ALIKE, ALIKE = 8, 0.95
#: votes in one minute above which nobody reads, of voices with at least so many
FAST = 40
#: new voices of an hour above so many times the median hour, and at least so many
RUSH_TIMES, RUSH_FEWEST = 10, 30


@dataclass(frozen=True)
class Heard:
    """A voice as the signs see it: `begun` in minutes, `fastest` votes in one minute, `votes` by statement."""

    id: int
    begun: int
    network: str
    fastest: int
    votes: dict[int, int]


@dataclass(frozen=True)
class Sign:
    """`kind` of `SIGNS`, the voices, the hour (minutes) in which they began, and the share in which their votes agree."""

    kind: str
    voices: tuple[int, ...]
    begun: int
    alike: float


def signs_of(heard: Sequence[Heard]) -> list[Sign]:
    """The signs, the largest first; a voice may stand in several."""
    found = []
    groups: dict[tuple[str, int], list[Heard]] = defaultdict(list)
    hours: dict[int, list[Heard]] = defaultdict(list)
    for one in heard:
        hours[one.begun // 60].append(one)
        if one.network:
            groups[(one.network, one.begun // 60)].append(one)
    for (_network, hour), voices in groups.items():
        share = alike([v.votes for v in voices])
        if len(voices) >= FEWEST_ALIKE and share >= ALIKE:
            found.append(Sign("alike", tuple(v.id for v in voices), hour * 60, share))
    fast = [v for v in heard if v.fastest > FAST]
    if fast:
        found.append(Sign("fast", tuple(v.id for v in fast), min(v.begun for v in fast), alike([v.votes for v in fast])))
    sizes = sorted(len(v) for v in hours.values())
    usual = sizes[len(sizes) // 2] if sizes else 0
    for hour, voices in hours.items():
        if len(hours) > 2 and len(voices) >= max(RUSH_FEWEST, RUSH_TIMES * usual):
            share = alike([v.votes for v in voices])
            if share >= ALIKE:
                found.append(Sign("rush", tuple(v.id for v in voices), hour * 60, share))
    return sorted(found, key=lambda s: (-len(s.voices), s.kind, s.begun))


def alike(votes: Sequence[dict[int, int]]) -> float:
    """Over all statements that several voted on, the share of votes that are the commonest one; 0 where nobody shares a statement."""
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in votes:
        for statement, value in row.items():
            counts[statement][value] += 1
    shared = [c for c in counts.values() if sum(c.values()) > 1]
    whole = sum(sum(c.values()) for c in shared)
    return sum(max(c.values()) for c in shared) / whole if whole else 0.0
