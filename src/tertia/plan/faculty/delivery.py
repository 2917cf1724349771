"""What was planned against what was done and confirmed. No Django.

Work belongs to the line of the function that its kind shows, unless its person put it under another one; so each hour counts
once. Of a line no more counts than was planned: without that cap one over-worker hides many idle plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Delivery", "LineDone", "Work", "deliver"]


@dataclass(frozen=True)
class Work:
    """One person's part in one record: its kind (empty: nobody said it), hours claimed, hours signed (None: not yet)."""

    record: int
    kind: str
    claimed: float
    signed: float | None


@dataclass
class LineDone:
    """A planned line with what stands against it. `counted` is at most `planned`."""

    function: str
    planned: float
    signed: float = 0.0
    waiting: float = 0.0
    works: list[Work] = field(default_factory=list)

    @property
    def counted(self) -> float:
        return min(self.planned, self.signed)

    @property
    def proven(self) -> bool:
        """Whether anything signed stands behind the line."""
        return self.signed > 0


@dataclass
class Delivery:
    """All lines, and what was done beside them: of a function that nobody planned, or of no known kind."""

    lines: dict[str, LineDone]
    beside: list[Work]

    @property
    def planned(self) -> float:
        return sum(line.planned for line in self.lines.values())

    @property
    def counted(self) -> float:
        return sum(line.counted for line in self.lines.values())

    @property
    def beside_signed(self) -> float:
        return sum(w.signed or 0.0 for w in self.beside)


def deliver(planned: Mapping[str, float], works: Sequence[Work], placed: Mapping[int, str], function_of: Mapping[str, str]) -> Delivery:
    """`planned`: function → hours; `placed`: record → function, as the person said it; `function_of`: kind → function.

    Work that was placed under a function that is not planned stands beside the lines, whatever its kind shows.
    """
    lines = {function: LineDone(function, hours) for function, hours in planned.items()}
    beside = []
    for work in works:
        line = lines.get(placed.get(work.record, function_of.get(work.kind, "")))
        if line is None:
            beside.append(work)
            continue
        line.works.append(work)
        if work.signed is None:
            line.waiting += work.claimed
        else:
            line.signed += work.signed
    return Delivery(lines, beside)
