"""The database as one file, taken while others write, and put back. SQLite by `VACUUM INTO`, PostgreSQL by its own pg_dump and pg_restore."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection, transaction

__all__ = ["DatabaseTrouble", "counts", "dump", "is_empty", "load", "tool"]


class DatabaseTrouble(RuntimeError):
    """The database's own program is missing or refused; the words are for the administrator."""


def tool(name: str) -> str:
    """The newest `pg_dump` (or another program of PostgreSQL) of this machine. Raises DatabaseTrouble."""
    there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(re.sub(r"\D", "", p.parts[-3]) or 0))
    found = str(there[-1]) if there else shutil.which(name)
    if not found:
        raise DatabaseTrouble(f"{name} is not on this machine; on Debian: apt-get install postgresql-client")
    return found


def _tables(cursor: Any) -> list[str]:
    return sorted(connection.introspection.table_names(cursor))


def counts() -> dict[str, int]:
    """The rows of each table."""
    with connection.cursor() as cursor:
        return _counted(cursor, _tables(cursor))


def _counted(cursor: Any, tables: list[str]) -> dict[str, int]:
    found = {}
    for table in tables:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
        found[table] = int(cursor.fetchone()[0])
    return found


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not _tables(cursor)


def dump(out: Path) -> dict[str, int]:
    """Write the database as it is at one moment, and return the rows of each table at that moment."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(out)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run([tool("pg_dump"), "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={out}", *_where()])
        return _counted(cursor, _tables(cursor))


def _dump_sqlite(out: Path) -> dict[str, int]:
    out.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(out)])
    copy = sqlite3.connect(out)
    try:
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        known = set(connection.introspection.table_names())
        return {name: int(copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]) for name in names if name in known}
    finally:
        copy.close()


def load(file: Path) -> None:
    """Put a dump into the empty database of the settings. All or nothing."""
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(file, str(connection.settings_dict["NAME"]))
        return
    _run([tool("pg_restore"), "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", *_where(), str(file)])


def _where() -> list[str]:
    """Where the database is, without the password, which goes by the environment."""
    given = connection.settings_dict
    pairs = [("--host", given["HOST"]), ("--port", given["PORT"]), ("--username", given["USER"]), ("--dbname", given["NAME"])]
    return [f"{name}={value}" for name, value in pairs if value]


def _run(command: list[str]) -> None:
    given = connection.settings_dict.get("PASSWORD")
    environment = {**os.environ, **({"PGPASSWORD": str(given)} if given else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise DatabaseTrouble(f"{Path(command[0]).name}: {said[-1]}")
