"""DuckDB: the embedded engine. The files are scanned where they lie."""

from __future__ import annotations

from typing import Any

import ibis

from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.sources.base import Source

__all__ = ["DuckDB"]

_SQL = {"int": "BIGINT", "text": "VARCHAR", "bool": "BOOLEAN", "date": "DATE"}


class DuckDB(Source):
    name = "duckdb"

    def __init__(self, folder: Folder, *, memory: str = "3GB") -> None:
        super().__init__(folder)
        self.connection: Any = ibis.duckdb.connect()
        self.connection.raw_sql(f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false")

    def close(self) -> None:
        self.connection.disconnect()

    def lay(self, name: str) -> None:
        """A view over the files with the declared columns; where there are none, an empty table."""
        files = [file for _, file in self.files(name)]
        kinds = {c.name: _SQL.get(c.type, f"DECIMAL(18,{self.scale(name)})") for c in self.folder.tables[name].columns.values()}
        if not files:
            columns = ", ".join(f'"{c}" {k}' for c, k in {**kinds, "organisation": "VARCHAR", "year": "VARCHAR"}.items())
            self.connection.raw_sql(f'CREATE TABLE "fact_{name}" ({columns})')
            return
        scan = f"read_parquet([{', '.join(_quoted(f) for f in files)}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
        there = {row[0]: row[1] for row in self.connection.raw_sql(f"DESCRIBE SELECT * FROM {scan}").fetchall()}
        chosen = []
        for column, kind in {**kinds, "organisation": "VARCHAR", "year": "VARCHAR"}.items():
            if column not in there:
                chosen.append(f'CAST(NULL AS {kind}) AS "{column}"')
            else:
                chosen.append(f'"{column}"' if there[column] == kind else f'CAST("{column}" AS {kind}) AS "{column}"')
        self.connection.raw_sql(f'CREATE VIEW "fact_{name}" AS SELECT {", ".join(chosen)} FROM {scan}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
