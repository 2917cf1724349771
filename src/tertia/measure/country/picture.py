"""The country's pictures as lengths for inline SVG: the map of twenty regions, the spread of universities, the years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import number
from tertia.core.places.drawing import LEGEND_STEP, STEPS, Area, Map, area_of, map_of, shapes
from tertia.measure.country.estimates import Spread
from tertia.measure.country.queries import National, RegionRow
from tertia.measure.indicators.charts import scale_of

__all__ = ["Dots", "draw_dots", "draw_map", "figure_number"]


def figure_number(value: Any, unit: str) -> str:
    """A number as the page prints it: at most three digits that count below a thousand, a sign for a share."""
    value = Decimal(value)
    places = 0 if abs(value) >= 100 or value == value.to_integral_value() else 1
    text = number(value.quantize(Decimal(1).scaleb(-places)), (get_language() or "en")[:2])
    return f"{text} %" if unit == "percent" else text


def draw_map(found: National) -> Map:
    """Five steps from zero to a round end; a region without a value is hatched (few persons) or dashed (nobody handed in)."""
    values = [r.estimate.value for r in found.regions if r.estimate]
    top, _ticks = scale_of(max(values, default=Decimal(0)))
    if found.entry.unit == "percent":
        top = min(top, 100.0)
    areas = [_area(r, top, found.entry.unit) for r in found.regions if r.place.code in shapes()["regions"]]
    legend = [(LEGEND_STEP * n, figure_number(Decimal(str(top * n / STEPS)), found.entry.unit)) for n in range(1, STEPS)]
    return map_of(areas, legend)


def _area(row: RegionRow, top: float, unit: str) -> Area:
    value = row.estimate.value if row.estimate else None
    step = min(STEPS, int(float(value) / top * STEPS) + 1) if value is not None else 0
    words = figure_number(value, unit) if value is not None else why_words(row.why)
    return area_of(row.place.code, row.place.name.read((get_language() or "en")[:2]).text, words, step, row.why)


def why_words(why: str) -> str:
    """Why a region has no value, in a word or two."""
    return {
        "none": _("no university"), "nobody": _("not handed in"), "hidden": _("not shown"), "not-applicable": _("not applicable"),
    }.get(why, "")  # fmt: skip


@dataclass(frozen=True)
class Dots:
    """One dot for each university above its bin."""

    dots: list[tuple[float, float, bool]]
    ticks: list[tuple[float, str]]
    median: float
    #: radius of a dot
    size: float
    width: int = 312
    height: int = 172


def draw_dots(found: Spread, unit: str, mine: Decimal | None = None) -> Dots:
    """Dots of one size in columns; where a column would be too high, dots stand closer. `mine` marks the reader's own university."""
    step = 296 / len(found.bins)
    most = max(held for _, _, held in found.bins)
    rise = min(9.0, 130 / most)
    size = min(step * 0.42, rise * 0.45, 4.0)
    base = 140
    dots = []
    for n, (low, high, held) in enumerate(found.bins):
        own = mine is not None and low <= float(mine) < high
        dots += [(round(8 + step * (n + 0.5), 1), round(base - rise * (i + 0.6), 1), own and i == 0) for i in range(held)]
    end = found.bins[-1][1]
    every = max(1, round(len(found.bins) / 6))
    ticks = [
        (round(8 + step * n, 1), figure_number(Decimal(repr(round(low, 9))), unit))
        for n, (low, _, _) in enumerate(found.bins)
        if n % every == 0
    ]
    return Dots(dots, ticks, round(8 + 296 * found.median / end, 1), round(size, 1))
