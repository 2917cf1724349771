"""Which seats are empty on a day, and whether a council is put together as its order wants. No Django."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Held", "Missing", "SeatOn", "composition", "leaving", "vacant"]


@dataclass(frozen=True)
class Held:
    """A seat held from a day to a day, both included; `last` None: without an end."""

    first: dt.date
    last: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class SeatOn:
    """A seat: its number, on whose side it stands, who has held it."""

    seat: int
    sector: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Missing:
    """A sector with fewer or more filled seats than the order says; `most` 0: no upper bound."""

    sector: str
    filled: int
    fewest: int
    most: int

    @property
    def short(self) -> int:
        return max(0, self.fewest - self.filled)


def vacant(seats: Iterable[SeatOn], day: dt.date) -> list[tuple[int, dt.date | None]]:
    """(seat, since when) of the seats that nobody holds on a day; None: never held. The longest empty first."""
    found = []
    for seat in seats:
        if any(h.on(day) for h in seat.held):
            continue
        ended = [h.last for h in seat.held if h.last is not None and h.last < day]
        found.append((seat.seat, max(ended) + dt.timedelta(days=1) if ended else None))
    return sorted(found, key=lambda f: (f[1] is not None, f[1] or day, f[0]))


def leaving(seats: Iterable[SeatOn], day: dt.date, within: int) -> list[tuple[int, dt.date]]:
    """(seat, last day) of the seats whose holder's term ends within so many days and whom nobody follows."""
    found = []
    for seat in seats:
        last = [h.last for h in seat.held if h.on(day) and h.last is not None and (h.last - day).days <= within]
        if last and not any(h.on(last[0] + dt.timedelta(days=1)) for h in seat.held):
            found.append((seat.seat, last[0]))
    return sorted(found, key=lambda f: (f[1], f[0]))


def composition(seats: Iterable[SeatOn], wanted: Mapping[str, Sequence[int]], day: dt.date) -> list[Missing]:
    """Sectors in which the seats filled on a day are fewer, or more, than the order wants, in the order's order."""
    filled = Counter(s.sector for s in seats if any(h.on(day) for h in s.held))
    found = []
    for sector, (fewest, most) in wanted.items():
        if filled[sector] < fewest or (most and filled[sector] > most):
            found.append(Missing(sector, filled[sector], fewest, most))
    return found
