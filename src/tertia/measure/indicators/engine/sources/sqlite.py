"""SQLite: the rows are laid into a file of its own. SQLite has no decimals, so they are kept as whole ten-thousandths."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.sources.base import Source

__all__ = ["SQLite"]

_SQL = {"int": "INTEGER", "text": "TEXT", "bool": "INTEGER", "date": "TEXT", "decimal": "INTEGER"}


class SQLite(Source):
    name = "sqlite"
    scaled = True

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        self._home = tempfile.TemporaryDirectory(prefix="tertia-sqlite-")
        self._file = Path(self._home.name) / "facts.sqlite3"
        sqlite3.connect(self._file).close()
        self.connection: Any = ibis.sqlite.connect(self._file)

    def close(self) -> None:
        self.connection.disconnect()
        self._home.cleanup()

    def lay(self, name: str) -> None:
        columns = self.folder.tables[name].columns.values()
        named = ", ".join(f'"{c.name}" {_SQL[c.type]}' for c in columns)
        writer = sqlite3.connect(self._file)
        with writer:
            writer.execute(f'CREATE TABLE "fact_{name}" ({named}, organisation TEXT, year TEXT)')
            marks = ", ".join("?" * (len(columns) + 2))
            for part, rows in self.batches(name):
                lists = [_plain(rows.column(c.name), c.type, self.scale(name)) for c in columns]
                count = rows.num_rows
                writer.executemany(
                    f'INSERT INTO "fact_{name}" VALUES ({marks})', zip(*lists, [part.organisation] * count, [part.year] * count)
                )
        writer.close()


def _plain(column: pa.ChunkedArray, kind: str, scale: int) -> list[Any]:
    if kind == "decimal":
        return [None if v is None else int(v.scaleb(scale)) for v in column.to_pylist()]
    if kind == "date":
        return column.cast(pa.string()).to_pylist()
    if kind == "bool":
        return column.cast(pa.int8()).to_pylist()
    return column.to_pylist()
