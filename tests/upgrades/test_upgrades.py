"""Every released version is upgraded: its dump is migrated, and the thread and the journal are whole afterwards."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.database import address_on_this_server

VERSIONS = sorted(p for p in Path(__file__).parent.iterdir() if p.is_dir() and (p / "sqlite.gz").exists())


#: the three commands one after the other in one process, which starts once
COMMANDS = """
import django
django.setup()
from django.core.management import call_command
from tertia.cli import main
call_command("migrate", verbosity=0)
raise SystemExit(main(["thread", "resolution/2019-third-mission"]) or main(["journal", "verify"]))
"""


def upgraded(address, home):
    environment = {**os.environ, "TERTIA_DATABASE": address, "TERTIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tertia.settings"}
    done = subprocess.run([sys.executable, "-c", COMMANDS], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_there_is_a_dump_of_every_closed_version():
    changelog = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    closed = {line.split()[1] for line in changelog.splitlines() if line.startswith("## 0.")}
    assert closed == {v.name for v in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS, ids=lambda v: v.name)
def test_a_dump_of_the_version_is_upgraded(version, tmp_path, db):
    if connection.vendor == "sqlite":
        (tmp_path / "old.sqlite3").write_bytes(gzip.decompress((version / "sqlite.gz").read_bytes()))
        address = f"sqlite:///{tmp_path}/old.sqlite3"
    else:
        host, name = connection.settings_dict["HOST"], f"upgrade_{version.name.replace('.', '_')}"
        base = ["psql", "-q", "-h", host, "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
        subprocess.run([*base, "-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {name}", "-c", f"CREATE DATABASE {name}"], check=True)
        subprocess.run(
            [*base, "-d", name], input=gzip.decompress((version / "postgres.sql.gz").read_bytes()), check=True, stdout=subprocess.DEVNULL
        )
        address = address_on_this_server(name)
    told = upgraded(address, tmp_path / "home")
    assert "Recommendation 9" in told and "signed by the host" in told and "The journal is whole." in told


@pytest.mark.long
@pytest.mark.once
def test_the_quick_way_of_migrating_gives_the_same_schema_as_the_librarys_own(tmp_path):
    """`web/management/commands/migrate.py` renders fewer models; the tables, indexes, constraints and triggers are the same to the letter."""
    import sqlite3

    found = []
    for name, code in (
        ("quick", "call_command('migrate', verbosity=0)"),
        ("whole", "from django.core.management.commands.migrate import Command; call_command(Command(), verbosity=0)"),
    ):
        home = tmp_path / name
        home.mkdir()
        environment = {
            **os.environ,
            "TERTIA_DATABASE": f"sqlite:///{home}/made.sqlite3",
            "TERTIA_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "tertia.settings",
        }
        start = "import django; django.setup(); from django.core.management import call_command; "
        subprocess.run([sys.executable, "-c", start + code], env=environment, check=True)
        with sqlite3.connect(home / "made.sqlite3") as made:
            found.append(sorted(map(str, made.execute("SELECT type, name, sql FROM sqlite_master"))))
    assert found[0] == found[1] and len(found[0]) > 900
