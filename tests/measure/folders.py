"""Folders of facts written from printed tables."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tertia.core.facts.declare import FACTS
from tertia.measure.facts.export import schema_body
from tertia.measure.facts.rows import arrow_schema

READ = {
    "int": int,
    "text": str,
    "person": str,
    "decimal": Decimal,
    "date": dt.date.fromisoformat,
    "bool": {"yes": True, "no": False}.__getitem__,
}


def write_folder(out: Path, organisations: list[str], rows: dict[str, list[tuple[str, str, dict[str, Any]]]], **schema: Any) -> Path:
    """`rows` by table: (organisation, year, columns); a column that is not given is empty."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "schema.json").write_text(json.dumps({**schema_body(), "organisations": organisations, **schema}))
    for table, lines in rows.items():
        parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for number, (organisation, year, row) in enumerate(lines):
            blank = {c.name: None for c in FACTS[table].columns} | {"record": number + 1}
            parts.setdefault((organisation, year), []).append(blank | row)
        for (organisation, year), found in parts.items():
            folder = out / table / f"organisation={organisation}" / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_pylist(found, schema=arrow_schema(FACTS[table])), folder / "part.parquet")
    return out


def typed(table: str, row: dict[str, str]) -> dict[str, Any]:
    """Cells of a printed row as values; `org` and `year` are left out."""
    kinds = {c.name: c.type for c in FACTS[table].columns}
    return {k: None if v == "" else READ[kinds[k]](v) for k, v in row.items() if k not in ("org", "year")}
