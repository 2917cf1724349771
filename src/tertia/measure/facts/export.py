"""Facts out of the database into Parquet: `TABLE/organisation=X/year=Y/part.parquet`, with `schema.json` beside them.

`year` is the academic year of the row's day (`2025-26`). The export reads one consistent snapshot, writes every file
whole under another name before it takes the old one's place, and removes partitions that no longer have rows.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection, transaction

from tertia.core.facts.declare import FACTS, FactTable
from tertia.core.parties.models import Organisation
from tertia.core.periods.years import academic_year

__all__ = ["arrow_schema", "export_facts", "schema_body", "write_schema"]

_ARROW = {"int": pa.int64(), "text": pa.string(), "bool": pa.bool_(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}
BATCH = 50_000


def arrow_schema(table: FactTable) -> pa.Schema:
    return pa.schema([pa.field(c.name, _ARROW[c.type]) for c in table.columns])


@contextmanager
def _snapshot() -> Any:
    """One view of the database for all tables: repeatable read on PostgreSQL; SQLite's transaction is one already."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def export_facts(
    out: Path,
    *,
    organisations: list[Organisation] | None = None,
    tables: list[str] | None = None,
    tell: Callable[[str, str, int], None] | None = None,
) -> dict[str, int]:
    """Write the fact tables (all by default) of the given organisations (all that keep records here by default). Returns rows by table."""
    out.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with _snapshot():
        chosen = organisations if organisations is not None else list(Organisation.objects.filter(hosts=True).order_by("slug"))
        for name, table in sorted(FACTS.items()):
            if tables is not None and name not in tables:
                continue
            counts[name] = 0
            for organisation in chosen:
                rows = _export_table(out, table, organisation)
                counts[name] += rows
                if tell:
                    tell(name, organisation.slug, rows)
        write_schema(out, [o.slug for o in chosen])
    return counts


def _export_table(out: Path, table: FactTable, organisation: Organisation) -> int:
    folder = out / table.name / f"organisation={organisation.slug}"
    years: dict[str, list[dict[str, Any]]] = defaultdict(list)
    writers: dict[str, pq.ParquetWriter] = {}
    schema, total = arrow_schema(table), 0

    def flush(year: str) -> None:
        if year not in writers:
            part = folder / f"year={year}"
            part.mkdir(parents=True, exist_ok=True)
            writers[year] = pq.ParquetWriter(part / "part.parquet.new", schema, compression="zstd")
        writers[year].write_table(pa.Table.from_pylist(years.pop(year), schema=schema))

    try:
        for row in table.rows(organisation):
            year = academic_year(row["day"]).label
            years[year].append(row)
            total += 1
            if len(years[year]) >= BATCH:
                flush(year)
        for year in list(years):
            flush(year)
    finally:
        for writer in writers.values():
            writer.close()
    for year in writers:
        part = folder / f"year={year}"
        os.replace(part / "part.parquet.new", part / "part.parquet")
    if folder.exists():
        for part in folder.glob("year=*"):
            if part.name.removeprefix("year=") not in writers:
                shutil.rmtree(part)
    return total


def schema_body() -> dict[str, Any]:
    """Every fact table with its version, meaning and columns."""
    return {
        "tables": {
            name: {
                "version": table.version,
                "meaning": table.meaning,
                "columns": [{"name": c.name, "type": c.type, "meaning": c.meaning} for c in table.columns],
            }
            for name, table in sorted(FACTS.items())
        }
    }


def write_schema(out: Path, organisations: list[str]) -> None:
    """`schema.json` beside the tables: what they are, and for which organisations they were exported."""
    body = {**schema_body(), "organisations": sorted(organisations)}
    temporary = out / "schema.json.new"
    temporary.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, out / "schema.json")
