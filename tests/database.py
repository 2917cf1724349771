"""The database of a running test, for programs that a test starts beside itself."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connection


def address_of_database() -> str:
    """As TERTIA_DATABASE says it."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else address_on_this_server(str(name))


def address_on_this_server(name: str) -> str:
    """Of another database of the PostgreSQL that the test runs on."""
    return f"postgresql://postgres@/{name}?host={connection.settings_dict['HOST']}"


def environment(**more: str) -> dict[str, str]:
    """For a program that works on the test's own database."""
    return {**os.environ, "TERTIA_DATABASE": address_of_database(), "DJANGO_SETTINGS_MODULE": "tertia.settings", **more}


def migrated_sqlite(file: Path) -> None:
    """Lay an empty SQLite database with all tables at `file`; it is made once for all tests that begin with one."""
    shutil.copyfile(_migrated(), file)


@functools.cache
def _migrated() -> Path:
    folder = tempfile.mkdtemp(prefix="tertia-empty-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Path(folder) / "made.sqlite3"
    more = {**os.environ, "TERTIA_HOME": folder, "TERTIA_DATABASE": f"sqlite:///{made}", "DJANGO_SETTINGS_MODULE": "tertia.settings"}
    subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=more, check=True)
    with sqlite3.connect(made) as one:  # what lies beside it in the log belongs into the file that is copied
        one.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made
