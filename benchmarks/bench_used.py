"""The ten most used pages at 100, 10,000 and 1,000,000 records on PostgreSQL: p50, p95, queries, beside a bare view of the same rows.

A third are needs with an owed answer (half of them silent), a third measures, a third activities, each tied to the one before; written by
actions once and copied inside the database, their days spread over three years (a hundred over a month, so that pages are as full) and their
hours over ten. No page is kept; counts of more than 2,000 rows are, for ten minutes, as in every installation. The bare view counts the public needs
and lists fifty of them with Django alone: no rights, no languages, no page around it. `./run bench used [RECORDS …]`, `--sqlite` for SQLite.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.counting import counting, p95

ROOT = Path(__file__).resolve().parents[1]
SIZES = (100, 10_000, 1_000_000)
TURNS = 21


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside(int(argv[argv.index("--inside") + 1]))
        return
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    for size in [int(a) for a in argv if a.isdecimal()] or SIZES:
        with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
            environment = {
                **os.environ, "TERTIA_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                "TERTIA_TODAY": "2026-11-24", "TERTIA_DEMONSTRATION": "yes", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                "TERTIA_DATABASE": f"sqlite:///{folder}/bench.sqlite3" if "--sqlite" in argv else address,
                "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            }  # fmt: skip
            Path(folder, "home").mkdir()
            subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
            subprocess.run([sys.executable, "benchmarks/run.py", "used", "--inside", str(size)], env=environment, check=True, cwd=ROOT)


def _inside(size: int) -> None:
    import django

    django.setup()
    world, places = _filled(size)
    from django.test import Client

    reader, office = Client(), Client()
    office.force_login(world.people["office"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(f"{size:,} records")
    for name, path, client in places(reader, office):
        first = client.get(path)
        assert first.status_code == 200, (path, first.status_code)
        with counting() as queries:
            client.get(path)
        _tell(name, [_timed(client.get, path) for _ in range(TURNS)], f"{len(queries)} queries")
    _tell("(bare view)", [_timed(_bare) for _ in range(TURNS)], "2 queries")
    if os.environ.get("BENCH_SLOW"):
        _slowest(places(reader, office))


def _timed(ask: Any, *arguments: str) -> float:
    began = time.perf_counter()
    ask(*arguments)
    return (time.perf_counter() - began) * 1000


def _tell(name: str, values: list[float], more: str) -> None:
    print(f"  {name:<24} p50 {statistics.median(values):8.1f} ms   p95 {p95(values):8.1f} ms   {more}", flush=True)


def _bare() -> None:
    from django.template import engines

    from tertia.listen.needs.models import Need

    rows = Need.objects.filter(visibility="public", state__in=("asked", "answered"))
    page = "{{ count }}{% for row in rows %}<li>{{ row.slug }} {{ row.raised_on }}</li>{% endfor %}"
    engines["django"].from_string(page).render({"count": rows.count(), "rows": rows.order_by("-raised_on", "-pk")[:50]})


def _slowest(places: Any) -> None:
    """Where the time goes, for whoever mends it: BENCH_SLOW=yes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, path, client in places:
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        for query in sorted(seen.captured_queries, key=lambda q: -float(q["time"]))[:4]:
            print(f"    {name} {query['time']} s {query['sql'][:1800]}")


def _filled(size: int) -> tuple[Any, Any]:
    from django.db import connection, transaction
    from tests.cast import SYSTEM, TODAY, make_activity, make_measure, make_need, make_sheet, make_world

    from benchmarks.bench_report import _copied
    from tertia.core.parties.setup import load_basics
    from tertia.core.records.models import Link, OwedAnswer
    from tertia.core.search.index import index_records
    from tertia.listen.needs.actions import ask_for_answer

    load_basics(SYSTEM)
    world = make_world()
    need = make_need(world)
    ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    measure = make_measure(world, need)
    activity = make_activity(world, measure)
    make_sheet(world, activity)
    owed, served, carried = (
        OwedAnswer.objects.get(),
        Link.objects.get(upper=need, lower=measure),
        Link.objects.get(upper=measure, lower=activity),
    )
    each, firsts = size // 3, (1_000_000, 3_000_000, 5_000_000)
    lite, days = connection.vendor == "sqlite", min(1000, each)
    later = f"(n / {days} % 20) * 30"

    def days_before(column: str) -> str:
        return f"date(t.{column}, '-' || (n % {days}) || ' days')" if lite else f"t.{column} - (n % {days})::int"

    def moments(column: str) -> str:
        if lite:
            return f"datetime(t.{column}, '-' || (n % {days}) || ' days', '+' || {later} || ' minutes')"
        return f"t.{column} - (n % {days}) * interval '1 day' + {later} * interval '1 minute'"

    with transaction.atomic(), connection.cursor() as cursor:
        for row, first, table in zip(
            (need, measure, activity), firsts, ("needs_need", "strategy_measure", "activities_activity"), strict=True
        ):
            more = {
                "slug": f"'copy-{table[0]}-' || n",
                "number": "n || ''",
                "starts_on": days_before("starts_on"),
                "ends_on": days_before("ends_on"),
            }
            _copied(cursor, "records_record", "id", row.pk, first, each, more)
            _copied(
                cursor,
                table,
                "record_ptr_id",
                row.pk,
                first,
                each,
                {"raised_on": days_before("raised_on"), "starts_at": moments("starts_at"), "ends_at": moments("ends_at")},
            )
            _copied(cursor, "search_searchentry", "record_id", row.pk, first, each, {"title": "t.title || ' ' || n"})
        told = {
            "answered_on": f"CASE WHEN n % 2 = 0 THEN {days_before('due_on')} END",
            "state": "CASE WHEN n % 2 = 0 THEN 'done' ELSE t.state END",
        }
        silent = {"record_id": f"{firsts[0]} + n", "due_on": days_before("due_on"), "sent_on": days_before("sent_on"), **told}
        _copied(cursor, "records_owedanswer", "id", owed.pk, 1_000_000, each, silent)
        for link, start, upper, lower in ((served, 10_000_000, firsts[0], firsts[1]), (carried, 20_000_000, firsts[1], firsts[2])):
            _copied(cursor, "records_link", "id", link.pk, start, each, {"upper_id": f"{upper} + n", "lower_id": f"{lower} + n"})
    index_records(type(need)._base_manager.filter(pk=need.pk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def places(reader: Any, office: Any) -> list[tuple[str, str, Any]]:
        return [
            ("front page", "/en/", reader), ("needs", "/en/needs/", reader), ("a need", need.get_absolute_url(), reader),
            ("measures", "/en/measures/", reader), ("activities of the past", "/en/activities/?past", reader), ("an activity", activity.get_absolute_url(), reader),
            ("calendar", "/en/calendar/", reader), ("who is silent", "/en/answers/", reader), ("search", "/en/search/?q=cleanup+77", reader), ("Today, office", "/en/today/", office),
        ]  # fmt: skip

    return world, places
