"""Charts as lengths for inline SVG: bars from zero, one scale, values printed; unknown is a word, never a bar of zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tertia.measure.indicators.queries import figure_words

__all__ = ["Bar", "bars_of"]

HEIGHT = 170


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    height: float
    label: str
    words: str
    known: bool
    current: bool


def bars_of(figures: list[Any], current: str) -> list[Bar]:
    """One bar for each period, the highest 170 units high."""
    most = max((f.value for f in figures if f.value is not None), default=Decimal(0)) or Decimal(1)
    found = []
    for i, figure in enumerate(figures):
        height = float(figure.value / most) * HEIGHT if figure.value is not None else 0.0
        found.append(
            Bar(
                40 + i * 130,
                HEIGHT - height,
                height,
                figure.period,
                figure_words(figure),
                figure.value is not None,
                figure.period == current,
            )
        )
    return found
