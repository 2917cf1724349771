"""A plan of measures as a drawing on the server: bars over years, today, what waits for what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Bar", "Gantt", "draw"]

LEFT, WIDTH, ROW, TOP = 300, 1160, 30, 34
MOST = 150


@dataclass(frozen=True)
class Bar:
    """A measure: its row's height, its bar, its state, the words at the left."""

    measure: Any
    y: int
    x: float
    width: float
    words: str
    label: str


@dataclass
class Gantt:
    """`ticks`: (x, words) of years and halves; `arrows`: paths from the one that is waited for; `today`: x or None; `more`: not drawn."""

    width: int = WIDTH
    height: int = 0
    bars: list[Bar] = field(default_factory=list)
    ticks: list[tuple[float, str, bool]] = field(default_factory=list)
    arrows: list[str] = field(default_factory=list)
    today: float | None = None
    more: int = 0


def draw(measures: list[Any], waits: list[tuple[int, int]], today: dt.date, language: str) -> Gantt:
    """Measures with a term, in the order given; at most MOST of them."""
    dated = [m for m in measures if m.starts_on and m.ends_on]
    found = Gantt(more=max(0, len(dated) - MOST))
    dated = dated[:MOST]
    if not dated:
        return found
    first = dt.date(min(m.starts_on.year for m in dated), 1, 1)
    last = dt.date(max(m.ends_on.year for m in dated) + 1, 1, 1)
    scale = (WIDTH - LEFT - 10) / (last - first).days

    def at(day: dt.date) -> float:
        return LEFT + (day - first).days * scale

    for year in range(first.year, last.year + 1):
        found.ticks.append((at(dt.date(year, 1, 1)), str(year) if year < last.year else "", True))
        if year < last.year and last.year - first.year <= 6:
            found.ticks.append((at(dt.date(year, 7, 1)), "", False))
    for n, m in enumerate(dated):
        title = m.title.read(language).text
        words = f"{m.number} {title}".strip()
        y = TOP + n * ROW
        x = at(m.starts_on)
        found.bars.append(Bar(m, y, x, max(at(m.ends_on) - x, 3), words if len(words) <= 40 else f"{words[:39].rstrip()}…", words))
    place = {b.measure.pk: b for b in found.bars}
    for one, before in waits:
        if one in place and before in place:
            a, b = place[before], place[one]
            x1, y1, x2, y2 = a.x + a.width, a.y + 10, b.x, b.y + 10
            bend = min(max(x1 + 8, LEFT + 4), WIDTH - 4)
            found.arrows.append(f"M{x1:.1f} {y1}H{bend:.1f}V{y2}H{max(x2 - 1, LEFT):.1f}")
    found.height = TOP + len(dated) * ROW + 8
    found.today = at(today) if first <= today < last else None
    return found
