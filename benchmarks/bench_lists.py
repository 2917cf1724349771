"""Every list page at 10 and at 10,000 rows on SQLite: queries (they must be equal) and milliseconds."""

from __future__ import annotations

import os
import tempfile
import time

from benchmarks.counting import counting

PAGES = ("/en/", "/en/needs/", "/en/measures/", "/en/activities/?past", "/en/answers/", "/en/resolutions/", "/en/search/?q=number")


def main(argv: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder:
        os.environ |= {
            "TERTIA_HOME": folder, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no", "TERTIA_TODAY": "2026-11-24", "TERTIA_DEMONSTRATION": "yes",
            "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }  # fmt: skip
        import django  # app start

        django.setup()
        measure()


def measure() -> None:
    from django.core.management import call_command  # app start
    from django.test import Client  # app start
    from tests.cast import SYSTEM, make_world  # app start

    from tertia.core.parties.setup import load_basics  # app start

    call_command("migrate", verbosity=0)
    load_basics(SYSTEM)
    world, client = make_world(), Client()
    fill(world, 10)
    few = {page: ask(client, page) for page in PAGES}
    fill(world, 9_990)
    many = {page: ask(client, page) for page in PAGES}
    print(f"{'page':<24}{'queries at 10':>15}{'at 10,000':>12}{'ms at 10':>12}{'at 10,000':>12}")
    for page in PAGES:
        print(f"{page:<24}{few[page][0]:>15}{many[page][0]:>12}{few[page][1]:>12.1f}{many[page][1]:>12.1f}")


def fill(world: object, count: int) -> None:
    """So many needs, each asked of the akimat and silent, and as many measures and activities."""
    import datetime as dt  # app start

    from django.db import transaction  # app start
    from tests.cast import TODAY, make_activity, make_measure, make_need  # app start

    from tertia.listen.needs.actions import ask_for_answer  # app start

    long_ago = TODAY - dt.timedelta(days=60)
    with transaction.atomic():
        for i in range(count):
            need = make_need(world, f"Need number {count} {i}", raised_on=long_ago)
            ask_for_answer(by=world.office, need=need, party=world.akimat, on=long_ago)
            make_activity(world, make_measure(world, need, words=f"Measure number {count} {i}"), words=f"Activity number {count} {i}")


def ask(client: object, page: str) -> tuple[int, float]:
    client.get(page)
    with counting() as queries:
        assert client.get(page).status_code == 200
    began = time.perf_counter()
    for _ in range(5):
        client.get(page)
    return len(queries), (time.perf_counter() - began) * 200
