"""Exporting facts: rows a second beside a bare SELECT (SQLite) or COPY (PostgreSQL) of the same rows.

`./run bench export [ROWS]`: a million participations by default, on both databases.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STUDENTS = 20_000


def main(argv: list[str]) -> None:
    if argv[:1] == ["--inside"]:
        measure(int(argv[1]))
        return
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    rows = int(next((a for a in argv if a.isdigit()), "1000000"))
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        for name, database in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
            home = Path(folder) / name
            home.mkdir()
            environment = {
                **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tertia.settings",
                "TERTIA_TODAY": "2026-11-24", "TERTIA_DEMONSTRATION": "yes", "PYTHONPATH": f"src{os.pathsep}.",
            }  # fmt: skip
            print(name)
            subprocess.run(
                [sys.executable, "-c", f"from benchmarks.bench_export import main; main(['--inside', '{rows}'])"],
                env=environment,
                check=True,
            )


def measure(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from tests.cast import SYSTEM, make_activity, make_world

    from tertia.act.activities.actions import claim_hours
    from tertia.core.parties.setup import load_basics
    from tertia.measure.facts.export import export_facts

    call_command("migrate", verbosity=0)
    load_basics(SYSTEM)
    world = make_world()
    with transaction.atomic():
        sheets = [
            claim_hours(by=world.office, activity=make_activity(world, words=f"Activity {i}"), rows=[]).pk for i in range(rows // STUDENTS)
        ]
    fill(connection, world, sheets)
    took = {
        name: best(work) for name, work in (("bare", lambda: bare(connection)), ("bare, turned into Python", lambda: fetched(connection)))
    }
    out = Path(os.environ["TERTIA_HOME"]) / "facts"
    count = 0

    def export() -> None:
        nonlocal count
        count = export_facts(out, organisations=[world.university], tables=["participation"], everything=True).rows["participation"]

    took["export"] = best(export)
    for name, seconds in took.items():
        print(f"  {name:<26}{seconds:>7.2f} s{count / seconds:>12,.0f} rows a second   {seconds / took['bare']:>5.2f} × bare")


def fill(connection: object, world: object, sheets: list[int]) -> None:
    """Students, and a participation of each in each activity, straight into the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM parties_person LIMIT 1")
        names = [c[0] for c in cursor.description if c[0] != "id"]
        listed = ", ".join(f'"{n}"' for n in names)
        chosen = ", ".join({"key": "'S' || n", "account_id": "NULL"}.get(n, f'p."{n}"') for n in names)
        cursor.execute("SELECT max(id) FROM parties_person")
        (last,) = cursor.fetchone()
        numbers = f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {STUDENTS})"
        cursor.execute(
            f"{numbers} INSERT INTO parties_person ({listed}) SELECT {chosen} FROM counted, (SELECT * FROM parties_person WHERE id = {last}) p"
        )
        for sheet in sheets:
            cursor.execute(
                "INSERT INTO activities_participation (sheet_id, person_id, unit_id, role, hours_claimed, hours_signed, disputed, note) "
                f"SELECT {sheet}, id, {world.unit.pk}, 'student', 2.25, 2.25, {'false' if connection.vendor == 'postgresql' else 0}, '' FROM parties_person WHERE id > {last}"
            )
        cursor.execute("ANALYZE")


def query() -> str:
    """The columns of the fact table from the tables in which they lie, without any turning."""
    return (
        "SELECT p.id, p.sheet_id, s.activity_id, r.starts_on, u.slug, p.person_id, p.role, p.hours_claimed, p.hours_signed, r.state, h.slug, h.kind "
        "FROM activities_participation p JOIN activities_hourssheet s ON s.record_ptr_id = p.sheet_id JOIN records_record r ON r.id = p.sheet_id "
        "JOIN activities_activity a ON a.record_ptr_id = s.activity_id LEFT JOIN parties_organisation h ON h.id = a.host_id "
        "LEFT JOIN parties_organisation u ON u.id = p.unit_id ORDER BY p.id"
    )


def bare(connection: object) -> None:
    """SQLite: the rows as tuples, thrown away. PostgreSQL: the bytes of COPY, thrown away."""
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor, cursor.copy(f"COPY ({query()}) TO STDOUT (FORMAT csv)") as copy:
            for _ in copy:
                pass
        return
    fetched(connection)


def fetched(connection: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query())
        while cursor.fetchmany(100_000):
            pass


def best(work: object) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)
