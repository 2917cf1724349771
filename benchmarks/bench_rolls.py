"""Real roll calls (0.7 million votes) into the archive of a council: totals of every call as in the file, a second import adds nothing, and the time
as a ratio to reading the file by the csv library. `./run bench rolls FOLDER`, a folder with the published CSV files (calls, votes, countries)."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside(Path(argv[0]))
        return
    if not argv:
        sys.exit("./run bench rolls FOLDER")
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
            home = Path(folder) / name
            home.mkdir()
            environment = {
                **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tertia.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            }  # fmt: skip
            subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
            subprocess.run([sys.executable, "benchmarks/run.py", "rolls", argv[0], "--inside"], env=environment, check=True, cwd=ROOT)


def _inside(folder: Path) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.db.models import F

    from tertia.cli import build_parser
    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation
    from tertia.core.parties.setup import load_basics
    from tertia.core.periods import clock
    from tertia.plan.councils.actions import found_council
    from tertia.plan.councils.bringing import bring
    from tertia.plan.councils.models import Roll, RollVoice, RollVoter

    calls, votes = (next(folder.glob(f"{name}*.csv*")) for name in ("roll_calls", "votes"))
    began = time.perf_counter()
    with gzip.open(votes, "rt", encoding="utf-8", newline="") as text:
        published: dict[str, Counter[str]] = defaultdict(Counter)
        for row in csv.DictReader(text):
            published[row["rcid"]][row["vote"]] += 1
    reading = time.perf_counter() - began
    by = Actor.system("benchmark")
    load_basics(by)
    name = Text.of("en", en="Assembly")
    owner = found_organisation(by=by, slug="uni", kind="university", name=name, hosts=True)
    council = found_council(by=by, owner=owner, title=name, form="other", on=clock.today())
    command = ["rolls", "bring", str(calls), str(votes), "--council", council.slug, "--names", str(folder / "countries.csv")]
    began = time.perf_counter()
    assert bring(build_parser().parse_args(command)) == 0, "two spellings are asked for: say --apart or --same"
    took = time.perf_counter() - began
    wrong = [
        r.code for r in Roll.objects.all() if (r.yes, r.no, r.abstained) != tuple(published[r.code][c] for c in ("yes", "no", "abstain"))
    ]
    began = time.perf_counter()
    assert bring(build_parser().parse_args(command)) == 0
    again = time.perf_counter() - began
    namibia = RollVoice.objects.filter(voter__code="NA").count()
    both = RollVoice.objects.filter(voter__code="KZ")
    common = both.filter(roll__voices__voter__code="RU").count()
    alike = both.filter(roll__voices__voter__code="RU", roll__voices__choice=F("choice")).count()
    print(
        f"{connection.vendor}: {Roll.objects.count()} calls, {RollVoice.objects.count()} voices, {RollVoter.objects.count()} voters; "
        f"totals that differ {len(wrong)}; Namibia {namibia}, Kazakhstan {both.count()}, alike with Russia in {alike} of {common}; reading {reading:.1f} s, import {took:.1f} s (ratio {took / reading:.1f}), again {again:.1f} s"
    )
