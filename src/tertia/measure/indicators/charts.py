"""Charts as lengths for inline SVG: bars from zero on one scale, values printed; unknown is a word, never a bar of zero.

What cannot be read is refused: two units in one picture (it would need two axes), more bars than fit, values below zero.
There is no way to ask for a cut axis.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from tertia.core.languages.formatting import number
from tertia.measure.indicators.beside import Planned
from tertia.measure.indicators.queries import figure_words, is_over

__all__ = ["Bar", "ChartRefused", "YearChart", "bare_words", "scale_of", "year_chart"]

HEIGHT, TOP, LEFT, STEP, WIDE = 170, 24, 64, 96, 60
MOST_BARS = 12


class ChartRefused(ValueError):
    """The combination cannot be read; the sentence says what to do instead."""


@dataclass(frozen=True)
class Bar:
    """One period. Lengths in the units of the picture, y from its top; None where there is nothing to draw."""

    x: int
    y: float
    height: float
    label: str
    words: str
    known: bool
    current: bool
    #: the period runs, or another version of the definition counted it: drawn outlined
    outlined: bool
    plan: float | None = None
    plan_words: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def centre(self) -> int:
        return self.x + WIDE // 2

    @property
    def end(self) -> int:
        return self.x + WIDE

    @property
    def plan_start(self) -> int:
        return self.x - 8

    @property
    def plan_end(self) -> int:
        return self.x + WIDE + 8


@dataclass(frozen=True)
class YearChart:
    """Bars of periods with their plans. `breaks` are places where another version of the definition begins."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    breaks: list[int]
    width: int

    @property
    def height(self) -> int:
        return TOP + HEIGHT + 34

    @property
    def base(self) -> int:
        return TOP + HEIGHT

    @property
    def has_plans(self) -> bool:
        return any(b.plan is not None for b in self.bars)

    @property
    def has_forecast(self) -> bool:
        return any(b.low is not None for b in self.bars)


def scale_of(most: Decimal | float) -> tuple[float, list[float]]:
    """(the end of the axis, its ticks): at most five round steps from zero to a round number that is not below `most`."""
    most = float(most)
    if most <= 0:
        return 1.0, [0.0]
    power = 10.0 ** (math.floor(math.log10(most)) - 1)
    step = next(power * n for n in (2, 2.5, 5, 10, 20, 25) if most <= power * n * 5 * (1 + 1e-9))
    count = math.ceil(most / step - 1e-9)
    return step * count, [step * n for n in range(count + 1)]


def bare_words(figure: Any, language: str) -> str:
    """The value without its unit, which the heading says; what is no value says what it is."""
    if figure.value is None:
        return figure_words(figure)
    text = number(figure.value.quantize(Decimal(1) if figure.value == figure.value.to_integral_value() else Decimal("0.1")), language)
    return f"{text} %" if figure.unit == "percent" else text


def year_chart(figures: Sequence[Any], current: str, plans: Mapping[tuple[str, str], Planned] | None = None) -> YearChart:
    """The totals of one indicator by period, each with its plan and, while it runs, the interval expected for its end.

    Raises ChartRefused.
    """
    if len({f.unit for f in figures}) > 1:
        raise ChartRefused("figures of two units need two axes; draw two pictures")
    if len(figures) > MOST_BARS:
        raise ChartRefused(f"more than {MOST_BARS} bars cannot be told apart; choose fewer periods")
    if any(f.value is not None and f.value < 0 for f in figures):
        raise ChartRefused("bars start at zero, so values below it need a table")
    beside = {f.period: (plans or {}).get((f.period, "")) for f in figures}
    reach = [f.value for f in figures if f.value is not None]
    reach += [v for p in beside.values() if p for v in (p.value, p.high) if v is not None]
    top, ticks = scale_of(max(reach, default=Decimal(0)))
    language = (get_language() or "en")[:2]

    def at(value: Any) -> float:
        return round(TOP + HEIGHT - min(float(value) / top, 1) * HEIGHT, 1)

    latest = next((f.version for f in reversed(figures) if f.version), "")
    bars, breaks = [], []
    for n, f in enumerate(figures):
        plan, running = beside[f.period], not is_over(f.period)
        known = f.value is not None
        if n and f.version and figures[n - 1].version and f.version != figures[n - 1].version:
            breaks.append(LEFT + n * STEP - (STEP - WIDE) // 2)
        bars.append(
            Bar(
                LEFT + n * STEP, at(f.value) if known else TOP + HEIGHT, round(TOP + HEIGHT - at(f.value), 1) if known else 0.0, f.period, bare_words(f, language), known,
                f.period == current, running or bool(f.version and f.version != latest), at(plan.value) if plan else None,
                number(plan.value, language) if plan else "",
                *((at(plan.low), at(plan.high)) if plan and running and plan.low is not None and plan.high is not None else (None, None)),
            )
        )  # fmt: skip
    return YearChart(bars, [(at(t), number(Decimal(repr(t)), language)) for t in ticks], breaks, LEFT + max(len(bars), 2) * STEP)
