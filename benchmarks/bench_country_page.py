"""The country's page with 130 universities and 5 years: p50 and p95 of a page made anew, beside pandas that reads the same rows and adds up the regions.

`./run bench country_page`: on SQLite and PostgreSQL, through Django's own handler, no page cache; also the peers' page.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.counting import p95

UNIVERSITIES, YEARS, ASKED = 130, 5, 60


def main(argv: list[str]) -> None:
    if argv[:1] == ["--inside"]:
        measure()
        return
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        for name, database in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
            home = Path(folder) / name
            home.mkdir()
            environment = {
                **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                "TERTIA_TODAY": "2026-11-24", "TERTIA_DEMONSTRATION": "yes", "PYTHONPATH": f"src{os.pathsep}.",
                "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            }  # fmt: skip
            print(name, flush=True)
            command = [sys.executable, "-c", "from benchmarks.bench_country_page import main; main(['--inside'])"]
            subprocess.run(command, env=environment, check=True)


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    rows = fill()
    client = Client()
    for page, words in (
        ("/en/country/?indicator=student-volunteers-share", "country"), ("/en/country/?indicator=volunteer-hours-total", "country, a sum"),
        ("/en/country/universities/bench-007/", "university"), ("/en/involvement/peers/?university=bench-007", "peers"),
    ):  # fmt: skip
        took = timed(lambda page=page: client.get(page))
        print(
            f"  {words}: p50 {statistics.median(took) * 1000:.0f} ms, p95 {p95(took) * 1000:.0f} ms, {len(client.get(page).content):,} bytes"
        )
    took = timed(by_pandas)
    print(
        f"  the regions by pandas from the same {rows:,} rows, no page: p50 {statistics.median(took) * 1000:.0f} ms, p95 {p95(took) * 1000:.0f} ms"
    )


def timed(function) -> list[float]:
    function()
    found = []
    for _ in range(ASKED):
        start = time.perf_counter()
        function()
        found.append(time.perf_counter() - start)
    return found


def fill() -> int:
    """Invented figures of every computed indicator: totals and ten parts each."""
    import datetime as dt
    import random
    from decimal import Decimal

    from tertia.core.actions import guard
    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation, give_role
    from tertia.core.parties.models import Person
    from tertia.core.parties.setup import load_basics
    from tertia.core.periods import clock
    from tertia.core.places.models import Place
    from tertia.measure.country.actions import expect
    from tertia.measure.country.models import HandIn, NationalFigure
    from tertia.measure.indicators.engine.catalogue import catalogue
    from tertia.measure.indicators.engine.definition import definitions
    from tertia.measure.indicators.engine.figures import ratio

    by, pick = Actor.system("bench"), random.Random(2019)
    load_basics(by)
    keeper = found_organisation(by=by, slug="ministry", kind="ministry", name=Text.of("en", en="Ministry"))
    token = guard._open.set(guard.OpenAction("bench"))
    person = Person(name="Analyst")
    person.save()
    guard._open.reset(token)
    give_role(by=by, person=person, organisation=keeper, role="analyst", valid_from=dt.date(2020, 1, 1))
    places = list(Place.objects.filter(kind__in=("region", "city"), valid_to=None).order_by("code"))
    universities = [
        found_organisation(by=by, slug=f"bench-{n:03d}", kind="university", name=Text.of("en", en=f"University {n}"), place=places[n % len(places)]) for n in range(UNIVERSITIES)
    ]  # fmt: skip
    expect(by=by, keeper=keeper, organisations=universities, since=dt.date(2020, 9, 1))
    periods = [f"{y}-{(y + 1) % 100:02d}" for y in range(2025 - YEARS + 1, 2026)]
    token = guard._open.set(guard.OpenAction("bench"))
    made = []
    for university in universities:
        version = HandIn(
            keeper=keeper,
            organisation=university,
            number=1,
            door="package",
            check_state="valid",
            state="accepted",
            periods=periods,
            name="x",
            received_at=clock.now(),
        )
        version.save()
        size = Decimal(pick.randint(500, 12_000))
        for key, definition in definitions().items():
            for period in periods:
                for part in ("", *(f"unit=u{n}" for n in range(10))):
                    above = Decimal(pick.randint(5, int(size)))
                    below = size if definition.denominator is not None else None
                    value = ratio(above, below, definition.scale) if below is not None else above
                    made.append(
                        NationalFigure(
                            hand_in=version, keeper=keeper, organisation=university, indicator=key, version=definition.version, period=period, breakdown=part,
                            numerator=above, denominator=below, value=value, unit=catalogue()[key].unit, state="value",
                        )
                    )  # fmt: skip
    NationalFigure.objects.bulk_create(made, batch_size=2000)
    guard._open.reset(token)
    return len(made)


def by_pandas() -> None:
    """The peer: read the indicator's rows with pandas and add up the regions of every year, without intervals, map or page."""
    import pandas as pd

    from tertia.measure.country.models import NationalFigure

    rows = NationalFigure.objects.filter(indicator="student-volunteers-share", breakdown="").values_list(
        "organisation__place__code", "period", "numerator", "denominator"
    )
    table = pd.DataFrame(list(rows), columns=["region", "period", "above", "below"]).astype({"above": float, "below": float})
    added = table.groupby(["region", "period"]).sum()
    _ = added.above / added.below
