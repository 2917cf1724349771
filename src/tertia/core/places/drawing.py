"""The map of the twenty regions as lengths for inline SVG: one shade for each step, the value printed in each region."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["LEGEND_STEP", "STEPS", "Area", "District", "DistrictMap", "Map", "area_of", "districts_of", "map_of", "shapes"]

SHAPES = Path(__file__).parent / "data" / "regions.json"
STEPS = 5
#: width of one step of the legend, in the units of places/_steps.html
LEGEND_STEP = 64


@lru_cache(maxsize=1)
def shapes() -> dict[str, Any]:
    """Outlines by code; see data/README.md."""
    body = json.loads(SHAPES.read_text(encoding="utf-8"))
    return {"width": body["width"], "height": body["height"], "regions": {r["code"]: r for r in body["regions"]}}


@dataclass(frozen=True)
class District:
    """One district: its number on the map, its outline, where the number stands, its name in the reader's language."""

    number: int
    path: str
    x: int
    y: int
    name: str


@dataclass(frozen=True)
class DistrictMap:
    width: int
    height: int
    districts: list[District]


@lru_cache(maxsize=1)
def _all_districts() -> dict[str, Any]:
    body: dict[str, Any] = json.loads((SHAPES.parent / "districts.json").read_text(encoding="utf-8"))
    return body


def districts_of(region: str, language: str) -> DistrictMap | None:
    """The districts of a region in the borders of 2024, numbered by name; None where there are no outlines or only one (a city)."""
    body = _all_districts().get(region)
    if body is None or len(body["districts"]) < 2:
        return None
    rows = sorted(body["districts"], key=lambda d: d["name"].get(language) or d["name"]["ru"])
    found = [District(n, d["path"], d["x"], d["y"], d["name"].get(language) or d["name"]["ru"]) for n, d in enumerate(rows, start=1)]
    return DistrictMap(body["width"], body["height"], found)


def _short(name: str) -> list[str]:
    """A region's name without the word for region, on at most two lines."""
    for word in (" Region", " облысы", " область", "область ", "город ", " қаласы"):
        name = name.replace(word, "")
    name = name.replace("-Казахстанская", "-Каз.") if len(name) > 22 else name
    first, _space, rest = name.partition(" ")
    return [first, rest] if rest else [name]


@dataclass(frozen=True)
class Area:
    """One region of the map. `step` 1 to 5 is its shade, 0 where nothing can be shown, and `why` says why not."""

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


def area_of(code: str, name: str, words: str, step: int, why: str = "") -> Area:
    """A region by its ISO 3166-2 code as the map draws it. Raises KeyError where there is no outline."""
    shape = shapes()["regions"][code]
    return Area(code, shape["path"], shape["x"], shape["y"], shape["city"], _short(name), words, step, why)


def map_of(areas: Iterable[Area], legend: list[tuple[int, str]]) -> Map:
    """Cities are drawn last, so that no region covers them."""
    return Map(sorted(areas, key=lambda a: a.city), shapes()["width"], shapes()["height"], legend)
