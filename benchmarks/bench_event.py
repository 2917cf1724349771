"""One event with 10,000 shifts and 3,000 helpers: queries and milliseconds of each page, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIFTS, HELPERS, EACH = 10_000, 3_000, 5


def main(argv: list[str]) -> None:
    sys.path[:0] = [str(ROOT / "src")]
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    for database in argv or ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="tertia-event-") as folder, ExitStack() as stack:
            address = (
                f"sqlite:///{folder}/db.sqlite3" if database == "sqlite" else stack.enter_context(postgres_server(Path(folder) / "pg"))
            )
            environment = {
                **os.environ, "TERTIA_HOME": folder, "TERTIA_DATABASE": address, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                "TERTIA_TODAY": "2026-11-24", "TERTIA_DEMONSTRATION": "yes", "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
                "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            }  # fmt: skip
            print(f"== {database}: {SHIFTS:,} shifts, {HELPERS:,} helpers, {SHIFTS * 2:,} places, {HELPERS * EACH:,} sign-ups", flush=True)
            subprocess.run([sys.executable, __file__], env=environment, check=True)


def child() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from tests.cast import SYSTEM, make_world

    from tertia.core.parties.setup import load_basics

    call_command("migrate", verbosity=0)
    load_basics(SYSTEM)
    world = make_world()
    opportunity, busy = _fill(world)
    clients = {"anybody": Client()}
    for name, person in (("office", world.people["office"]), ("host", world.people["partner"]), ("student", busy)):
        clients[name] = Client()
        clients[name].force_login(person.account)
    at = f"/en/volunteering/{opportunity.slug}/"
    shift = opportunity.shifts.filter(starts_at__gt="2026-11-24").first()
    print(f"{'page':<34}{'who':<10}{'queries':>8}{'ms':>8}{'KB':>7}")
    for page, who in (
        ("/en/volunteering/", "anybody"), ("/en/volunteering/?free=1&days=7", "student"), (at, "anybody"), (at, "student"), (f"{at}?day=2026-11-27", "student"),
        (f"{at}plan/", "office"), (f"{at}plan/?past", "host"), (f"{at}wall/", "host"), (f"/en/volunteering/shifts/{shift.pk}/", "host"),
        ("/en/volunteering/mine/", "student"), ("/en/today/", "office"), ("/en/today/", "host"), ("/en/act/", "anybody"),
    ):  # fmt: skip
        client = clients[who]
        if client.get(page, follow=True).status_code != 200:
            print(f"{page:<34}{who:<10}{'not there':>8}")
            continue
        from benchmarks.counting import counting

        with counting() as queries:
            answer = client.get(page)
        best = []
        for _ in range(7):
            began = time.perf_counter()
            client.get(page)
            best.append((time.perf_counter() - began) * 1000)
        print(f"{page[:33]:<34}{who:<10}{len(queries):>8}{sorted(best)[3]:>8.0f}{len(answer.content) // 1024:>7}", flush=True)


def _fill(world: object) -> tuple[object, object]:
    """Fourteen days of a large event; a third of the shifts of this hour have people who have come."""
    import datetime as dt
    import random

    from django.db.models import QuerySet
    from tests.cast import TODAY, make_opportunity, make_volunteer

    from tertia.act.volunteering.models import Entry, Shift, SignUp
    from tertia.core.parties.models import Membership, Person
    from tertia.core.periods import clock

    pick = random.Random(7)
    opportunity = make_opportunity(world, places=2, shifts=1)
    first = opportunity.shifts.get()
    now = clock.now()
    base = now - dt.timedelta(days=4)
    QuerySet(Shift).bulk_create(
        Shift(opportunity=opportunity, task=first.task, starts_at=(s := base + dt.timedelta(minutes=2 * n)), ends_at=s + dt.timedelta(hours=3), places=2)
        for n in range(SHIFTS - 1)
    )  # fmt: skip
    busy = make_volunteer(world, 0)
    people = QuerySet(Person).bulk_create(Person(home=world.university, key=f"H{n}", name=f"Helper Number{n}", email=f"h{n}@example.org") for n in range(HELPERS))  # fmt: skip
    QuerySet(Membership).bulk_create(
        Membership(person=p, organisation=world.university, unit=world.unit, role="member", standing="student", valid_from=TODAY - dt.timedelta(days=400)) for p in people
    )  # fmt: skip
    shifts = list(opportunity.shifts.order_by("pk"))
    taken = [0] * len(shifts)
    rows = []
    for person in [*people, busy]:
        for n in pick.sample(range(len(shifts)), EACH):
            if taken[n] < 2:
                taken[n] += 1
                rows.append(SignUp(shift=shifts[n], person=person, number=taken[n], signed_up_at=now))
    QuerySet(SignUp).bulk_create(rows, batch_size=2000)
    for shift, count in zip(shifts, taken, strict=True):
        shift.taken = count
    QuerySet(Shift).bulk_update(shifts, ["taken"], batch_size=500)
    QuerySet(Entry).bulk_create(
        Entry(shift=r.shift, person=r.person, key=f"k{n}", kind="in", at=r.shift.starts_at, received_at=now, source="list")
        for n, r in enumerate(rows) if r.shift.starts_at <= now and n % 3
    )  # fmt: skip
    return opportunity, busy


if __name__ == "__main__":
    child()
