"""A university exported whole and taken into an empty Tertia: 2,000, 20,000 and 200,000 records on both databases, beside Django's own dumpdata.

The records are one need with its owed answer, written by actions, then copied inside the database, each with its journal event. The peer is
Django's dumpdata of the same database (which is the whole installation: it knows no organisation). `./run bench moving`.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (2_000, 20_000, 200_000)


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
                    **os.environ,
                    "TERTIA_HOME": str(home),
                    "TERTIA_DATABASE": url,
                    "DJANGO_SETTINGS_MODULE": "tertia.settings",
                    "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                }
                subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
                print(f"{name}, {size:,} records: ", end="", flush=True)
                subprocess.run(
                    [sys.executable, "benchmarks/run.py", "moving", "--inside", str(size)], env=environment, check=True, cwd=ROOT
                )


def _inside(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from tests.cast import TODAY, make_need, make_world
    from tests.operation.emptying import empty_installation

    from benchmarks.bench_report import _copied
    from tertia.core.actions.actor import Actor
    from tertia.core.actions.models import Event
    from tertia.core.parties.setup import load_basics
    from tertia.core.records.models import OwedAnswer
    from tertia.listen.needs.actions import ask_for_answer
    from tertia.operation.moving import export, take_in

    load_basics(Actor.system("benchmark"))
    world = make_world()
    need = make_need(world)
    ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY)
    owed, event, first = OwedAnswer.objects.get(), Event.objects.filter(record=need.pk).order_by("-pk").first(), 1_000_000
    assert event is not None
    with transaction.atomic(), connection.cursor() as cursor:
        _copied(cursor, "records_record", "id", need.pk, first, size, {"slug": "'copy' || (n + 0)"})
        _copied(cursor, "needs_need", "record_ptr_id", need.pk, first, size, {})
        _copied(cursor, "records_owedanswer", "id", owed.pk, first, size, {"record_id": f"{first} + n"})
        _copied(cursor, "actions_event", "id", event.pk, first, size, {"record_id": f"{first} + n"})
    file = Path(os.environ["TERTIA_HOME"]) / "uni.tar"
    began = time.monotonic()
    counts = export(world.university, file, lambda words: None)
    out = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.monotonic()
    peer = Path(os.environ["TERTIA_HOME"]) / "peer.json"
    call_command("dumpdata", "--all", output=str(peer), verbosity=0, stdout=io.StringIO())
    dumped = time.monotonic() - began
    empty_installation()
    began = time.monotonic()
    take_in(file, lambda words: None)
    back = time.monotonic() - began
    rows = sum(counts.values())
    print(
        f"{rows:,} rows, export {out:.1f} s ({rows / out:,.0f} rows a second, peak {peak:.0f} MiB, {file.stat().st_size / 1e6:.0f} MB), import {back:.1f} s; "
        f"dumpdata {dumped:.1f} s: ratio {dumped / out:.1f}"
    )
