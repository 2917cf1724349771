"""Search among a million records in three languages on PostgreSQL: milliseconds of a search by common words, rare ones, beginnings and typing errors.

Invented titles and summaries of words that follow Zipf's law, from a vocabulary of the words of Tertia's own translations and 60,000 made
of their syllables; a fifth of the records is not public. Beside it the trigram search that smaller tables use, on the same million.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.counting import p95

ROOT = Path(__file__).resolve().parents[1]
RECORDS, SEARCHES, OLD = 1_000_000, 400, 12


def main(argv: list[str]) -> None:
    from tests.suite import postgres_server

    count = int(argv[0]) if argv else RECORDS
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as url:
        os.environ.update(TERTIA_HOME=folder, TERTIA_DATABASE=str(url), DJANGO_SETTINGS_MODULE="tertia.settings", TERTIA_TODAY="")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        random.seed(1)
        vocabularies = words()
        began = time.monotonic()
        fill(count, vocabularies)
        print(f"{count:,} records in {time.monotonic() - began:.0f} s", file=sys.stderr)
        measure(vocabularies)


def words() -> dict[str, list[str]]:
    """Words of each language: those of the catalogues, then made ones."""
    import polib

    from tertia.core.languages.fold import words as folded

    found: dict[str, list[str]] = {}
    for language in ("kk", "ru", "en"):
        catalogue = polib.pofile(
            str(
                ROOT / "src/tertia/locale/ru/LC_MESSAGES/django.po"
                if language == "en"
                else ROOT / f"src/tertia/locale/{language}/LC_MESSAGES/django.po"
            )
        )
        text = " ".join(e.msgid if language == "en" else e.msgstr for e in catalogue)
        own = sorted({w for w in folded(text) if len(w) > 3 and w.isalpha()})
        random.shuffle(own)
        made = {random.choice(own)[:4] + random.choice(own)[-4:] for _ in range(20_000)}
        found[language] = [*own, *sorted(made)]
    return found


def fill(count: int, vocabularies: dict[str, list[str]]) -> None:
    from django.db import connection

    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation

    uni = found_organisation(by=Actor.system("bench"), slug="uni", kind="university", name=Text.of("en", en="U"), hosts=True)
    weights = {lang: [1 / (n + 20) for n in range(len(v))] for lang, v in vocabularies.items()}
    kinds = ["need", "activity", "study", "story", "measure"]
    with connection.cursor() as cursor:
        # indexes are made after the rows, with the words the migrations use
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_searchentry' AND indexdef LIKE '%USING gin%'")
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for first in range(0, count, 20_000):
            rows = min(20_000, count - first)
            drawn = {lang: random.choices(v, weights[lang], k=rows * 16) for lang, v in vocabularies.items()}
            with cursor.copy(
                "COPY records_record (id, kind, owner_id, slug, number, title, summary, visibility, state, demonstration, created_at, changed_at) FROM STDIN"
            ) as out:
                for n in range(rows):
                    title = {
                        "original": "ru",
                        **{lang: {"text": " ".join(drawn[lang][n * 16 : n * 16 + 5]), "state": "written"} for lang in vocabularies},
                    }
                    out.write_row(
                        (
                            first + n + 1,
                            kinds[n % 5],
                            uni.pk,
                            f"r{first + n}",
                            "",
                            json.dumps(title),
                            "{}",
                            "office" if n % 5 == 4 else "public",
                            "x",
                            False,
                            "2026-01-01",
                            "2026-01-01",
                        )
                    )
            with cursor.copy("COPY search_searchentry (record_id, title, body) FROM STDIN") as out:
                for n in range(rows):
                    out.write_row(
                        (
                            first + n + 1,
                            " ".join(w for lang in vocabularies for w in drawn[lang][n * 16 : n * 16 + 5]),
                            " ".join(w for lang in vocabularies for w in drawn[lang][n * 16 + 5 : n * 16 + 16]),
                        )
                    )
        for _name, made in indexes:
            cursor.execute(made)
        cursor.execute("VACUUM ANALYZE records_record")
        cursor.execute("VACUUM ANALYZE search_searchentry")
    from tertia.core.search.postgres import gather_words

    gather_words()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_word")
        cursor.execute("SELECT count(*) FROM search_word")
        print(f"{cursor.fetchone()[0]:,} words occur", file=sys.stderr)


def measure(vocabularies: dict[str, list[str]]) -> None:
    from tertia.core.actions.actor import ANONYMOUS
    from tertia.core.search import postgres
    from tertia.core.search.queries import search

    def asked(what: str) -> str:
        words = vocabularies[random.choice(list(vocabularies))]
        if what == "common":
            return random.choice(words[:50])
        if what == "two words":
            return f"{random.choice(words[:200])} {random.choice(words[:2000])}"
        if what == "rare":
            return random.choice(words[5000:])
        word = random.choice([w for w in words[:5000] if len(w) > 6])
        if what == "beginning":
            return word[:4]
        place = random.randrange(1, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    for _turn in range(20):
        search(ANONYMOUS, asked("two words"))
    every: list[float] = []
    for what in ("common", "two words", "rare", "beginning", "typing error"):
        times, found = [], 0
        for _turn in range(SEARCHES // 5):
            text = asked(what)
            began = time.perf_counter()
            found += bool(search(ANONYMOUS, text))
            times.append((time.perf_counter() - began) * 1000)
        every += times
        print(f"{what:<13} median {statistics.median(times):6.1f} ms, p95 {p95(times):6.1f} ms, found something {found} of {len(times)}")
    print(f"all           median {statistics.median(every):6.1f} ms, p95 {p95(every):6.1f} ms")
    postgres.MANY = 10**12
    times = []
    for _turn in range(OLD):
        began = time.perf_counter()
        search(ANONYMOUS, asked(random.choice(["common", "two words", "typing error"])))
        times.append((time.perf_counter() - began) * 1000)
    print(f"by trigrams of everything: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
