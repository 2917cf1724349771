"""Ibis expressions: where a row belongs, which rows meet the conditions, and what is measured of them. No Django.

Every expression is written once, over unbound tables, and runs unchanged on DuckDB, SQLite, PostgreSQL and Spark.
A period is the whole number of its first year (2025 for 2025-26); labels are made outside.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tertia.measure.indicators.engine.definition import Side
from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.later import ibis
from tertia.measure.indicators.engine.sources.base import Source

__all__ = ["KEYS", "condition", "distinct", "labelled", "placed", "simple", "special"]

KEYS = ["organisation", "period_"]
#: how many periods before this one a measure looks at
LOOKS_BACK = {"returning": 1, "former": 1, "lasting": 2}


def placed(source: Source, name: str, kind: str) -> Any:
    """The table with `period_`, the first year of the period of `kind` into which each row falls; null where it falls into none.

    A partition whose year is a period of this kind says where its rows belong: the university booked them there. Else the
    day of the row decides, with the day on which the university's own year starts.
    """
    table, folder = source.table(name), source.folder
    years = {p.year for p in folder.partitions(name)}
    own = sorted(y for y in years if folder.is_of_kind(y, kind))
    by_partition = table.year.substr(0, 4).cast("int64")
    if years and len(own) == len(years):
        return table.mutate(period_=by_partition)
    if "day" not in folder.tables[name].columns:
        by_day = ibis.null("int64")
    else:
        by_day = _first_year(table, folder, kind)
    return table.mutate(period_=ibis.ifelse(table.year.isin(own), by_partition, by_day) if own else by_day)


def _first_year(table: Any, folder: Folder, kind: str) -> Any:
    year = table.day.year().cast("int64")
    starts = folder.special_starts(kind) if kind != "calendar-year" else {}
    before = _is_before(table.day, folder.start_of(kind) if kind != "calendar-year" else "01-01")
    for organisation, start in sorted(starts.items()):
        before = ibis.ifelse(table.organisation == organisation, _is_before(table.day, start), before)
    return year - before


def _is_before(day: Any, start: str) -> Any:
    month, first = (int(x) for x in start.split("-"))
    if (month, first) == (1, 1):
        return ibis.literal(0, "int64")
    early = day.month() < month
    if first > 1:
        early = early | ((day.month() == month) & (day.day() < first))
    return ibis.ifelse(early, ibis.literal(1, "int64"), ibis.literal(0, "int64"))


def condition(source: Source, table: Any, side: Side) -> Any:
    """Whether a row meets every condition of a side. A row whose column is empty meets none but `known = false`."""
    columns = source.folder.tables[side.table].columns
    made = []
    for name, operator, value in side.where:
        column = table[name]
        values = value if isinstance(value, tuple) else (value,)
        if operator == "known":
            made.append(column.notnull() if value else column.isnull())
            continue
        literals = [_literal(source, side.table, columns[name].type, v) for v in values]
        if operator == "is":
            made.append(column == literals[0])
        elif operator == "not":
            made.append(column != literals[0])
        elif operator == "at-least":
            made.append(column >= literals[0])
        elif operator == "at-most":
            made.append(column <= literals[0])
        else:
            made.append(column.isin(literals))
    return ibis.and_(*made) if made else ibis.literal(True)


def _literal(source: Source, table: str, kind: str, value: Any) -> Any:
    """A value as the column's type; decimals on an engine without them as whole ten-thousandths."""
    if kind == "decimal":
        exact = Decimal(str(value))
        return (
            int(exact.scaleb(source.scale(table)))
            if source.scaled
            else ibis.literal(exact, f"decimal({source.width(table)},{source.scale(table)})")
        )
    if kind == "date":
        return ibis.literal(str(value), "date")
    return value


def labelled(table: Any, name: str, kind: str) -> Any:
    """A column as the label of a group; an empty one is “unknown”, so that groups add up to the total."""
    column = table[name]
    if kind == "bool":
        return ibis.cases((column == True, "true"), (column == False, "false"), else_="unknown")  # noqa: E712
    if kind == "int":
        return column.cast("string").fill_null("unknown")
    return ibis.ifelse(column.isnull() | (column == ""), "unknown", column)


def group_labels(source: Source, table: Any, name: str, dimensions: tuple[str, ...]) -> Any:
    """The table with one column `by_N` for each dimension."""
    columns = source.folder.tables[name].columns
    return table.mutate(**{f"by_{n}": labelled(table, d, columns[d].type) for n, d in enumerate(dimensions)}) if dimensions else table


def simple(source: Source, name: str, kind: str, dimensions: tuple[str, ...], sides: list[Side]) -> Any:
    """One pass over a table for all its counts and sums.

    Columns: the keys, `by_N`, `there` (rows of the table), and for each side `mN` (its measure) and `rN` (rows that meet its
    conditions).
    """
    table = group_labels(source, placed(source, name, kind), name, dimensions)
    wanted: dict[str, Any] = {"there": table.count()}
    for n, side in enumerate(sides):
        met = condition(source, table, side) if side.where else None
        wanted[f"r{n}"] = table.count() if met is None else table.count(where=met)
        if side.measure == "sum":
            wanted[f"m{n}"] = table[side.column].sum(where=met)
    return table.group_by(group_keys(dimensions)).aggregate(**wanted)


def distinct(source: Source, name: str, kind: str, dimensions: tuple[str, ...], sides: list[Side]) -> Any:
    """Distinct counts of one column: first one row for each value, then how many of them each side has. Columns as `simple`.

    Two steps of plain grouping are faster than COUNT(DISTINCT) where there are many values.
    """
    table = group_labels(source, placed(source, name, kind), name, dimensions)
    column, keys = sides[0].column, group_keys(dimensions)
    met = [condition(source, table, side) for side in sides]
    values = table.group_by([*keys, column]).aggregate(**{f"n{n}": table.count(where=one) for n, one in enumerate(met)})
    known = values[column].notnull()
    counted = {f"m{n}": values.count(where=known & (values[f"n{n}"] > 0)) for n in range(len(sides))}
    return values.group_by(keys).aggregate(**counted, **{f"r{n}": values[f"n{n}"].sum(where=known) for n in range(len(sides))})


def group_keys(dimensions: tuple[str, ...]) -> list[str]:
    return [*KEYS, *(f"by_{n}" for n in range(len(dimensions)))]


def special(source: Source, side: Side, kind: str, dimensions: tuple[str, ...]) -> Any:
    """The expression of one measure that needs more than a pass: columns as `simple` with `m0` and `r0`."""
    keys = group_keys(dimensions)
    if side.measure in LOOKS_BACK:
        return _counted_back(source, side, kind, dimensions)
    marked = behind(source, side, kind, dimensions)
    if side.measure == "median":
        return _median(marked, side, keys)
    if side.measure == "top10":
        return marked.group_by(keys).aggregate(m0=marked.count(), r0=marked.count())
    return marked.group_by(keys).aggregate(m0=marked[side.by].sum(), r0=marked.count())


def _counted_back(source: Source, side: Side, kind: str, dimensions: tuple[str, ...]) -> Any:
    """How many values were there before, and their rows: first one row for each value and period, then these are joined."""
    table = group_labels(source, placed(source, side.table, kind), side.table, dimensions)
    rows = table.filter(condition(source, table, side)) if side.where else table
    keys = [*group_keys(dimensions), side.column]
    rows = rows.filter(rows[side.column].notnull())
    values = rows.group_by(keys).aggregate(n_=rows.count())
    found = values.mutate(period_=values.period_ + 1) if side.measure == "former" else values
    for step in range(1, LOOKS_BACK[side.measure] + 1 if side.measure != "former" else 1):
        found = _of(found, values.mutate(period_=values.period_ + step), keys)
    return found.group_by(group_keys(dimensions)).aggregate(m0=found.count(), r0=found.n_.sum())


def behind(source: Source, side: Side, kind: str, dimensions: tuple[str, ...] = ()) -> Any:
    """The rows that make a measure: those that meet the conditions and, where it looks further, belong to the chosen values."""
    table = group_labels(source, placed(source, side.table, kind), side.table, dimensions)
    rows = table.filter(condition(source, table, side)) if side.where else table
    groups = [f"by_{n}" for n in range(len(dimensions))]
    if side.measure == "distinct":
        return rows.filter(rows[side.column].notnull())
    if side.measure in LOOKS_BACK:
        return _looking_back(rows, side, groups)
    if side.measure in ("top10", "tenth"):
        return _largest(rows, side, groups)
    return rows


def _looking_back(rows: Any, side: Side, groups: list[str]) -> Any:
    """Rows of values that were there before. `former` carries the rows of the period before into this one."""
    keys = ["organisation", *groups, side.column]
    rows = rows.filter(rows[side.column].notnull())
    values = rows.select(*keys, "period_").distinct()
    if side.measure == "former":
        return rows.mutate(period_=rows.period_ + 1)
    for step in range(1, LOOKS_BACK[side.measure] + 1):
        earlier = values.mutate(period_=values.period_ + step)
        rows = _of(rows, earlier, [*keys, "period_"])
    return rows


def _largest(rows: Any, side: Side, groups: list[str]) -> Any:
    """Rows of the ten values with most rows, or of the tenth (rounded up) of values with the largest sum; ties by the value."""
    keys = [*KEYS, *groups]
    rows = rows.filter(rows[side.column].notnull())
    by = rows.group_by([*keys, side.column])
    sizes = by.aggregate(size=rows[side.by].sum().fill_null(0)) if side.by else by.aggregate(size=rows.count())
    ranked = sizes.mutate(
        rank_=ibis.row_number().over(ibis.window(group_by=keys, order_by=[ibis.desc(sizes["size"]), sizes[side.column]])),
        all_=sizes.count().over(ibis.window(group_by=keys)),
    )
    limit = 10 if side.measure == "top10" else (ranked.all_ + 9) // 10
    chosen = ranked.filter(ranked.rank_ < limit).select(*keys, side.column)
    return _of(rows, chosen, [*keys, side.column])


def _of(rows: Any, values: Any, keys: list[str]) -> Any:
    """The rows whose keys stand in `values`, each of which stands there once (not every engine has a semi-join)."""
    return rows.inner_join(values.select(*keys), keys).select(*rows.columns)


def _median(rows: Any, side: Side, keys: list[str]) -> Any:
    """The survival median: a row without the value still waits, so it stands behind all others.

    `lo` and `hi` are the two middle values (equal for an odd number); `hi` is null where the middle still waits.
    Source: Kaplan and Meier (1958), for censoring at one common day.
    """
    window = ibis.window(group_by=keys, order_by=[ibis.ifelse(rows[side.column].isnull(), 1, 0), rows[side.column]])
    ranked = rows.mutate(rank_=ibis.row_number().over(window), all_=rows.count().over(ibis.window(group_by=keys)))
    middle = ranked.filter((ranked.rank_ == (ranked.all_ - 1) // 2) | (ranked.rank_ == ranked.all_ // 2))
    return middle.group_by(keys).aggregate(
        lo=middle[side.column].min(),
        hi=middle[side.column].max(),
        known=middle[side.column].count(),
        middle=middle.count(),
        r0=middle.all_.max(),
    )


def histogram(source: Source, side: Side, kind: str, dimensions: tuple[str, ...], bins: tuple[Decimal, ...]) -> Any:
    """Rows in each bin of a median (`bin` is its number; the last is open), waiting rows as bin -1."""
    rows = behind(source, side, kind, dimensions)
    column = rows[side.column]
    cases = [
        (column.isnull(), -1),
        *(
            (column <= _literal(source, side.table, source.folder.tables[side.table].columns[side.column].type, edge), n)
            for n, edge in enumerate(bins)
        ),
    ]
    rows = rows.mutate(bin=ibis.cases(*cases, else_=len(bins)))
    return rows.group_by([*group_keys(dimensions), "bin"]).aggregate(n=rows.count())
