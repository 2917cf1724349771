"""Counting ballots: one choice, approval, ranking. No Django; anybody can repeat a count from the published ballots.

A ballot is a list of options: of a *choice* at most one, of *approval* any number, of a *ranking* in the order of preference. An empty list
abstains; it counts for the quorum and for nothing else. A ranking is counted by rounds of elimination (instant-runoff voting, also called
the alternative vote: Hare 1861; Robert's Rules of Order, 12th ed., 45:62): while no option has more than half of the ballots that still name
one, the weakest goes and its ballots pass on. Of equally weak ones the one that had fewer in the nearest earlier round goes; equal in all
rounds they go together; if all that are left are equal, it is a tie. A choice and an approval are won by the most votes; equal ones tie.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["METHODS", "BallotsUnreadable", "Count", "count", "read_ballots", "write_ballots"]

METHODS = ("choice", "approval", "ranked")


class BallotsUnreadable(ValueError):
    """A file that holds no ballots; the sentence says which line and why."""


@dataclass(frozen=True)
class Count:
    """`winners`: one option, several in a tie, none without a vote. `votes` of the last round; `rounds` of a ranking, each with its votes."""

    method: str
    ballots: int
    abstained: int
    votes: dict[str, int]
    winners: tuple[str, ...]
    rounds: tuple[dict[str, int], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {
            "method": self.method, "ballots": self.ballots, "abstained": self.abstained, "votes": self.votes, "winners": list(self.winners),
            "rounds": list(self.rounds),
        }  # fmt: skip


def count(method: str, options: Sequence[str], ballots: Iterable[Sequence[str]]) -> Count:
    """Count. Raises ValueError where a ballot names an unknown option, one twice, or too many."""
    if method not in METHODS:
        raise ValueError(f"the method is one of {', '.join(METHODS)}")
    rows = [tuple(b) for b in ballots]
    for row in rows:
        if set(row) - set(options) or len(set(row)) != len(row) or method == "choice" and len(row) > 1:
            raise ValueError(f"this is no ballot of a {method}: {list(row)}")
    abstained = sum(not row for row in rows)
    if method != "ranked":
        votes = Counter(dict.fromkeys(options, 0)) + Counter(o for row in rows for o in row)
        full = {o: votes[o] for o in options}
        best = max(full.values(), default=0)
        return Count(method, len(rows), abstained, full, tuple(o for o in options if full[o] == best and best))
    rounds: list[dict[str, int]] = []
    left = list(options)
    while left:
        firsts = Counter(next((o for o in row if o in left), "") for row in rows)
        votes_now = {o: firsts[o] for o in left}
        rounds.append(votes_now)
        named = sum(votes_now.values())
        best = max(votes_now.values())
        if named == 0 or best * 2 > named or min(votes_now.values()) == best:
            break
        left = [o for o in left if o not in _weakest(left, rounds)]
    last = rounds[-1] if rounds else {}
    best = max(last.values(), default=0)
    return Count(method, len(rows), abstained, last, tuple(o for o in last if last[o] == best and best), tuple(rounds))


def _weakest(left: list[str], rounds: list[dict[str, int]]) -> set[str]:
    weak = set(left)
    for votes in reversed(rounds):
        least = min(votes[o] for o in weak)
        weak = {o for o in weak if votes[o] == least}
        if len(weak) == 1:
            break
    return weak


def write_ballots(rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The published form: a line a ballot, its receipt and its options in their order, by receipt, so that the order says nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["receipt", "options"])
    for receipt, options in sorted(rows):
        writer.writerow([receipt, " ".join(options)])
    return out.getvalue()


def read_ballots(text: str) -> list[tuple[str, list[str]]]:
    """Read the published form. Raises BallotsUnreadable."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    head = next(rows, [])
    if [h.strip() for h in head] != ["receipt", "options"]:
        raise BallotsUnreadable("the first line has the columns receipt and options")
    found, seen = [], set()
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != 2:
            raise BallotsUnreadable(f"line {number}: two columns are wanted, here are {len(row)}")
        if row[0] in seen:
            raise BallotsUnreadable(f"line {number}: the receipt {row[0]} stands here twice")
        seen.add(row[0])
        found.append((row[0], row[1].split()))
    return found
