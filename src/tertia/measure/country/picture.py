"""The country's pictures as lengths for inline SVG: the map of twenty regions, the spread of universities, the years."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import number
from tertia.measure.country.estimates import Spread
from tertia.measure.country.queries import National, RegionRow
from tertia.measure.indicators.charts import scale_of

__all__ = ["Dots", "Map", "draw_dots", "draw_map", "figure_number"]

SHAPES = Path(__file__).parent / "data" / "regions.json"
STEPS = 5


@lru_cache(maxsize=1)
def shapes() -> dict[str, Any]:
    """Outlines by code; see data/README.md."""
    body = json.loads(SHAPES.read_text(encoding="utf-8"))
    return {"width": body["width"], "height": body["height"], "regions": {r["code"]: r for r in body["regions"]}}


def figure_number(value: Any, unit: str) -> str:
    """A number as the page prints it: at most three digits that count below a thousand, a sign for a share."""
    value = Decimal(value)
    places = 0 if abs(value) >= 100 or value == value.to_integral_value() else 1
    text = number(value.quantize(Decimal(1).scaleb(-places)), (get_language() or "en")[:2])
    return f"{text} %" if unit == "percent" else text


def _short(name: str) -> list[str]:
    """A region's name without the word for region, on at most two lines."""
    for word in (" Region", " облысы", " область", "область ", "город ", " қаласы"):
        name = name.replace(word, "")
    name = name.replace("-Казахстанская", "-Каз.") if len(name) > 22 else name
    first, _space, rest = name.partition(" ")
    return [first, rest] if rest else [name]


@dataclass(frozen=True)
class Area:
    """One region of the map. `step` 1 to 5 is its shade, 0 where nothing can be shown; `fill` names the class."""

    code: str
    path: str
    x: int
    y: int
    city: bool
    names: list[str]
    words: str
    step: int
    why: str

    @property
    def dark(self) -> bool:
        return self.step >= 4 and not self.city

    @property
    def lines(self) -> list[tuple[int, str, bool]]:
        """(y, words, is the value) of the label's lines."""
        if self.city:
            return [(self.y + 4, f"{' '.join(self.names)} {self.words}", True)]
        top = self.y - 7 * len(self.names)
        made = [(top + 12 * n, name, False) for n, name in enumerate(self.names)]
        return [*made, (top + 12 * len(self.names) + 1, self.words, True)]


@dataclass(frozen=True)
class Map:
    areas: list[Area]
    width: int
    height: int
    #: (x, words) of the ends between the steps
    legend: list[tuple[int, str]]


def draw_map(found: National) -> Map:
    """Five steps from zero to a round end; a region without a value is hatched (few persons) or dashed (nobody handed in)."""
    values = [r.estimate.value for r in found.regions if r.estimate]
    top, _ticks = scale_of(max(values, default=Decimal(0)))
    if found.entry.unit == "percent":
        top = min(top, 100.0)
    areas = [_area(r, top, found.entry.unit) for r in found.regions if r.place.code in shapes()["regions"]]
    legend = [(46 * n, figure_number(Decimal(str(top * n / STEPS)), found.entry.unit)) for n in range(1, STEPS)]
    areas.sort(key=lambda a: a.city)
    return Map(areas, shapes()["width"], shapes()["height"], legend)


def _area(row: RegionRow, top: float, unit: str) -> Area:
    shape = shapes()["regions"][row.place.code]
    value = row.estimate.value if row.estimate else None
    step = min(STEPS, int(float(value) / top * STEPS) + 1) if value is not None else 0
    words = figure_number(value, unit) if value is not None else why_words(row.why)
    name = row.place.name.read((get_language() or "en")[:2]).text
    return Area(row.place.code, shape["path"], shape["x"], shape["y"], shape["city"], _short(name), words, step, row.why)


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
