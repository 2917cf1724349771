"""What has to be said aloud of a series before anybody reads it: parts that miss their total, borders that changed, years that are no measurement. No Django."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tertia.core.places.regions_file import RegionRow, read_regions
from tertia.listen.region.places import COUNTRY

__all__ = ["Border", "Note", "Value", "borders_of", "comparable_since", "growth", "notes_of"]

#: how far parts may miss their total: rounding of whole figures
_ROUNDING = Decimal("0.5")
#: a region so many times above or below the median of the others may stand in another unit
_FAR = 12.0


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a series in one year."""

    place: str
    year: int
    value: Decimal
    state: str = "measured"


@dataclass(frozen=True)
class Border:
    """A region split off from another: the first year in which the series has it. Before that year the parent's figures hold both."""

    child: str
    parent: str
    year: int
    #: the year of the law; where the series begins earlier it was restated
    law_year: int


@dataclass(frozen=True)
class Note:
    """One thing to say. `code`: not-adding-up, no-total, missing-place, not-founded, projected, imputed, estimated, provisional, border, restated, far-off, same-twice, one-year."""

    code: str
    place: str = ""
    year: int = 0
    value: Decimal | None = None
    other: str = ""


def borders_of(values: Iterable[Value], regions: Sequence[RegionRow] | None = None) -> list[Border]:
    """Which splits the series shows. A child that is in the series from its first year on tells nothing of a split within it."""
    rows = {r.code: r for r in regions or read_regions() if r.part_of_before and r.valid_from}
    first: dict[str, int] = {}
    for v in values:
        first[v.place] = min(v.year, first.get(v.place, v.year))
    begins = min(first.values(), default=0)
    return [
        Border(code, row.part_of_before, first[code], row.valid_from.year)
        for code, row in sorted(rows.items())
        if code in first and row.valid_from and (first[code] > begins or row.valid_from.year >= begins)
    ]


def comparable_since(place: str, borders: Sequence[Border]) -> int:
    """The first year since which a region's borders are today's: its own founding, or the last one that split off from it."""
    return max((b.year for b in borders if place in (b.child, b.parent)), default=0)


def growth(values: Mapping[int, Decimal], place: str, borders: Sequence[Border]) -> tuple[int, int, Decimal] | None:
    """(first year, last year, change in percent) within one set of borders; None where there are not two years or the first is zero."""
    since = comparable_since(place, borders)
    years = sorted(y for y in values if y >= since)
    if len(years) < 2 or values[years[0]] == 0:
        return None
    first, last = values[years[0]], values[years[-1]]
    return years[0], years[-1], ((last - first) / abs(first) * 100).quantize(Decimal("0.1"))


def notes_of(values: Sequence[Value], *, adds: bool, regions: Sequence[RegionRow] | None = None) -> list[Note]:
    """Everything to say of a series. `adds`: the regions are parts of the country's figure."""
    rows = list(regions or read_regions())
    by_year: dict[int, dict[str, Value]] = defaultdict(dict)
    for v in values:
        by_year[v.year][v.place] = v
    borders = borders_of(values, rows)
    found = [Note("border", b.child, b.year, other=b.parent) for b in borders]
    found += [Note("restated", b.child, b.year, Decimal(b.law_year)) for b in borders if b.year < b.law_year]
    if len(by_year) == 1:
        found.append(Note("one-year", year=next(iter(by_year), 0)))
    for year in sorted(by_year):
        there = by_year[year]
        if adds:
            found += _sums(year, there)
        found += _missing(year, there, rows, borders)
    found += _states(by_year)
    if by_year:
        found += _odd(max(by_year), by_year[max(by_year)])
    return found


def _sums(year: int, there: Mapping[str, Value]) -> list[Note]:
    parts = [v.value for p, v in there.items() if p != COUNTRY]
    if not parts:
        return []
    if COUNTRY not in there:
        return [Note("no-total", year=year)]
    off = sum(parts, Decimal(0)) - there[COUNTRY].value
    places = max(-min((int(v.as_tuple().exponent) for v in parts), default=0), 0)
    return [Note("not-adding-up", year=year, value=off)] if abs(off) > _ROUNDING * len(parts) / (10**places) else []


def _missing(year: int, there: Mapping[str, Value], rows: Sequence[RegionRow], borders: Sequence[Border]) -> list[Note]:
    """A region that existed and has no figure is missing; one that was not founded yet is not."""
    if not any(p != COUNTRY for p in there):
        return []
    starts = {b.child: b.year for b in borders}
    found = []
    for code, row in {r.code: r for r in rows if r.valid_to is None}.items():
        begins = starts.get(code, row.valid_from.year if row.valid_from and row.part_of_before else 0)
        if code not in there and year >= begins:
            found.append(Note("missing-place", code, year))
    return found


def _states(by_year: Mapping[int, Mapping[str, Value]]) -> list[Note]:
    found = []
    for year in sorted(by_year):
        counts: dict[str, int] = defaultdict(int)
        for v in by_year[year].values():
            if v.state != "measured":
                counts[v.state] += 1
        found += [Note(state, year=year, value=Decimal(count)) for state, count in sorted(counts.items())]
    return found


def _odd(year: int, there: Mapping[str, Value]) -> list[Note]:
    """In the latest year: figures that stand in another unit than the rest, it seems; one figure that stands for two regions."""
    parts = {p: v.value for p, v in there.items() if p != COUNTRY}
    found = []
    positive = sorted(v for v in parts.values() if v > 0)
    if len(positive) >= 8:
        median = positive[len(positive) // 2]
        found += [Note("far-off", p, year, v) for p, v in sorted(parts.items()) if v > 0 and abs(math.log(v / median)) > math.log(_FAR)]
    same: dict[Decimal, list[str]] = defaultdict(list)
    for p, v in parts.items():
        if abs(v) >= 1000:
            same[v].append(p)
    found += [Note("same-twice", pair[0], year, v, pair[1]) for v, pair in same.items() if len(pair) > 1]
    return found
