"""The annual report of a year with 50,000 activities: seconds and memory of gathering an edition, its page, PDF and DOCX, on both databases; and of a tenth of that, to see how it grows.

The year is one activity, need, story and measure written by actions, then copied inside the database: activities carry out 40 measures that
answer 9 recommendations; a need for ten activities, a story for fifty. There is no peer: no other program that we know of writes such a
report from records; beside it stands the bare counting of the same rows by SQL. `./run bench report`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES, MEASURES, TODAY = (5_000, 50_000), 40, dt.date(2026, 11, 24)


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside(int(argv[argv.index("--inside") + 1]))
        return
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
            for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
                home = Path(folder) / name
                home.mkdir()
                environment = {
                    **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                    "TERTIA_TODAY": TODAY.isoformat(), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                    "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
                }  # fmt: skip
                subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
                print(f"{name}, {size:,} activities: ", end="", flush=True)
                subprocess.run(
                    [sys.executable, "benchmarks/run.py", "report", "--inside", str(size)], env=environment, check=True, cwd=ROOT
                )


def _copied(cursor: Any, table: str, key: str, template: int, first: int, count: int, more: dict[str, str]) -> None:
    """Copies of one row under the numbers `first` and on; `more` are columns with what stands in them instead, in SQL with `n` as the count."""
    from django.db import connection

    names = [c.name for c in connection.introspection.get_table_description(cursor, table) if c.name != key]
    shown = ", ".join(more.get(name, f't."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f'INSERT INTO {table} ("{key}", {quoted}) WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1}) '
        f'SELECT {first} + n, {shown} FROM {table} AS t, s WHERE t."{key}" = {template}'
    )


def _year(size: int) -> Any:
    """A world with its year."""
    from django.db import connection, transaction
    from tests.cast import make_activity, make_measure, make_need, make_resolution, make_world
    from tests.tell.test_stories import make_story, out

    from tertia.measure.indicators.actions import choose_indicator

    world = make_world()
    resolution = make_resolution(world, 9)
    items = list(resolution.recommendations.all())
    measures = [make_measure(world, items[n % 9], f"Measure {n}") for n in range(MEASURES)]
    for one in ("volunteer-hours-total", "activities-told-share"):
        choose_indicator(by=world.office, owner=world.university, catalogue_id=one)
    activity, need, story = make_activity(world, measures[0]), make_need(world), make_story(world)
    out(world, story)
    first = 1_000_000
    slug = {"slug": "'copy' || (n + 0)"}
    with transaction.atomic(), connection.cursor() as cursor:
        _copied(cursor, "records_record", "id", activity.pk, first, size, slug)
        _copied(cursor, "activities_activity", "record_ptr_id", activity.pk, first, size, {})
        ids = ", ".join(str(m.pk) for m in measures)
        cursor.execute(f"SELECT id FROM records_record WHERE id IN ({ids}) ORDER BY id")
        lowest = int(cursor.fetchone()[0])
        assert [m.pk for m in measures] == list(range(lowest, lowest + MEASURES))
        link = activity.links_up.get().pk
        _copied(cursor, "records_link", "id", link, first, size, {"lower_id": f"{first} + n", "upper_id": f"{lowest} + n % {MEASURES}"})
        _copied(cursor, "records_record", "id", need.pk, 2 * first, size // 10, slug)
        _copied(cursor, "needs_need", "record_ptr_id", need.pk, 2 * first, size // 10, {})
        _copied(cursor, "records_record", "id", story.pk, 3 * first, size // 50, slug)
        _copied(cursor, "stories_story", "record_ptr_id", story.pk, 3 * first, size // 50, {})
    return world


def _inside(size: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tertia.core.periods.years import period
    from tertia.tell.reports.actions import write_edition
    from tertia.tell.reports.print import edition_docx, edition_pdf

    world = _year(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    edition = write_edition(by=world.office, owner=world.university, period=period("2026-27"), on=TODAY)
    gathered = time.perf_counter() - began
    times = []
    for made in (
        lambda: Client().get(f"/ru/reports/{edition.slug}/"),
        lambda: edition_pdf(edition, "kk"),
        lambda: edition_docx(edition, "ru"),
    ):
        began = time.perf_counter()
        made()
        times.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert edition.content["cycle"]["activity"] == size + 1, edition.content["cycle"]
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, state, COUNT(*) FROM records_record WHERE starts_on >= '2026-09-01' GROUP BY kind, state")
        cursor.fetchall()
        cursor.execute("SELECT upper_id, COUNT(*) FROM records_link GROUP BY upper_id")
        cursor.fetchall()
    bare = time.perf_counter() - began
    kept = len(json.dumps(edition.content)) / 1024
    print(
        f"edition {gathered:.2f} s, page {times[0]:.2f} s, PDF {times[1]:.2f} s, DOCX {times[2]:.2f} s; {(peak - before) / 1024:.0f} MiB more than the "
        f"{before / 1024:.0f} MiB of the site; content {kept:.0f} kB; bare counting by SQL {bare:.3f} s"
    )
