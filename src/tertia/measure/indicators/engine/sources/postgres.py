"""PostgreSQL: the rows are copied into temporary tables of a server, by default of one that is started for this run.

`TERTIA_ENGINE_POSTGRES` names another server (`postgresql://user@host/database`); nothing is left behind on it.
"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import ibis
import pyarrow as pa
import pyarrow.csv

from tertia.measure.indicators.engine.folder import FactsError, Folder
from tertia.measure.indicators.engine.sources.base import Source
from tertia.measure.indicators.engine.sources.postgres_server import NoServer, postgres_server

__all__ = ["Postgres"]

_SQL = {"int": "bigint", "text": "text", "bool": "boolean", "date": "date"}


class Postgres(Source):
    name = "postgres"

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        self._open = ExitStack()
        address = os.environ.get("TERTIA_ENGINE_POSTGRES", "")
        if not address:
            home = self._open.enter_context(tempfile.TemporaryDirectory(prefix="tertia-postgres-"))
            try:
                address = self._open.enter_context(postgres_server(Path(home) / "server"))
            except NoServer as error:
                self._open.close()
                raise FactsError(str(error)) from error
        self.connection: Any = ibis.postgres.connect(**_parts(address))

    def close(self) -> None:
        self.connection.disconnect()
        self._open.close()

    def lay(self, name: str) -> None:
        columns = self.folder.tables[name].columns.values()
        named = ", ".join(f'"{c.name}" {_SQL.get(c.type, f"numeric({self.width(name)},{self.scale(name)})")}' for c in columns)
        with self.connection.con.cursor() as cursor:
            cursor.execute(f'CREATE TEMPORARY TABLE "fact_{name}" ({named}, organisation text, year text)')
            with cursor.copy(f'COPY "fact_{name}" FROM STDIN (FORMAT csv)') as copy:
                for part, rows in self.batches(name):
                    texts = [c.cast(pa.string()) if pa.types.is_decimal(c.type) else c for c in rows.columns]
                    for word in (part.organisation, part.year):
                        texts.append(pa.chunked_array([pa.repeat(pa.scalar(word), rows.num_rows)]))
                    buffer = io.BytesIO()
                    table = pa.table(texts, names=[*rows.column_names, "organisation", "year"])
                    pyarrow.csv.write_csv(table, buffer, pyarrow.csv.WriteOptions(include_header=False))
                    copy.write(buffer.getvalue())
            cursor.execute(f'ANALYZE "fact_{name}"')
        self.connection.con.commit()


def _parts(address: str) -> dict[str, Any]:
    split = urlsplit(address)
    query = parse_qs(split.query)
    found = {
        "host": split.hostname or (query.get("host") or [""])[0], "port": split.port or 5432, "user": unquote(split.username or ""),
        "password": unquote(split.password or "") or None, "database": split.path.lstrip("/"),
    }  # fmt: skip
    return {k: v for k, v in found.items() if v}
