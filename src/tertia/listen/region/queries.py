"""What is asked of statistics: a series with what has to be said of it, a region beside like ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from tertia.listen.region.checks import Border, Note, Value, borders_of, growth, notes_of
from tertia.listen.region.models import Observation, Revision, Series
from tertia.listen.region.places import COUNTRY

__all__ = ["Grown", "Table", "like_regions", "series_for", "table_of", "values_of_place"]


def series_for(actor: Any) -> QuerySet[Series]:
    rows: Any = Series.objects.visible_to(actor).filter(state="kept").annotate(last_year=Max("revisions__observations__year"))
    return rows.order_by("slug")


@dataclass(frozen=True)
class Grown:
    """Change within one set of borders and one definition."""

    first: int
    last: int
    percent: Decimal


@dataclass
class Table:
    """A revision as a whole: values by place and year, states other than measured, what has to be said."""

    series: Series
    revision: Revision
    values: dict[str, dict[int, Decimal]]
    states: dict[tuple[str, int], str]
    years: list[int]
    notes: list[Note]
    borders: list[Border]
    broken: list[int]

    def grown(self, place: str) -> Grown | None:
        """Never across a change of borders, and never across a break of the definition."""
        rows = self.values.get(place, {})
        since = max([b for b in self.broken if b <= (max(rows, default=0))], default=0)
        found = growth({y: v for y, v in rows.items() if y >= since}, place, self.borders)
        return Grown(*found) if found else None

    def parts(self, year: int) -> dict[str, Decimal]:
        return {p: v[year] for p, v in self.values.items() if p != COUNTRY and year in v}


def table_of(series: Series, number: int | None = None) -> Table | None:
    """The latest revision, or one by its number. Three queries."""
    rows = Revision.objects.filter(series=series)
    revision = rows.filter(number=number).first() if number else rows.order_by("-number").first()
    if revision is None:
        return None
    values: dict[str, dict[int, Decimal]] = defaultdict(dict)
    states: dict[tuple[str, int], str] = {}
    for code, year, value, state in Observation.objects.filter(revision=revision).values_list("place__code", "year", "value", "state"):
        place = code or COUNTRY
        values[place][year] = value.normalize() + 0
        if state != "measured":
            states[place, year] = state
    flat = [Value(p, y, v, states.get((p, y), "measured")) for p, by_year in values.items() for y, v in by_year.items()]
    years = sorted({v.year for v in flat})
    broken = sorted(b.year for b in series.breaks.all())
    return Table(series, revision, dict(values), states, years, notes_of(flat, adds=series.adds), borders_of(flat), broken)


def like_regions(table: Table, place: str, count: int = 4) -> list[str]:
    """The regions of the most alike size in the latest year, for a comparison that is fair; the place itself is left out."""
    if not table.years:
        return []
    parts = table.parts(table.years[-1])
    mine = parts.get(place)
    if not mine or mine <= 0:
        return []
    others = [(abs((v / mine).ln()), p) for p, v in parts.items() if p != place and v > 0]
    return [p for _d, p in sorted(others)[:count]]


def values_of_place(actor: Any, code: str) -> list[tuple[Series, int, Decimal, str]]:
    """The latest value of each public series for a place: (series, year, value, state)."""
    newest = Revision.objects.filter(series=OuterRef("revision__series")).order_by("-number").values("pk")[:1]
    rows = Observation.objects.filter(revision=Subquery(newest), place__code=code, revision__series__in=series_for(actor)).select_related(
        "revision__series"
    )
    latest: dict[int, Observation] = {}
    for row in rows.order_by("year"):
        latest[row.revision.series_id] = row
    found = [(row.revision.series, row.year, row.value.normalize() + 0, row.state) for row in latest.values()]
    return sorted(found, key=lambda r: r[0].slug)
