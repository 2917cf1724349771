"""Quorum, majority and outcome of a vote. No Django.

Defined here, and asked for by nobody else:

- Seats count, not people: of a seat at most one is present, the member or the deputy.
- Quorum is a fraction of the seats that vote and are filled on the day; `strict` asks for more than it, else at least it. A council without a rule
  has no quorum: the number is told, and nothing is void.
- Whoever has declared an interest in an item neither votes on it nor counts for its quorum, on either side of the fraction.
- A vote that was cast stands although its voter left before the end; whoever has left casts none. The quorum is looked at when the vote is closed.
- A tie does not carry, unless the order gives the chair a casting vote and the chair has voted for or against, openly.
- Abstentions are no votes against, except where the majority is one of those present or of all.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Span", "Tally", "needed", "outcome", "present_at"]


@dataclass(frozen=True)
class Span:
    """From when to when a seat was filled in the room or from afar; `left` None: still there."""

    seat: int
    came: dt.datetime
    left: dt.datetime | None = None


def present_at(spans: Iterable[Span], moment: dt.datetime) -> set[int]:
    """Seats that were there at a moment; at the second of leaving one is gone."""
    return {s.seat for s in spans if s.came <= moment and (s.left is None or moment < s.left)}


def needed(seats: int, share: Fraction | None, strict: bool = True) -> int | None:
    """How many of `seats` make a quorum; None where there is no rule. Raises ValueError for a share outside 0 to 1.

    A quorum of no seats is one: nobody cannot decide.
    """
    if share is None:
        return None
    if not 0 <= share <= 1:
        raise ValueError(f"a quorum of {share} is no share")
    exact = share * seats
    return max(1, math.floor(exact) + 1 if strict else math.ceil(exact))


@dataclass(frozen=True)
class Tally:
    """What was counted. `present` and `seats`: without those who have an interest. `chair`: how the chair voted, empty where not known."""

    votes_for: int
    against: int
    abstained: int
    present: int
    seats: int
    chair: str = ""

    @property
    def cast(self) -> int:
        return self.votes_for + self.against + self.abstained


def outcome(
    tally: Tally, *, quorum: int | None, majority: Fraction = Fraction(1, 2), majority_of: str = "cast", casting_vote: bool = False
) -> tuple[str, bool]:
    """(carried, lost, tie or no-quorum; whether the chair's casting vote decided).

    `majority_of`: `cast` (for and against), `present`, `all` (filled seats). More than the fraction carries; two thirds and more are asked for
    as `at least`, since two of three is what the words mean. Raises ValueError for more votes than seats that were there or voted before leaving.
    """
    if min(tally.votes_for, tally.against, tally.abstained, tally.present, tally.seats) < 0:
        raise ValueError("a count is below nothing")
    if tally.cast > tally.seats:
        raise ValueError(f"{tally.cast} votes of {tally.seats} seats")
    if quorum is not None and max(tally.present, tally.cast) < quorum:
        return "no-quorum", False
    base = {"cast": tally.votes_for + tally.against, "present": max(tally.present, tally.cast), "all": tally.seats}[majority_of]
    bound = majority * base
    if tally.votes_for > bound or (majority > Fraction(1, 2) and base and tally.votes_for >= bound):
        return "carried", False
    if tally.votes_for == tally.against and tally.votes_for > 0 and majority_of == "cast" and majority == Fraction(1, 2):
        if casting_vote and tally.chair in ("for", "against"):
            return ("carried" if tally.chair == "for" else "lost"), True
        return "tie", False
    return "lost", False
