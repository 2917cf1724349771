"""Thread page of a record among 1 million records and 3 million links on PostgreSQL: p50 and p95 in milliseconds, queries."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.suite import postgres

from benchmarks.counting import counting, p95

RECORDS, LINKS = 1_000_000, 3_000_000


def main(argv: list[str]) -> None:
    records = int(argv[0]) if argv else RECORDS
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres(Path(folder) / "pg") as address:
        os.environ |= {
            "TERTIA_DATABASE": address.replace("/tertia?", "/postgres?"),
            "TERTIA_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "tertia.settings",
            "TERTIA_PAGE_CACHE": "no",
            "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }
        import django  # app start

        django.setup()
        measure(records)


def measure(records: int) -> None:
    from django.core.management import call_command  # app start
    from django.test import Client  # app start

    call_command("migrate", verbosity=0)
    fill(records)
    client, pages = Client(), pick()
    for kind, pk in pages[:5]:
        assert client.get(f"/en/records/{pk}/thread/").status_code == 200, kind
    with counting() as queries:
        client.get(f"/en/records/{pages[0][1]}/thread/")
    by_kind: dict[str, list[float]] = {}
    for _ in range(6):
        for kind, pk in pages:
            began = time.perf_counter()
            client.get(f"/en/records/{pk}/thread/")
            by_kind.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
    everything = sorted(v for values in by_kind.values() for v in values)
    print(f"{records:,} records; {len(everything)} pages, {len(queries)} queries a page")
    for kind, values in sorted(by_kind.items()):
        print(f"  {kind:<15} p50 {statistics.median(values):6.1f} ms   p95 {p95(values):6.1f} ms")
    print(f"  {'all':<15} p50 {statistics.median(everything):6.1f} ms   p95 {p95(everything):6.1f} ms")


def fill(records: int) -> None:
    """Straight into the tables: 100 resolutions, 1,000 recommendations, 20,000 measures, the rest activities; three links each."""
    from django.db import connection  # app start

    print(f"filling {records:,} records and {3 * records:,} links …", file=sys.stderr)
    with connection.cursor() as c:
        c.execute(
            "INSERT INTO parties_organisation (slug, kind, name, short_name, website, email, mail_domains, letter_language, time_zone, hosts, demonstration) VALUES ('uni', 'university', '{\"original\":\"en\",\"en\":{\"text\":\"U\",\"state\":\"written\"}}', '{}', '', '', '[]', 'ru', 'Asia/Almaty', true, false) RETURNING id"
        )
        owner = c.fetchone()[0]
        c.execute(
            """INSERT INTO records_record (kind, owner_id, slug, number, title, summary, visibility, state, demonstration, created_at, changed_at, starts_on)
               SELECT k.kind, %s, k.kind || '-' || i, '', jsonb_build_object('original', 'en', 'en', jsonb_build_object('text', 'Record number ' || i || ' of the benchmark', 'state', 'written')), '{}',
                 'public', k.state, false, now(), now(), '2025-09-01'
               FROM (SELECT i, CASE WHEN i <= 100 THEN 'resolution' WHEN i <= 1100 THEN 'recommendation' WHEN i <= 21100 THEN 'measure' ELSE 'activity' END AS kind,
                     CASE WHEN i <= 1100 THEN 'adopted' WHEN i <= 21100 THEN 'underway' ELSE 'held' END AS state FROM generate_series(1, %s) i) k""",
            [owner, records],
        )
        c.execute("ALTER TABLE records_link DISABLE TRIGGER USER")
        c.execute(
            "INSERT INTO records_link (relation, lower_id, upper_id, created_at) SELECT 'part-of', r.id, 1 + (r.id % 100), now() FROM records_record r WHERE kind = 'recommendation' ON CONFLICT DO NOTHING"
        )
        c.execute(
            "INSERT INTO records_link (relation, lower_id, upper_id, created_at) SELECT 'answers', r.id, 101 + ((r.id * 7 + n * 331) % 1000), now() FROM records_record r, generate_series(0, 1) n WHERE kind = 'measure' ON CONFLICT DO NOTHING"
        )
        c.execute(
            "INSERT INTO records_link (relation, lower_id, upper_id, created_at) SELECT 'carries-out', r.id, 1101 + ((r.id * 13 + n * 7919) % 20000), now() FROM records_record r, generate_series(0, 2) n WHERE kind = 'activity' ON CONFLICT DO NOTHING"
        )
        c.execute("SELECT count(*) FROM records_link")
        print(f"{c.fetchone()[0]:,} links", file=sys.stderr)
        c.execute("ALTER TABLE records_link ENABLE TRIGGER USER")
        c.execute("ANALYZE")


def pick() -> list[tuple[str, int]]:
    return [
        ("resolution", 1),
        ("resolution", 50),
        *(("recommendation", 101 + 37 * n) for n in range(8)),
        *(("measure", 1101 + 1009 * n) for n in range(15)),
        *(("activity", 21101 + 60013 * n) for n in range(15) if 21101 + 60013 * n <= 900_000),
    ]
