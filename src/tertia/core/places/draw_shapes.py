"""Makes `data/regions.json`, the outlines of the regions for the map, from a GeoJSON of their borders. Run once, by hand:

    python -m tertia.core.places.draw_shapes adm1_2024.geojson > src/tertia/core/places/data/regions.json
    python -m tertia.core.places.draw_shapes --districts adm2_2024.geojson.gz > src/tertia/core/places/data/districts.json

Borders that two regions share are simplified once, so that no gaps open between them: rings are cut where three borders meet,
each piece is simplified by the area of its triangles (Visvalingam and Whyatt 1993), and put together again. The projection is
Albers' equal-area conic (parallels 43° and 52°, middle 67° E), so that a large region is not made larger.
"""

from __future__ import annotations

import gzip
import heapq
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

__all__ = ["albers", "draw", "simplify"]

Point = tuple[float, float]
WIDTH = 760
#: least area of a triangle that is kept, in square units of the picture
DETAIL = 3.0
DISTRICT_WIDTH, DISTRICT_DETAIL = 520, 6.0
#: cities that are regions of their own are drawn as circles
CITIES = {"KZ-71": "Astana", "KZ-75": "Almaty", "KZ-79": "Shymkent"}


def albers(longitude: float, latitude: float) -> Point:
    """Albers' equal-area conic projection of the sphere; x to the east, y to the south, in radii of the Earth (Snyder 1987, 14)."""
    first, second, origin, middle = (math.radians(v) for v in (43.0, 52.0, 48.0, 67.0))
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    rho = math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
    rho0 = math.sqrt(c - 2 * n * math.sin(origin)) / n
    theta = n * (math.radians(longitude) - middle)
    return rho * math.sin(theta), rho * math.cos(theta) - rho0


def simplify(line: list[Point], least: float) -> list[Point]:
    """The line without the points whose triangle with their neighbours is smaller than `least`; its ends stay."""
    count = len(line)
    if count < 3:
        return line
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(area(i), i) for i in range(1, count - 1)]
    now = {i: a for a, i in heap}
    heapq.heapify(heap)
    gone = set()
    while heap and heap[0][0] < least:
        size, i = heapq.heappop(heap)
        if i in gone or now[i] != size:
            continue
        gone.add(i)
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < count - 1:
                now[j] = max(area(j), size)
                heapq.heappush(heap, (now[j], j))
    return [p for i, p in enumerate(line) if i not in gone]


def _rings(geometry: dict[str, Any]) -> list[list[Point]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_ in ring[:-1]] for polygon in polygons for ring in polygon]


def _pieces(ring: list[Point], junctions: set[Point]) -> list[list[Point]]:
    """The ring cut at the junctions; a ring without one is a piece that closes on itself."""
    starts = [i for i, p in enumerate(ring) if p in junctions] or [ring.index(min(ring))]
    turned = ring[starts[0] :] + ring[: starts[0]] + [ring[starts[0]]]
    found, piece = [], [turned[0]]
    for point in turned[1:]:
        piece.append(point)
        if point in junctions:
            found.append(piece)
            piece = [point]
    return found + ([piece] if len(piece) > 1 else [])


def draw(collection: dict[str, Any]) -> dict[str, Any]:
    """`{"width", "height", "regions": [{"code", "path" | "x", "y", "city"}]}` of the features' outlines."""
    rings = {"KZ-" + f["properties"]["ADM1_PCODE"].removeprefix("KZ"): _rings(f["geometry"]) for f in collection["features"]}
    height, outlines = _lay(rings, WIDTH, DETAIL)
    regions = []
    for code, drawn in outlines.items():
        x, y = _centre(max(drawn, key=lambda r: abs(_area(r))))
        path = "" if code in CITIES else "".join(_path(r) for r in drawn if abs(_area(r)) > DETAIL)
        regions.append({"code": code, "path": path, "x": round(x), "y": round(y), "city": code in CITIES})
    return {"width": WIDTH, "height": height, "regions": regions}


def draw_districts(collection: dict[str, Any]) -> dict[str, Any]:
    """Of each region its districts, as wide as the picture: `{region: {"width", "height", "districts": [{"path", "x", "y", "name": {kk, ru, en}}]}}`."""
    by_region: dict[str, dict[str, Any]] = defaultdict(dict)
    for f in collection["features"]:
        given = f["properties"]
        by_region["KZ-" + given["ADM1_PCODE"].removeprefix("KZ")][given["ADM2_PCODE"]] = f
    found = {}
    for region, features in sorted(by_region.items()):
        height, outlines = _lay({code: _rings(f["geometry"]) for code, f in features.items()}, DISTRICT_WIDTH, DISTRICT_DETAIL)
        districts = []
        for code, drawn in outlines.items():
            x, y = _centre(max(drawn, key=lambda r: abs(_area(r))))
            given = features[code]["properties"]
            names = {lang: _spelled(given[f"ADM2_{lang.upper()}"]) for lang in ("kk", "ru", "en")}
            path = "".join(_path(r) for r in drawn if abs(_area(r)) > DISTRICT_DETAIL)
            districts.append({"path": path, "x": round(x), "y": round(y), "name": names})
        found[region] = {"width": DISTRICT_WIDTH, "height": height, "districts": districts}
    return found


def _spelled(name: str) -> str:
    """A Cyrillic name without the Latin letters that stand in it by mistake."""
    return name.translate(str.maketrans("iIAaOoEeCcPpXx", "іІАаОоЕеСсРрХх")) if any("а" <= c.lower() <= "я" for c in name) else name


def _lay(rings: dict[str, list[list[Point]]], width: int, detail: float) -> tuple[int, dict[str, list[list[Point]]]]:
    """(height, outlines by code) on a picture of some width; borders that two share are simplified once."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for found in rings.values():
        for ring in found:
            for a, b, c in zip(ring[-1:] + ring, ring, ring[1:] + ring[:1]):
                neighbours[b] |= {a, c}
    junctions = {p for p, near in neighbours.items() if len(near) > 2}
    flat = {p: albers(*p) for p in neighbours}
    left, right = min(x for x, _ in flat.values()), max(x for x, _ in flat.values())
    top, bottom = min(y for _, y in flat.values()), max(y for _, y in flat.values())
    scale = width / (right - left)
    flat = {p: ((x - left) * scale, (y - top) * scale) for p, (x, y) in flat.items()}
    kept: dict[tuple[Point, ...], list[Point]] = {}

    def simple(piece: list[Point]) -> list[Point]:
        name = tuple(min(piece, piece[::-1]))
        if name not in kept:
            kept[name] = simplify([flat[p] for p in name], detail)
        return kept[name] if name == tuple(piece) else kept[name][::-1]

    drawn = {code: [_joined([simple(p) for p in _pieces(ring, junctions)]) for ring in found] for code, found in sorted(rings.items())}
    return math.ceil((bottom - top) * scale), {code: [r for r in found if len(r) > 2] or found for code, found in drawn.items()}


def _joined(pieces: list[list[Point]]) -> list[Point]:
    return [p for piece in pieces for p in piece[:-1]]


def _area(ring: list[Point]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1])) / 2


def _centre(ring: list[Point]) -> Point:
    """The point inside that is farthest from the border, on a grid: where a label fits best."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, where = -1.0, (sum(xs) / len(xs), sum(ys) / len(ys))
    for i in range(1, 40):
        for j in range(1, 40):
            point = (min(xs) + (max(xs) - min(xs)) * i / 40, min(ys) + (max(ys) - min(ys)) * j / 40)
            if _inside(point, ring):
                room = min(abs(point[0] - x) / 1.8 + abs(point[1] - y) for x, y in ring)
                if room > best:
                    best, where = room, point
    return where


def _inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _path(ring: list[Point]) -> str:
    """Whole units, each step relative to the last one."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in zip(points, points[1:]) if (ax, ay) != (bx, by)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z"


if __name__ == "__main__":
    *options, file = sys.argv[1:]
    raw = Path(file).read_bytes()
    collection = json.loads(gzip.decompress(raw) if file.endswith(".gz") else raw)
    made = draw_districts(collection) if options == ["--districts"] else draw(collection)
    print(json.dumps(made, separators=(",", ":"), ensure_ascii=False))
