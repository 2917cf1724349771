"""Computing indicators over a folder of facts: value, breakdown, trend, the rows behind it, the SQL. No Django.

What a figure is, for every organisation and period that the folder declares:

- *missing*: no partition and no row of a table that the figure reads, for that organisation and period (for a measure that
  looks back, for the periods before as well): nothing was handed in. A missing figure is never zero.
- *not-applicable*: the denominator is zero, or the middle of a median still waits.
- *value*: else. A partition without rows, and rows that meet no condition, make a counted zero.
- *suppressed*: with `threshold`, a count of persons from 1 to the threshold less one above, below, or between the lines.

A late record stands in the period of its day, whenever it arrives; a row without a day, in a folder that is partitioned by
another kind of year, falls into no period. A period is computed by the version of the definition in force in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis

from tertia.measure.indicators.engine import expressions
from tertia.measure.indicators.engine.definition import Definition, Side
from tertia.measure.indicators.engine.figures import SIX, Figure, ratio
from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.sources import open_source
from tertia.measure.indicators.engine.units import UnitMismatch, check_units

__all__ = ["Facts", "Figure", "breakdown_text", "check", "compute", "compute_all", "rows_behind", "sql_of"]

SIMPLE = ("count", "sum", "distinct")
Key = tuple[str, int, tuple[str, ...]]


class Facts:
    """A folder of exported facts on an engine: duckdb (default), sqlite, postgres or spark. Raises FactsError."""

    def __init__(self, folder: Path, engine: str = "duckdb") -> None:
        self.folder = Folder(folder)
        self.source = open_source(self.folder, engine)

    @property
    def organisations(self) -> list[str]:
        return self.folder.organisations

    def close(self) -> None:
        self.source.close()

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def unit_of(folder: Folder, side: Side) -> str:
    """What a side counts or measures: `people`, `hours`, `activities`."""
    table = folder.tables[side.table]
    if side.measure in ("count", "top10"):
        return table.unit or side.table
    column = table.columns[side.by or side.column]
    return column.unit or column.name


def check(definition: Definition, folder: Folder) -> None:
    """Raise BadDefinition where a table, a column, a dimension or the units do not fit the folder's tables."""
    for version in definition.versions:
        for side in version.sides:
            _check_side(version, side, folder)
        for dimension in version.dimensions:
            _check_dimension(version, dimension, folder)
        above = unit_of(folder, version.numerator)
        below = None
        if version.denominator is not None:
            below = above if version.denominator.constant is not None else unit_of(folder, version.denominator)
        try:
            check_units(version.unit, above, below)
        except UnitMismatch as error:
            raise version.refuse(str(error)) from error


def _check_side(definition: Definition, side: Side, folder: Folder) -> None:
    table = folder.tables.get(side.table)
    if table is None:
        raise definition.refuse(f"there is no fact table {side.table!r}; there are {', '.join(sorted(folder.tables))}")
    for column in side.columns:
        if column not in table.columns:
            raise definition.refuse(f"the table {side.table!r} has no column {column!r}; it has {', '.join(table.columns)}")
    summed = side.by if side.measure == "tenth" else side.column if side.measure in ("sum", "median") else ""
    if summed and table.columns[summed].type not in ("int", "decimal"):
        raise definition.refuse(
            f"{summed!r} of {side.table!r} holds {table.columns[summed].type}, which has no {side.measure}; choose a number"
        )
    for column, operator, value in side.where:
        kind = table.columns[column].type
        for one in value if isinstance(value, tuple) else (value,):
            fits = isinstance(one, bool) if kind == "bool" or operator == "known" else isinstance(one, int | float) and not isinstance(one, bool) if kind in ("int", "decimal") else isinstance(one, str) or kind == "date"  # fmt: skip
            if not fits:
                raise definition.refuse(
                    f"{column!r} of {side.table!r} holds {kind}, so {one!r} can never be met; write a value of that type"
                )


def _check_dimension(definition: Definition, dimension: str, folder: Folder) -> None:
    for side in definition.sides:
        column = folder.tables[side.table].columns.get(dimension)
        if column is None or column.type not in ("text", "bool", "int") or dimension == "person":
            raise definition.refuse(
                f"{dimension!r} is no dimension of the table {side.table!r}; choose a column of text, not persons, that both sides have"
            )


def breakdown_text(dimensions: Iterable[str], labels: Iterable[str]) -> str:
    """`dimension=value;…` sorted by dimension; `%`, `;` and `=` inside a value are percent-encoded."""
    pairs = sorted(zip(dimensions, labels))
    return ";".join(f"{d}={v.replace('%', '%25').replace(';', '%3B').replace('=', '%3D')}" for d, v in pairs)


class _Measured:
    """What a run over the tables gave: for each side its values by key, and which keys of a table have rows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.values: dict[tuple[Side, str, tuple[str, ...]], dict[Key, tuple[Any, int]]] = defaultdict(dict)
        self.there: dict[tuple[str, str], set[tuple[str, int]]] = {}
        self.bins: dict[tuple[Side, str, tuple[str, ...]], dict[Key, dict[int, int]]] = {}

    def simple(self, name: str, kind: str, dimensions: tuple[str, ...], sides: list[Side]) -> None:
        source = self.facts.source
        rows = source.run(expressions.simple(source, name, kind, dimensions, sides))
        if not dimensions:
            self._note_there(name, kind, rows)
        for n, side in enumerate(sides):
            found = self.values[side, kind, dimensions]
            for row in rows:
                if row["period_"] is None:
                    continue
                value = row[f"r{n}"] if side.measure == "count" else row[f"m{n}"]
                exact = source.exact(value, name, side.column) if side.measure == "sum" else Decimal(value or 0)
                found[_key(row, dimensions)] = (exact, row[f"r{n}"] or 0)  # no row met: null on Spark

    def special(self, side: Side, kind: str, dimensions: tuple[str, ...], bins: tuple[Decimal, ...]) -> None:
        source = self.facts.source
        rows = source.run(expressions.special(source, side, kind, dimensions))
        found = self.values[side, kind, dimensions]
        for row in rows:
            if row["period_"] is None:
                continue
            if side.measure == "median":
                waits = row["known"] < row["middle"]
                low, high = (source.exact(row[x], side.table, side.column) for x in ("lo", "hi"))
                found[_key(row, dimensions)] = (None if waits else (low + high) / 2, row["r0"])
            elif side.measure == "tenth":
                found[_key(row, dimensions)] = (source.exact(row["m0"], side.table, side.by), row["r0"])
            else:
                found[_key(row, dimensions)] = (Decimal(row["m0"] or 0), row["r0"])
        if side.measure == "median" and bins:
            counted: dict[Key, dict[int, int]] = defaultdict(dict)
            for row in source.run(expressions.histogram(source, side, kind, dimensions, bins)):
                counted[_key(row, dimensions)][row["bin"]] = row["n"]
            self.bins[side, kind, dimensions] = counted

    def _note_there(self, name: str, kind: str, rows: list[dict[str, Any]]) -> None:
        there = {(r["organisation"], r["period_"]) for r in rows if r["period_"] is not None}
        self.there[name, kind] = there | {(o, int(y[:4])) for o, y in self.facts.folder.stated(name, kind)}

    def has(self, side: Side, kind: str, organisation: str, period: int) -> bool:
        """Whether anything was handed in for a side; a measure that looks back needs the periods before too."""
        back = expressions.LOOKS_BACK.get(side.measure, 0)
        first = 1 if side.measure == "former" else 0
        return all((organisation, period - step) in self.there[side.table, kind] for step in range(first, back + 1))


def _key(row: dict[str, Any], dimensions: tuple[str, ...]) -> Key:
    return row["organisation"], row["period_"], tuple(row[f"by_{n}"] for n in range(len(dimensions)))


def compute_all(
    chosen: Iterable[Definition], facts: Facts, *, organisations: list[str] | None = None, periods: list[str] | None = None,
    by: Iterable[tuple[str, ...]] | None = None, threshold: int = 0,
) -> Iterator[Figure]:  # fmt: skip
    """The figures of many indicators: totals first, then one group of rows for each breakdown.

    `by` are the breakdowns (each a tuple of dimensions); by default every dimension that the definition declares, one at a
    time. A table is read once for each breakdown, whatever the number of indicators. Raises BadDefinition and FactsError.
    """
    chosen = list(chosen)
    asked = None if by is None else [tuple(sorted(b)) for b in by]
    for definition in chosen:
        check(definition, facts.folder)
        for dimensions in asked or ():
            for dimension in dimensions:
                _check_dimension(definition, dimension, facts.folder)
    measured = _measure(chosen, asked, facts)
    for definition in chosen:
        for dimensions in ((), *_breakdowns(definition, asked)):
            yield from _figures(definition, dimensions, measured, organisations, periods, threshold)


def compute(
    definition: Definition, facts: Facts, *, organisations: list[str] | None = None, periods: list[str] | None = None,
    dimension: str = "", threshold: int = 0,
) -> Iterator[Figure]:  # fmt: skip
    """The figures of one indicator: the totals, or one row for each value of `dimension`."""
    by = [(dimension,)] if dimension else []
    for figure in compute_all([definition], facts, organisations=organisations, periods=periods, by=by, threshold=threshold):
        if bool(figure.breakdown) == bool(dimension):
            yield figure


def _breakdowns(definition: Definition, asked: list[tuple[str, ...]] | None) -> list[tuple[str, ...]]:
    return [(d,) for d in definition.dimensions] if asked is None else asked


def _measure(chosen: list[Definition], asked: list[tuple[str, ...]] | None, facts: Facts) -> _Measured:
    """Run what is needed, each table as seldom as can be."""
    simple: dict[tuple[str, str, tuple[str, ...]], list[Side]] = defaultdict(list)
    special: dict[tuple[Side, str, tuple[str, ...]], tuple[Decimal, ...]] = {}
    for definition in chosen:
        for version in definition.versions:
            for side in version.sides:
                for dimensions in ((), *_breakdowns(definition, asked)):
                    batch = simple[side.table, version.period, dimensions]
                    if side.measure in SIMPLE:
                        if side not in batch:
                            batch.append(side)
                    else:
                        special[side, version.period, dimensions] = version.bins
    measured = _Measured(facts)
    for (name, kind, dimensions), sides in simple.items():
        if sides or not dimensions:
            measured.simple(name, kind, dimensions, sides)
    for (side, kind, dimensions), bins in special.items():
        measured.special(side, kind, dimensions, bins)
    return measured


def _figures(
    definition: Definition,
    dimensions: tuple[str, ...],
    measured: _Measured,
    organisations: list[str] | None,
    periods: list[str] | None,
    threshold: int,
) -> Iterator[Figure]:
    folder = measured.facts.folder
    wanted = list(periods) if periods is not None else folder.periods(definition.period)
    groups: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
    if dimensions:
        for version in definition.versions:
            for side in version.sides:
                for organisation, first, labels in measured.values[side, version.period, dimensions]:
                    groups[organisation, first].add(labels)
    for organisation in organisations if organisations is not None else folder.organisations:
        for period in wanted:
            first = int(period[:4])
            for labels in sorted(groups[organisation, first]) if dimensions else [()]:
                figure = _figure(definition.in_force(period), (organisation, first, labels), dimensions, measured, period)
                if figure is not None:
                    yield _suppressed(figure, definition.in_force(period), folder, threshold) if threshold else figure


def _figure(definition: Definition, key: Key, dimensions: tuple[str, ...], measured: _Measured, period: str) -> Figure | None:
    organisation, first, labels = key
    kind, side, below = definition.period, definition.numerator, definition.denominator
    there = measured.has(side, kind, organisation, first)
    if dimensions and not there:
        return None
    top = measured.values[side, kind, dimensions].get(key)
    nothing = Figure(
        definition.id, definition.version, organisation, period, breakdown_text(dimensions, labels), None, None, None, definition.unit,
        "missing", top[1] if top else 0, definition.scale, definition.aggregation,
    )  # fmt: skip
    if side.measure == "median":
        return _median_figure(definition, nothing, key, dimensions, measured, top) if there else nothing
    numerator = top[0] if top else Decimal(0)
    if below is None:
        value = (numerator * definition.scale).quantize(SIX)
        return replace(nothing, numerator=numerator, value=value, state="value") if there else nothing
    if below.constant is not None:
        denominator, below_there = below.constant, True
    else:
        found = measured.values[below, kind, dimensions].get(key)
        denominator, below_there = found[0] if found else Decimal(0), measured.has(below, kind, organisation, first)
    half = replace(nothing, numerator=numerator if there else None, denominator=denominator if below_there else None)
    if not (there and below_there):
        return half
    if denominator == 0:
        return replace(half, state="not-applicable")
    return replace(half, value=ratio(numerator, denominator, definition.scale), state="value")


def _median_figure(
    definition: Definition, nothing: Figure, key: Key, dimensions: tuple[str, ...], measured: _Measured, top: tuple[Any, int] | None
) -> Figure:
    """The exact middle value with its histogram; not applicable while the middle still waits."""
    counted = measured.bins.get((definition.numerator, definition.period, dimensions), {}).get(key, {})
    histogram = tuple(counted.get(n, 0) for n in (*range(len(definition.bins) + 1), -1)) if definition.bins else ()
    made = replace(nothing, state="not-applicable", histogram=histogram)
    if top is None or top[0] is None:
        return made
    return replace(made, numerator=top[0], value=(top[0] * definition.scale).quantize(SIX), state="value")


def _suppressed(figure: Figure, definition: Definition, folder: Folder, threshold: int) -> Figure:
    """A count of persons below the threshold is not shown; zero is."""
    people = [
        s is not None and s.constant is None and unit_of(folder, s) == "people" for s in (definition.numerator, definition.denominator)
    ]
    n, d = figure.numerator, figure.denominator
    small = [people[0] and n is not None and 0 < n < threshold, people[1] and d is not None and 0 < d < threshold]
    small.append(all(people) and n is not None and d is not None and 0 < abs(d - n) < threshold)
    if not any(small):
        return figure
    return replace(figure, numerator=None, denominator=None, value=None, state="suppressed", rows=0, histogram=())


def _chosen(definition: Definition, side: str) -> Side:
    below = definition.denominator
    return below if side == "denominator" and below is not None and below.constant is None else definition.numerator


def rows_behind(
    definition: Definition, facts: Facts, organisation: str, period: str, *, side: str = "numerator", breakdown: str = "", limit: int = 1000
) -> list[dict[str, Any]]:
    """The rows that make the figure: those that meet its conditions and belong to the chosen values, with the record id of each."""
    definition = definition.in_force(period)
    check(definition, facts.folder)
    chosen = _chosen(definition, side)
    pairs = [tuple(p.split("=", 1)) for p in breakdown.split(";")] if breakdown else []
    dimensions = tuple(p[0] for p in pairs)
    for dimension in dimensions:
        _check_dimension(definition, dimension, facts.folder)
    source = facts.source
    rows = expressions.behind(source, chosen, definition.period, dimensions)
    rows = rows.filter(rows.organisation == organisation, rows.period_ == int(period[:4]))
    for n, (_, value) in enumerate(pairs):
        rows = rows.filter(rows[f"by_{n}"] == value.replace("%3D", "=").replace("%3B", ";").replace("%25", "%"))
    order = [c for c in ("record", "day") if c in facts.folder.tables[chosen.table].columns]
    found = source.run(rows.drop("period_", *(f"by_{n}" for n in range(len(dimensions)))).order_by(order).limit(limit))
    decimals = [c.name for c in facts.folder.tables[chosen.table].columns.values() if c.type == "decimal"]
    for row in found:
        for column in decimals:
            row[column] = None if row[column] is None else source.exact(row[column], chosen.table, column)
    return found


def sql_of(definition: Definition, facts: Facts, side: str = "numerator") -> str:
    """The SQL that the engine runs for one side, for whoever wants to check."""
    check(definition, facts.folder)
    chosen, source = _chosen(definition, side), facts.source
    if chosen.measure in SIMPLE:
        made = expressions.simple(source, chosen.table, definition.period, (), [chosen])
    else:
        made = expressions.special(source, chosen, definition.period, ())
    return str(ibis.to_sql(made, dialect="duckdb"))
