"""The page of a proposal with 10,000 reasons, through Django's own handler: how long until the first byte. `./run bench proposal`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.counting import p95

ROOT = Path(__file__).resolve().parents[1]
REASONS, TIMES = 10_000, 60


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside()
        return
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
            home = Path(folder) / name
            home.mkdir()
            environment = {
                **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            }  # fmt: skip
            subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
            subprocess.run([sys.executable, "benchmarks/run.py", "proposal", "--inside"], env=environment, check=True, cwd=ROOT)


def _inside() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.db.models.query import QuerySet
    from django.test import Client

    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation
    from tertia.core.parties.setup import load_basics
    from tertia.core.periods import clock
    from tertia.listen.proposals.actions import propose
    from tertia.listen.proposals.models import Argument

    by = Actor.system("benchmark")
    load_basics(by)
    name = lambda words: Text.of("en", en=words)  # noqa: E731
    university = found_organisation(by=by, slug="uni", kind="university", name=name("The University"), hosts=True)
    made = propose(by=by, owner=university, title=name("Open the gate"), words=name("Until ten."), on=clock.today())
    QuerySet(Argument).bulk_create(
        [
            Argument(proposal=made, side="for" if n % 2 else "against", words=name(f"Reason number {n} of many"), said_on=clock.today(), weight=n % 97)
            for n in range(REASONS)
        ],
        batch_size=1000,
    )  # fmt: skip
    client, times = Client(), []
    for n in range(TIMES):
        began = time.perf_counter()
        answer = client.get(f"/en/proposals/{made.slug}/?for-page={n % 100 + 1}", HTTP_HOST="localhost")
        times.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200
    times = sorted(times[2:])
    print(
        f"{connection.vendor}: {REASONS:,} reasons, the page of 60 of them whole in p50 {statistics.median(times):.0f} ms, p95 {p95(times):.0f} ms"
    )
