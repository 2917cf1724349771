"""5,000 organisations with 40,000 agreements: every page of partnerships, whole, on both databases; and merge suggestions on a labelled sample.

`benchmarks/data/twins.csv` was written after the comparing was fixed, and nothing was changed by it: each line is a pair of names (and sites) with
whether they are one organisation. The peer is the likeness that full-text search uses for names, trigrams (Jaccard of folded trigrams), at the
threshold that is best for it on this very sample. `./run bench partners`.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ORGANISATIONS, AGREEMENTS, TIMES = 5_000, 40_000, 15
HEADS = ("Мектеп", "Кітапхана", "ТОО", "Қоғамдық қор", "Балабақша", "Емхана", "ЖШС", "Музей")
PAGES = (
    "/en/agreements/", "/ru/agreements/?q=мектеп&state=in-force", "/kk/agreements/{agreement}/", "/en/organisations/", "/ru/organisations/{body}/",
    "/en/partnerships/watch/", "/en/partnerships/doubles/", "/en/partnerships/registrations/", "/en/agreements/new/", "/en/organisations/{body}/contacts/", "/en/today/",
    "/en/act/", "/en/network/",
)  # fmt: skip


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside()
        return
    _merging()
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
            subprocess.run([sys.executable, "benchmarks/run.py", "partners", "--inside"], env=environment, check=True, cwd=ROOT)


def _merging() -> None:
    from tertia.core.languages.fold import trigrams
    from tertia.core.parties.alike import Party, twins

    rows = list(csv.DictReader((ROOT / "benchmarks" / "data" / "twins.csv").open(encoding="utf-8")))
    parties, one = [], set()
    for n, row in enumerate(rows):
        parties += [
            Party(2 * n, row["kind"], (row["a"],), website=row["site_a"]),
            Party(2 * n + 1, row["kind"], (row["b"],), website=row["site_b"]),
        ]
        if row["same"] == "1":
            one.add((2 * n, 2 * n + 1))
    told = {(t.first, t.second) for t in twins(parties)}
    _say("we", told, one)
    grams = [trigrams(p.names[0]) for p in parties]
    likeness = {
        (a, b): len(grams[a] & grams[b]) / max(1, len(grams[a] | grams[b])) for a in range(len(parties)) for b in range(a + 1, len(parties))
    }
    best = max((n / 50 for n in range(5, 50)), key=lambda least: _f1({p for p, v in likeness.items() if v >= least}, one))
    _say(f"trigrams from {best:.2f}", {p for p, v in likeness.items() if v >= best}, one)


def _say(name: str, told: set[tuple[int, int]], one: set[tuple[int, int]]) -> None:
    right = len(told & one)
    print(f"merge suggestions, {name}: precision {right / max(1, len(told)):.2f}, recall {right / len(one):.2f} of {len(one)} pairs")


def _f1(told: set[tuple[int, int]], one: set[tuple[int, int]]) -> float:
    return 2 * len(told & one) / max(1, len(told) + len(one))


def _inside() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tertia.core.parties.models import Account

    agreement, body = _fill()
    client = Client()
    client.force_login(Account.objects.get(email="office@benchmark.invalid"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in PAGES:
        address, times = page.format(agreement=agreement, body=body), []
        for _n in range(TIMES):
            began = time.perf_counter()
            answer = client.get(address, HTTP_HOST="localhost")
            assert answer.status_code == 200, (address, answer.status_code)
            times.append(1000 * (time.perf_counter() - began))
        times = sorted(times[1:])
        print(f"{connection.vendor}: {page} p50 {statistics.median(times):.0f} ms, slowest of {len(times)} {times[-1]:.0f} ms")


def _fill() -> tuple[str, str]:
    from django.db import connection
    from django.db.models.query import QuerySet
    from django.utils import timezone

    from tertia.act.partnerships.models import Agreement, AgreementParty
    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation, give_role
    from tertia.core.parties.models import Account, Organisation, Person
    from tertia.core.parties.setup import load_basics
    from tertia.core.periods import clock
    from tertia.core.records.models import Record

    by, pick, today = Actor.system("benchmark"), random.Random(5), clock.today()
    load_basics(by)
    uni = found_organisation(by=by, slug="uni", kind="university", name=Text.of("en", en="The University"), hosts=True)
    account = Account.objects.create_user("office@benchmark.invalid")
    person = Person(name="Officer", home=uni, account=account, email=account.email)
    QuerySet(Person).bulk_create([person])
    person = Person.objects.get(email=account.email)
    give_role(by=by, person=person, organisation=uni, role="office", valid_from=today - dt.timedelta(days=900))
    words = ["".join(pick.choices("абвгдезиклмнопрстуықңғө", k=7)) for _ in range(3000)]
    names = [f"{pick.choice(HEADS)} «{pick.choice(words).title()} {pick.choice(words)}»" for _ in range(ORGANISATIONS)]
    QuerySet(Organisation).bulk_create(
        [Organisation(slug=f"o{n}", kind="nonprofit", name=Text.of("kk", kk=name, ru=name, en=name)) for n, name in enumerate(names)],
        batch_size=1000,
    )
    bodies = list(Organisation.objects.filter(slug__startswith="o").exclude(pk=uni.pk).order_by("pk"))
    records = QuerySet(Record).bulk_create(
        [
            Record(
                kind="agreement", owner=uni, slug=f"a{n}", title=Text.of("ru", ru=f"Соглашение {n} {pick.choice(words)}"), summary=Text({}), visibility="public",
                state="in-force" if n % 5 else "ended", starts_on=today - dt.timedelta(days=pick.randint(10, 1500)), ends_on=today + dt.timedelta(days=pick.randint(5, 900)),
                responsible=person if n % 3 else None, created_at=timezone.now(), changed_at=timezone.now(),
            )
            for n in range(AGREEMENTS)
        ],
        batch_size=1000,
    )  # fmt: skip
    fields = list(Agreement._meta.local_concrete_fields)
    blank = Agreement(form="cooperation", terms=Text({}))
    rows = []
    for record in records:
        blank.record_ptr_id = record.pk
        rows.append([f.get_db_prep_save(f.pre_save(blank, True), connection) for f in fields])
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{Agreement._meta.db_table}" ({", ".join(f.column for f in fields)}) VALUES ({", ".join(["%s"] * len(fields))})',
            rows,
        )
    sides = [
        AgreementParty(agreement_id=r.pk, organisation_id=pk, gives=Text({}), gets=Text({}))
        for n, r in enumerate(records)
        for pk in (uni.pk, bodies[n % len(bodies)].pk)
    ]
    QuerySet(AgreementParty).bulk_create(sides, batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    from tertia.act.partnerships.rounds import doubles

    began = time.perf_counter()
    print(f"{connection.vendor}: {doubles()} pairs found at night in {time.perf_counter() - began:.1f} s")
    return "a7", "o7"
