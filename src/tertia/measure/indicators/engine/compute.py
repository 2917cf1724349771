"""Computing indicators over a folder of facts: value, breakdown, trend, the rows behind it, the SQL. No Django.

What a figure is, for every organisation and period that the folder declares:

- *missing*: no partition and no row of a table that the figure reads, for that organisation and period (for a measure that
  looks back, for the periods before as well): nothing was handed in. A missing figure is never zero.
- *not-applicable*: the denominator is zero, or the middle of a median still waits.
- *value*: else. A partition without rows, and rows that meet no condition, make a counted zero.
- *suppressed*: never here; it is given to what is published (measure/country/disclosure.py).

A late record stands in the period of its day, whenever it arrives; a row without a day, in a folder that is partitioned by
another kind of year, falls into no period. A period is computed by the version of the definition in force in it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tertia.measure.indicators.engine import expressions
from tertia.measure.indicators.engine.definition import Definition, Side
from tertia.measure.indicators.engine.figures import SIX, Figure, ratio
from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.later import ibis
from tertia.measure.indicators.engine.sources import open_source
from tertia.measure.indicators.engine.units import UnitMismatch, check_units

__all__ = ["Facts", "Figure", "breakdown_text", "check", "compute", "compute_all", "drawn_behind", "rows_behind", "sql_of"]

SIMPLE = ("count", "sum")
Key = tuple[str, int, tuple[str, ...]]


class Facts:
    """A folder of exported facts on an engine: duckdb (default), sqlite, postgres or spark. Raises FactsError.

    With `organisations` only theirs are opened, which is what makes opening one cell of a country quick.
    """

    def __init__(self, folder: Path, engine: str = "duckdb", organisations: list[str] | None = None) -> None:
        self.folder = Folder(folder, organisations)
        self.source = open_source(self.folder, engine)

    @property
    def organisations(self) -> list[str]:
        return self.folder.organisations

    def hold(self, definition: Definition) -> bool:
        """Whether the folder declares every table that a definition reads; a folder may hold some tables only."""
        return all(side.table in self.folder.tables for version in definition.versions for side in version.sides)

    def close(self) -> None:
        self.source.close()

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def unit_of(folder: Folder, side: Side) -> str:
    """What a side counts or measures: `people`, `hours`, `activities`; empty where the folder's schema does not say."""
    table = folder.tables[side.table]
    if side.measure in ("count", "top10"):
        return table.unit
    column = table.columns[side.by or side.column]
    return column.unit or ("people" if column.name == "person" else "")


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
            if not _fits(one, "bool" if operator == "known" else kind):
                raise definition.refuse(
                    f"{column!r} of {side.table!r} holds {kind}, so {one!r} can never be met; write a value of that type"
                )


def _fits(value: Any, kind: str) -> bool:
    """Whether a value of a condition can be met by a column of this type."""
    if kind == "bool":
        return isinstance(value, bool)
    if kind in ("int", "decimal"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) or kind == "date"


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

    def simple(self, name: str, kind: str, dimensions: tuple[str, ...], sides: list[Side], *, totals: bool) -> None:
        """Counts and sums in one pass. With `totals` the groups are added up too: they part the rows, so nothing is lost or doubled."""
        rows = self.facts.source.run(expressions.simple(self.facts.source, name, kind, dimensions, sides))
        self._take(rows, kind, dimensions, sides)
        if not totals:
            return
        self._note_there(name, kind, rows)
        for side in sides if dimensions else ():
            found = self.values[side, kind, ()]
            for (organisation, period, _labels), (value, met) in self.values[side, kind, dimensions].items():
                before, rows_before = found.get((organisation, period, ()), (Decimal(0), 0))
                found[organisation, period, ()] = (before + value, rows_before + met)

    def distinct(self, name: str, kind: str, dimensions: tuple[str, ...], sides: list[Side]) -> None:
        """Distinct counts, each column in one pass."""
        for column in dict.fromkeys(side.column for side in sides):
            of_column = [side for side in sides if side.column == column]
            rows = self.facts.source.run(expressions.distinct(self.facts.source, name, kind, dimensions, of_column))
            self._take(rows, kind, dimensions, of_column)

    def _take(self, rows: list[dict[str, Any]], kind: str, dimensions: tuple[str, ...], sides: list[Side]) -> None:
        for n, side in enumerate(sides):
            found = self.values[side, kind, dimensions]
            for row in rows:
                if row["period_"] is None:
                    continue
                met = int(row[f"r{n}"] or 0)  # no row met: null on Spark
                value = met if side.measure == "count" else row[f"m{n}"] or 0
                exact = self.facts.source.exact(value, side.table, side.column) if side.measure == "sum" else Decimal(value)
                found[_key(row, dimensions)] = (exact, met)

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
    by: Iterable[tuple[str, ...]] | None = None,
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
            yield from _figures(definition, dimensions, measured, organisations, periods)


def compute(
    definition: Definition, facts: Facts, *, organisations: list[str] | None = None, periods: list[str] | None = None,
    dimension: str = "",
) -> Iterator[Figure]:  # fmt: skip
    """The figures of one indicator: the totals, or one row for each value of `dimension`."""
    by = [(dimension,)] if dimension else []
    for figure in compute_all([definition], facts, organisations=organisations, periods=periods, by=by):
        if bool(figure.breakdown) == bool(dimension):
            yield figure


def _breakdowns(definition: Definition, asked: list[tuple[str, ...]] | None) -> list[tuple[str, ...]]:
    return [(d,) for d in definition.dimensions] if asked is None else asked


def _measure(chosen: list[Definition], asked: list[tuple[str, ...]] | None, facts: Facts) -> _Measured:
    """Run what is needed, each table as seldom as can be."""
    simple: dict[tuple[str, str, tuple[str, ...]], list[Side]] = defaultdict(list)
    distinct: dict[tuple[str, str, tuple[str, ...]], list[Side]] = defaultdict(list)
    special: dict[tuple[Side, str, tuple[str, ...]], tuple[Decimal, ...]] = {}
    for definition in chosen:
        for version in definition.versions:
            for side in version.sides:
                for dimensions in ((), *_breakdowns(definition, asked)):
                    batch = simple[side.table, version.period, dimensions]
                    if side.measure == "distinct":
                        batch = distinct[side.table, version.period, dimensions]
                    if side.measure in (*SIMPLE, "distinct"):
                        if side not in batch:
                            batch.append(side)
                    else:
                        special[side, version.period, dimensions] = version.bins
    measured = _Measured(facts)
    for name, kind in dict.fromkeys((name, kind) for name, kind, _ in simple):
        by = {dimensions: sides for (n, k, dimensions), sides in simple.items() if (n, k) == (name, kind)}
        widest = max(by, key=lambda d: len(by[d]) if d else 0)  # its groups give the totals too
        by[widest] = list(dict.fromkeys([*by[()], *by[widest]]))
        for dimensions, sides in by.items():
            if sides and dimensions or dimensions == widest:
                measured.simple(name, kind, dimensions, sides, totals=dimensions == widest)
    for (name, kind, dimensions), sides in distinct.items():
        measured.distinct(name, kind, dimensions, sides)
    for (side, kind, dimensions), bins in special.items():
        measured.special(side, kind, dimensions, bins)
    return measured


def _figures(
    definition: Definition,
    dimensions: tuple[str, ...],
    measured: _Measured,
    organisations: list[str] | None,
    periods: list[str] | None,
) -> Iterator[Figure]:
    folder = measured.facts.folder
    wanted = list(periods) if periods is not None else folder.periods(definition.period)
    versions = {version.version: _Version(version, dimensions, measured) for version in definition.versions}
    by_period = {period: versions[definition.in_force(period).version] for period in wanted}
    groups: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
    if dimensions:
        for version in versions.values():
            for organisation, first, labels in (*version.above, *version.below):
                groups[organisation, first].add(labels)
    for organisation in organisations if organisations is not None else folder.organisations:
        for period in wanted:
            version, first = by_period[period], int(period[:4])
            if dimensions and not version.has_above(organisation, first):
                continue
            for labels in sorted(groups[organisation, first]) if dimensions else [()]:
                yield version.figure((organisation, first, labels), period)


class _Version:
    """One version of a definition for one breakdown, with what was measured of its sides."""

    def __init__(self, definition: Definition, dimensions: tuple[str, ...], measured: _Measured) -> None:
        self.definition, self.dimensions, self.measured = definition, dimensions, measured
        kind, below = definition.period, definition.denominator
        self.above = measured.values[definition.numerator, kind, dimensions]
        self.constant = below.constant if below is not None else None
        self.has_below = below is not None and self.constant is None
        self.below: dict[Key, tuple[Any, int]] = measured.values[below, kind, dimensions] if below is not None and self.has_below else {}
        self.bins = measured.bins.get((definition.numerator, kind, dimensions), {})

    def has_above(self, organisation: str, first: int) -> bool:
        return self.measured.has(self.definition.numerator, self.definition.period, organisation, first)

    def figure(self, key: Key, period: str) -> Figure:
        """The figure of one organisation, period and group."""
        definition, (organisation, first, labels) = self.definition, key
        there, top = self.has_above(organisation, first), self.above.get(key)
        numerator, rows = top if top is not None else (Decimal(0), 0)
        denominator: Decimal | None = self.constant
        below_there = True
        if self.has_below and definition.denominator is not None:
            below_there = self.measured.has(definition.denominator, definition.period, organisation, first)
            denominator = self.below[key][0] if key in self.below else Decimal(0)
        value, state, histogram = None, "value", ()
        if definition.numerator.measure == "median":
            histogram = self._histogram(key)
        if not (there and below_there):
            state, numerator, denominator = "missing", numerator if there else None, denominator if below_there else None
        elif numerator is None or denominator == 0:
            state = "not-applicable"
        else:
            value = (numerator * definition.scale).quantize(SIX) if denominator is None else ratio(numerator, denominator, definition.scale)
        return Figure(
            definition.id, definition.version, organisation, period, breakdown_text(self.dimensions, labels), numerator, denominator, value,
            definition.unit, state, rows, definition.scale, definition.aggregation, histogram,
        )  # fmt: skip

    def _histogram(self, key: Key) -> tuple[int, ...]:
        """Rows in each bin of a median, then those above the last edge, then those that still wait."""
        edges = self.definition.bins
        return tuple(self.bins.get(key, {}).get(n, 0) for n in (*range(len(edges) + 1), -1)) if edges else ()


def _chosen(definition: Definition, side: str) -> Side:
    below = definition.denominator
    return below if side == "denominator" and below is not None and below.constant is None else definition.numerator


def rows_behind(
    definition: Definition, facts: Facts, organisation: str, period: str, *, side: str = "numerator", breakdown: str = "", limit: int = 1000
) -> list[dict[str, Any]]:
    """The rows that make the figure: those that meet its conditions and belong to the chosen values, with the record id of each."""
    found, table = _rows_of(definition, facts, organisation, period, side, breakdown)
    return _exact(facts, table, facts.source.run(found.limit(limit)))


def drawn_behind(
    definition: Definition, facts: Facts, organisation: str, period: str, *, chance: random.Random, count: int = 5
) -> tuple[int, list[dict[str, Any]]]:
    """How many rows make the numerator, and `count` of them drawn by `chance`, each as likely as any other, in their order."""
    found, table = _rows_of(definition, facts, organisation, period, "numerator", "")
    many = int(facts.source.run(found.aggregate(n=found.count()))[0]["n"])
    places = sorted(chance.sample(range(many), min(count, many)))
    return many, _exact(facts, table, [row for at in places for row in facts.source.run(found.limit(1, offset=at))])


def _rows_of(definition: Definition, facts: Facts, organisation: str, period: str, side: str, breakdown: str) -> tuple[Any, str]:
    """The rows behind a side in one order that is the same each time, as a plan that has not run, and their table."""
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
    return rows.drop("period_", *(f"by_{n}" for n in range(len(dimensions)))).order_by(order), chosen.table


def _exact(facts: Facts, table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    decimals = [c.name for c in facts.folder.tables[table].columns.values() if c.type == "decimal"]
    for row in rows:
        for column in decimals:
            row[column] = None if row[column] is None else facts.source.exact(row[column], table, column)
    return rows


def sql_of(definition: Definition, facts: Facts, side: str = "numerator") -> str:
    """The SQL that the engine runs for one side, for whoever wants to check."""
    check(definition, facts.folder)
    chosen, source = _chosen(definition, side), facts.source
    if chosen.measure in (*SIMPLE, "distinct"):
        plan = expressions.distinct if chosen.measure == "distinct" else expressions.simple
        made = plan(source, chosen.table, definition.period, (), [chosen])
    else:
        made = expressions.special(source, chosen, definition.period, ())
    return str(ibis.to_sql(made, dialect="duckdb"))
