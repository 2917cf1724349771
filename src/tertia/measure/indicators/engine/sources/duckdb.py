"""DuckDB: the embedded engine. The files are scanned where they lie."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import duckdb
import ibis

from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.sources.base import Source

__all__ = ["DuckDB"]

#: opening hundreds of files costs more than reading what little is in them, and each breakdown would open them again
FEW_FILES, SMALL = 20, 50_000_000
_SQL = {"int": "BIGINT", "text": "VARCHAR", "bool": "BOOLEAN", "date": "DATE"}


class DuckDB(Source):
    name = "duckdb"

    def __init__(self, folder: Folder, *, memory: str = "3GB") -> None:
        super().__init__(folder)
        self._spill = tempfile.TemporaryDirectory(prefix="tertia-duckdb-")
        self.connection: Any = ibis.duckdb.connect()
        self.connection.raw_sql(
            f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false; SET temp_directory = {_quoted(self._spill.name)}"
        )

    def close(self) -> None:
        self.connection.disconnect()
        self._spill.cleanup()

    def lay(self, name: str) -> None:
        """The declared columns: a view over the files, a copy where they are small and many, an empty table where there are none."""
        files = [file for _, file in self.files(name)]
        kinds = {
            c.name: _SQL.get(c.type, f"DECIMAL({self.width(name)},{self.scale(name)})") for c in self.folder.tables[name].columns.values()
        }
        if not files:
            columns = ", ".join(f'"{c}" {k}' for c, k in {**kinds, "organisation": "VARCHAR", "year": "VARCHAR"}.items())
            self.connection.raw_sql(f'CREATE TABLE "fact_{name}" ({columns})')
            return
        scan = f"read_parquet([{', '.join(_quoted(f) for f in files)}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
        wanted = {**kinds, "organisation": "VARCHAR", "year": "VARCHAR"}
        kind = "TABLE" if len(files) > FEW_FILES and sum(os.path.getsize(f) for f in files) < SMALL else "VIEW"
        make = f'CREATE {kind} "fact_{name}" AS SELECT {{}} FROM {scan}'
        try:
            self.connection.raw_sql(make.format(", ".join(f"CAST({_named(c)} AS {k}) AS {_named(c)}" for c, k in wanted.items())))
        except duckdb.BinderException:  # a declared column that no file has: an older version of the table
            there = {row[0] for row in self.connection.raw_sql(f"DESCRIBE SELECT * FROM {scan}").fetchall()}
            chosen = (f"CAST({_named(c) if c in there else 'NULL'} AS {k}) AS {_named(c)}" for c, k in wanted.items())
            self.connection.raw_sql(make.format(", ".join(chosen)))


def _named(column: str) -> str:
    return f'"{column}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
