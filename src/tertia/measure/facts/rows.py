"""Rows of a fact table as Arrow, in batches, straight from the database: no model is built for a row.

On PostgreSQL the query is a `COPY … TO STDOUT` that Arrow reads as CSV; on SQLite its tuples are turned by column.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, IntegerField, Q, TextField
from django.db.models.functions import Cast

from tertia.core.facts.declare import Column, Days, FactTable, InYear, person_key
from tertia.core.periods.clock import today
from tertia.core.periods.years import FIRST_MONTH, academic_year

__all__ = ["arrow_schema", "batches"]

_ARROW = {
    "int": pa.int64(),
    "text": pa.string(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "person": pa.string(),
    "decimal": pa.decimal128(18, 4),
}
BATCH, TUPLES = 100_000, 20_000
Batch = tuple[str, pa.Table]


def arrow_schema(table: FactTable) -> pa.Schema:
    """The columns as they lie in Parquet; hours, credits and money as decimals with four digits."""
    return pa.schema([pa.field(c.name, _ARROW[c.type]) for c in table.columns])


def batches(table: FactTable, organisation: Any) -> Iterator[Batch]:
    """The rows of an organisation, `(academic year, rows)` at a time, in the order of the query."""
    fetched = [c for c in table.columns if not isinstance(c.source, Days | InYear)]
    names = [c.name for c in fetched]
    kinds = [c.type for c in fetched]
    sources = {c.name: _expression(c.source if c.source is not None else c.name, c.type) for c in fetched}
    if table.spans:
        for name, source in zip(("_from", "_to"), table.spans):
            names.append(name)
            kinds.append("date")
            sources[name] = _expression(source, "date")
    query = (
        table.rows(organisation)
        .order_by("pk")
        .annotate(**{f"f_{k}": v for k, v in sources.items()})
        .values_list(*(f"f_{n}" for n in names))
    )
    sql, params = query.query.sql_with_params()
    digits = [c.digits for c in fetched] + [0] * (len(names) - len(fetched))
    key = _Keys(organisation)
    for raw in (_copied if connection.vendor == "postgresql" else _fetched)(sql, params, names, kinds, digits):
        rows = key.applied(raw, fetched)
        yield from _by_year(table, rows)


def _expression(source: Any, kind: str) -> Any:
    if callable(source) and not hasattr(source, "resolve_expression"):
        source = source()
    if isinstance(source, str):
        source = F(source)
    if isinstance(source, Q):
        source = ExpressionWrapper(source, BooleanField())
    if connection.vendor == "sqlite" and kind in ("date", "bool"):  # else Python converts each value by itself
        return Cast(source, TextField() if kind == "date" else IntegerField())
    return source


def _fetched(sql: str, params: Any, names: list[str], kinds: list[str], digits: list[int]) -> Iterator[pa.Table]:
    """SQLite: booleans come as 0 and 1, dates as text, decimals as numbers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while True:
            with _no_cycles():
                rows = cursor.fetchmany(TUPLES)
                if not rows:
                    return
                made = pa.table([_column(values, kind, d) for values, kind, d in zip(zip(*rows), kinds, digits)], names=names)
            yield made


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Tuples of numbers and texts hold no cycles; looking for some among them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _column(values: Any, kind: str, digits: int) -> pa.Array:
    if kind == "bool":
        return pa.array(values, pa.int8()).cast(pa.bool_())
    if kind == "date":
        return pa.array(values, pa.string()).cast(pa.date32())
    if kind == "decimal":
        return pa.array(values, pa.float64()).cast(pa.decimal128(18, digits)).cast(_ARROW["decimal"])
    return pa.array(values, pa.string() if kind == "text" else pa.int64())


def _copied(sql: str, params: Any, names: list[str], kinds: list[str], digits: list[int]) -> Iterator[pa.Table]:
    """PostgreSQL: each piece of a copy is one row of CSV."""
    types = {n: pa.int64() if k == "person" else _ARROW[k] for n, k in zip(names, kinds)}
    convert = pyarrow.csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["t"],
        false_values=["f"],
    )
    read, parse = pyarrow.csv.ReadOptions(column_names=names), pyarrow.csv.ParseOptions(newlines_in_values=True)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
        pieces: list[bytes] = []
        for piece in copy:
            pieces.append(bytes(piece))
            if len(pieces) >= BATCH:
                yield pyarrow.csv.read_csv(io.BytesIO(b"".join(pieces)), read, parse, convert)
                pieces = []
        if pieces:
            yield pyarrow.csv.read_csv(io.BytesIO(b"".join(pieces)), read, parse, convert)


class _Keys:
    """Persons as keyed hashes; each is hashed once for an organisation."""

    def __init__(self, organisation: Any) -> None:
        self.organisation = organisation
        self.known: dict[int, str | None] = {}

    def applied(self, rows: pa.Table, columns: list[Column]) -> pa.Table:
        for place, column in enumerate(columns):
            if column.type != "person":
                continue
            coded = rows.column(place).combine_chunks().dictionary_encode()
            for number in coded.dictionary.to_pylist():
                if number not in self.known:
                    self.known[number] = person_key(self.organisation, number)
            keys = pa.array([self.known[n] for n in coded.dictionary.to_pylist()], pa.string())
            rows = rows.set_column(place, column.name, keys.take(coded.indices))
        return rows


def _by_year(table: FactTable, rows: pa.Table) -> Iterator[Batch]:
    if table.spans is None:
        day = rows.column("day")
        first = _first_year(day)
        for year in sorted(y for y in pc.unique(first).to_pylist() if y is not None):
            yield _label(year), _finished(table, rows.filter(pc.equal(first, year)), year)
        return
    begins, ends = rows.column("_from"), rows.column("_to")
    last = pa.scalar(today(), pa.date32())
    ends = pc.fill_null(ends, last)
    if table.until_today:
        ends = pc.if_else(pc.greater(ends, last), last, ends)
    if table.by_calendar:
        yield from _by_calendar_year(table, rows, begins, ends)
        return
    years = [y for y in (*pc.unique(_first_year(begins)).to_pylist(), *pc.unique(_first_year(ends)).to_pylist()) if y is not None]
    for year in range(min(years), max(years) + 1) if years else ():
        opens, closes = (pa.scalar(dt.date(y, FIRST_MONTH, 1), pa.date32()) for y in (year, year + 1))
        touched = pc.and_(pc.less(begins, closes), pc.greater_equal(ends, pc.if_else(pc.greater(begins, opens), begins, opens)))
        part = rows.filter(touched)
        if part.num_rows:
            day = part.column("_from")
            day = pc.if_else(pc.less(day, opens), opens, day)
            yield _label(year), _finished(table, part.set_column(part.column_names.index("day"), "day", day), year)


def _by_calendar_year(table: FactTable, rows: pa.Table, begins: pa.Array, ends: pa.Array) -> Iterator[Batch]:
    """A row for each calendar year that is touched, on its first day there; it lies in the academic year of that day."""
    years = [y for y in (*pc.unique(pc.year(begins)).to_pylist(), *pc.unique(pc.year(ends)).to_pylist()) if y is not None]
    for year in range(min(years), max(years) + 1) if years else ():
        opens, closes = (pa.scalar(dt.date(y, 1, 1), pa.date32()) for y in (year, year + 1))
        touched = pc.and_(pc.less(begins, closes), pc.greater_equal(ends, pc.if_else(pc.greater(begins, opens), begins, opens)))
        part = rows.filter(touched)
        if not part.num_rows:
            continue
        day = part.column("_from")
        day = pc.if_else(pc.less(day, opens), opens, day)
        part, first = part.set_column(part.column_names.index("day"), "day", day), _first_year(day)
        for begun in sorted(pc.unique(first).to_pylist()):
            yield _label(begun), _finished(table, part.filter(pc.equal(first, begun)), begun)


def _label(year: int) -> str:
    return academic_year(dt.date(year, FIRST_MONTH, 1)).label


def _first_year(days: Any) -> Any:
    """The calendar year in which the academic year of each day begins."""
    return pc.subtract(pc.year(days), pc.if_else(pc.less(pc.month(days), FIRST_MONTH), 1, 0))


def _finished(table: FactTable, rows: pa.Table, year: int) -> pa.Table:
    """The declared columns in their order, the derived ones among them."""
    made: list[Any] = []
    derive: dict[type, Callable[[Any], Any]] = {
        Days: lambda s: pc.days_between(rows.column(s.since), rows.column(s.until)),
        InYear: lambda s: pc.fill_null(pc.equal(_first_year(rows.column(s.day)), year), False),
    }
    for column in table.columns:
        function = derive.get(type(column.source))
        made.append(function(column.source) if function else rows.column(column.name))
    return pa.table(made, schema=arrow_schema(table))
