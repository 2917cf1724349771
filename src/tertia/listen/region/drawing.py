"""A series as pictures: the map of one year, and small multiples with one scale, broken where borders or definitions changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import number
from tertia.core.places.drawing import LEGEND_STEP, STEPS, Map, area_of, map_of, shapes
from tertia.listen.region.places import COUNTRY
from tertia.listen.region.queries import Table

__all__ = ["Small", "map_in", "said", "small_multiples"]

WIDTH, HEIGHT = 148, 54


def said(value: Decimal, places: int | None = None) -> str:
    """A value as it is printed: whole from a hundred on."""
    digits = places if places is not None else 0 if abs(value) >= 100 or value == value.to_integral_value() else 2 if abs(value) < 10 else 1
    return number(value.quantize(Decimal(1).scaleb(-digits)) + 0, (get_language() or "en")[:2])


def _short(value: Decimal) -> str:
    """For a label of the map: thousands and millions."""
    for size, word in (
        (Decimal(10) ** 9, pgettext("after a number", "bn")),
        (Decimal(10) ** 6, pgettext("after a number", "mn")),
        (Decimal(10) ** 3, pgettext("after a number", "k")),
    ):
        if abs(value) >= 10 * size or (size > 1000 and abs(value) >= size):
            return f"{said((value / size).quantize(Decimal('0.1')), 0 if abs(value) >= 100 * size else 1)} {word}"
    return said(value)


def map_in(table: Table, year: int, names: dict[str, str]) -> Map:
    """Five steps of equal width between round ends. A region without a figure is left white and says why."""
    parts = table.parts(year)
    low, high = min(parts.values(), default=Decimal(0)), max(parts.values(), default=Decimal(1))
    low = Decimal(0) if low >= 0 and low < high / 3 else low
    width = (high - low) / STEPS or Decimal(1)
    areas = []
    for code in shapes()["regions"]:
        value = parts.get(code)
        if value is None:
            founded = any(b.child == code and year < b.year for b in table.borders)
            areas.append(area_of(code, names.get(code, code), _("not founded yet") if founded else _("no figure"), 0, "none"))
        else:
            step = min(STEPS, int((value - low) / width) + 1)
            areas.append(area_of(code, names.get(code, code), _short(value), step))
    legend = [(LEGEND_STEP * n, _short(low + width * n)) for n in range(1, STEPS)]
    return map_of(areas, legend)


@dataclass(frozen=True)
class Small:
    """One region's years. `lines`: one for each stretch of years that may be compared, as points of a polyline; `dashed` are projected."""

    code: str
    name: str
    lines: list[str]
    dashed: list[str]
    dots: list[tuple[float, float]]
    #: x of a change of borders or of the definition
    marks: list[float]
    first: str
    last: str
    grown: Any

    width = WIDTH
    height = HEIGHT


def small_multiples(table: Table, names: dict[str, str]) -> list[Small]:
    """All regions on one scale of years; each on its own scale of values from its lowest to its highest, which the words beside it say."""
    if not table.years:
        return []
    first, last = table.years[0], table.years[-1]
    made = []
    for code in sorted(table.values, key=lambda c: (c != COUNTRY, names.get(c, c))):
        rows = table.values[code]
        if len(rows) < 1:
            continue
        low, high = min(rows.values()), max(rows.values())
        # a change of less than a tenth is drawn as small as it is
        low = min(low, high - abs(high) / 10)

        def point(year: int, low: Decimal = low, high: Decimal = high, rows: dict[int, Decimal] = rows) -> tuple[float, float]:
            x = 4 + (WIDTH - 8) * ((year - first) / max(1, last - first))
            y = HEIGHT - 5 - float((rows[year] - low) / (high - low or 1)) * (HEIGHT - 10)
            return round(x, 1), round(y, 1)

        cuts = sorted({b.year for b in table.borders if code in (b.child, b.parent)} | set(table.broken))
        lines, dashed = _lines(table, code, sorted(rows), cuts, point)
        marks = [round(4 + (WIDTH - 8) * ((c - 0.5 - first) / max(1, last - first)), 1) for c in cuts if first < c <= last]
        ends = sorted(rows)
        made.append(
            Small(
                code, names.get(code, code), lines, dashed, [point(y) for y in (ends[0], ends[-1])], marks, f"{ends[0]}: {_short(rows[ends[0]])}",
                f"{ends[-1]}: {_short(rows[ends[-1]])}", table.grown(code),
            )
        )  # fmt: skip
    return made


def _lines(table: Table, code: str, years: list[int], cuts: list[int], point: Any) -> tuple[list[str], list[str]]:
    """Stretches between cuts and gaps of years; what is projected is drawn apart."""
    solid: list[list[int]] = []
    dashed: list[list[int]] = []
    for before, year in zip([None, *years[:-1]], years):
        projected = table.states.get((code, year)) == "projected"
        joined = before is not None and year - before == 1 and year not in cuts
        into = dashed if projected else solid
        if joined and into and into[-1][-1] == before:
            into[-1].append(year)
        else:
            into.append([before, year] if joined and projected and before is not None else [year])

    def polylines(parts: list[list[int]]) -> list[str]:
        return [" ".join(f"{x},{y}" for x, y in map(point, part)) for part in parts if len(part) > 1]

    return polylines(solid), polylines(dashed)
