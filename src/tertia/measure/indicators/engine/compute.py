"""Computing indicators over exported facts by Ibis: value, breakdown, rows behind it, SQL. No Django.

A total or a group of a breakdown is *missing* when the fact table holds no row at all for that organisation and period
(nothing was handed in), *not-applicable* when the denominator is zero, and a value else: counted zeros are zeros.
Groups add numerators and denominators; percentages are never averaged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import ibis

from tertia.measure.indicators.engine.definition import BadDefinition, Definition, Side

__all__ = ["Facts", "Figure", "compute", "rows_behind"]

SIX = Decimal("0.000001")


@dataclass(frozen=True)
class Figure:
    """One computed figure. `breakdown` is `dimension=value` or empty for the total."""

    indicator: str
    version: str
    organisation: str
    period: str
    breakdown: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    state: str
    rows: int


class Facts:
    """A folder of exported facts as Ibis tables on an embedded DuckDB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise FileNotFoundError(f"{folder}: no schema.json; export facts first: tertia facts export --out {folder}") from error
        self.organisations: list[str] = schema["organisations"]
        self.columns = {name: {c["name"]: c["type"] for c in t["columns"]} for name, t in schema["tables"].items()}
        self.connection = ibis.duckdb.connect()
        self._tables: dict[str, Any] = {}

    def table(self, name: str) -> Any:
        """The fact table with its partition columns `organisation` and `year`; empty where nothing was exported."""
        if name not in self._tables:
            if any((self.folder / name).glob("*/*/*.parquet")):
                self._tables[name] = self.connection.read_parquet(
                    str(self.folder / name / "*" / "*" / "*.parquet"), table_name=f"fact_{name}",
                    hive_partitioning=True, hive_types_autocast=False,
                )  # fmt: skip
            else:
                kinds = {"int": "int64", "text": "string", "bool": "boolean", "date": "date", "decimal": "decimal(18,4)"}
                types = {c: kinds[t] for c, t in self.columns[name].items()} | {"organisation": "string", "year": "string"}
                self._tables[name] = ibis.memtable([], schema=ibis.schema(types))
        return self._tables[name]

    def years(self) -> list[str]:
        """All years for which any table has rows."""
        found = {p.name.removeprefix("year=") for p in self.folder.glob("*/organisation=*/year=*")}
        return sorted(found)


def check(definition: Definition, facts: Facts) -> None:
    """Raise BadDefinition where a table or a column is not among the facts."""
    here = Path("definitions.toml")
    for side in (definition.numerator, definition.denominator):
        if side is None:
            continue
        if side.table not in facts.columns:
            raise BadDefinition(here, definition.id, f"there is no fact table {side.table!r}; there are {', '.join(sorted(facts.columns))}")
        known = facts.columns[side.table]
        for column in [*(c for c, _, _ in side.where), *([side.column] if side.column else [])]:
            if column not in known:
                raise BadDefinition(here, definition.id, f"the table {side.table!r} has no column {column!r}; it has {', '.join(known)}")


def _conditions(table: Any, side: Side) -> list[Any]:
    made = []
    for column, operator, value in side.where:
        if operator == "is":
            made.append(table[column] == value)
        elif operator == "not":
            made.append(table[column] != value)
        else:
            made.append(table[column].isin(list(value)))
    return made


def _measured(table: Any, side: Side) -> Any:
    """The measure of the rows that meet the conditions; zero when none does."""
    conditions = _conditions(table, side)
    where = ibis.and_(*conditions) if conditions else ibis.literal(True)
    if side.measure == "count":
        return table.count(where=where)
    if side.measure == "distinct":
        return table[side.column].nunique(where=where)
    return table[side.column].sum(where=where).fill_null(0)


def expression(facts: Facts, side: Side, dimension: str = "") -> Any:
    """By organisation, year and dimension: the measure, and how many rows of the table there are and meet the conditions."""
    table = facts.table(side.table)
    keys = ["organisation", "year", *([dimension] if dimension else [])]
    conditions = _conditions(table, side)
    met = table.count(where=ibis.and_(*conditions)) if conditions else table.count()
    return table.group_by(keys).aggregate(measure=_measured(table, side), there=table.count(), met=met).order_by(keys)


def _side_values(facts: Facts, side: Side, dimension: str) -> dict[tuple[str, str, str], tuple[Decimal, int]]:
    if dimension and dimension not in facts.columns[side.table]:
        return {}
    rows = facts.connection.to_pyarrow(expression(facts, side, dimension)).to_pylist()
    return {
        (row["organisation"], row["year"], _label(row[dimension]) if dimension else ""): (Decimal(row["measure"] or 0), row["met"])
        for row in rows
    }


def _label(value: Any) -> str:
    return "unknown" if value is None else str(value)


def compute(
    definition: Definition, facts: Facts, *, organisations: list[str] | None = None, periods: list[str] | None = None,
    dimension: str = "",
) -> Iterator[Figure]:  # fmt: skip
    """The figures of an indicator: a total for every organisation and period, and one row for each value of `dimension`."""
    check(definition, facts)
    top = _side_values(facts, definition.numerator, dimension)
    bottom = _side_values(facts, definition.denominator, dimension) if definition.denominator else None
    for organisation in organisations or facts.organisations:
        for period in periods or facts.years():
            if dimension:
                seen = {k[2] for k in (*top, *(bottom or {})) if k[:2] == (organisation, period)}
                labels = sorted(seen)
            else:
                labels = [""]
            for label in labels:
                key = (organisation, period, label)
                yield _figure(definition, key, f"{dimension}={label}" if dimension else "", top, bottom)


def _figure(definition: Definition, key: tuple[str, str, str], breakdown: str, top: Any, bottom: Any) -> Figure:
    organisation, period, _ = key
    n = top.get(key)
    d = bottom.get(key) if bottom is not None else None
    head = (definition.id, definition.version, organisation, period, breakdown)
    if bottom is None:
        if n is None:
            return Figure(*head, None, None, None, "missing", 0)
        return Figure(*head, n[0], None, (n[0] * definition.scale).quantize(SIX), "value", n[1])
    if n is None and d is None or d is None and not breakdown:
        return Figure(*head, n[0] if n else None, None, None, "missing", 0)
    numerator, rows = n if n else (Decimal(0), 0)
    denominator = d[0] if d else Decimal(0)
    if n is None and not breakdown:
        return Figure(*head, None, denominator, None, "missing", 0)
    if denominator == 0:
        return Figure(*head, numerator, denominator, None, "not-applicable", rows)
    value = (numerator * definition.scale / denominator).quantize(SIX, rounding=ROUND_HALF_EVEN)
    return Figure(*head, numerator, denominator, value, "value", rows)


def rows_behind(
    definition: Definition, facts: Facts, organisation: str, period: str, *, side: str = "numerator", breakdown: str = "", limit: int = 1000
) -> list[dict[str, Any]]:
    """The rows that make the figure: those of the table that meet the conditions, with the record id of each."""
    check(definition, facts)
    chosen = definition.numerator if side == "numerator" or definition.denominator is None else definition.denominator
    table = facts.table(chosen.table)
    conditions = [table.organisation == organisation, table.year == period, *_conditions(table, chosen)]
    if breakdown:
        dimension, _, value = breakdown.partition("=")
        conditions.append(table[dimension].isnull() if value == "unknown" else table[dimension] == value)
    found = table.filter(conditions).order_by("record").limit(limit)
    return list(facts.connection.to_pyarrow(found).to_pylist())


def sql_of(definition: Definition, facts: Facts, side: str = "numerator") -> str:
    """The SQL that the engine runs for one side, for whoever wants to check."""
    chosen = definition.numerator if side == "numerator" or definition.denominator is None else definition.denominator
    return str(ibis.to_sql(expression(facts, chosen), dialect="duckdb"))
