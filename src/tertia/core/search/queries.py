"""Search over every record that the reader may see: whole words, beginnings of words, and words with typing errors."""

from __future__ import annotations

from typing import Any

from django.db import connection

from tertia.core.languages.fold import similarity, trigrams, words
from tertia.core.records.models import Record
from tertia.core.search import postgres

__all__ = ["nearest", "search"]

CANDIDATES = 300
#: of many records fewer are looked at, since each already has every word
OF_MANY = 100
NEAR = 0.4


def search(actor: Any, text: str, *, kind: str = "", limit: int = 50) -> list[Record]:
    """Records whose every wanted word is found, exactly, as a beginning, or nearly; titles before summaries."""
    wanted = words(text)[:8]
    if not wanted:
        return []
    scored = [(score, record) for record in _candidates(actor, wanted, kind) if (score := _score(wanted, record)) > 0]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    return [record for _, record in scored[:limit]]


def _candidates(actor: Any, wanted: list[str], kind: str) -> Any:
    if connection.vendor == "postgresql" and postgres.is_large():
        return postgres.of_many(actor, wanted, kind, OF_MANY)
    ids = _candidates_postgres(wanted) if connection.vendor == "postgresql" else _candidates_sqlite(wanted)
    rows = Record.objects.visible_to(actor).filter(pk__in=ids).select_related("search_entry", "owner")
    return rows.filter(kind=kind) if kind else rows


def nearest(actor: Any, text: str, *, kind: str, limit: int = 5, least: float = 0.5) -> list[Record]:
    """Records that say something in like words: most of the longer words are found, not every one. The best first."""
    wanted = [word for word in words(text) if len(word) > 3][:12]
    if not wanted:
        return []
    ids = _candidates_postgres(wanted) if connection.vendor == "postgresql" else _candidates_sqlite(wanted)
    rows = Record.objects.visible_to(actor).filter(pk__in=ids, kind=kind).select_related("search_entry", "owner")
    scored = [(sum(_each(wanted, record)) / len(wanted), record) for record in rows]
    scored = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], -pair[1].pk))
    return [record for _, record in scored[:limit]]


def _score(wanted: list[str], record: Record) -> float:
    each = _each(wanted, record)
    return 0.0 if min(each) == 0 else sum(each) / len(wanted)


def _each(wanted: list[str], record: Record) -> list[float]:
    """For each word how well the record has it; a word of the summary counts less, one that is only faintly like it not at all."""
    title, body = record.search_entry.title.split(), record.search_entry.body.split()
    found = []
    for word in wanted:
        in_title = max((similarity(word, there) for there in title), default=0.0)
        in_body = max((similarity(word, there) for there in body), default=0.0)
        found.append(max(in_title, 0.7 * in_body) if max(in_title, in_body) >= NEAR else 0.0)
    return found


def _candidates_postgres(wanted: list[str]) -> list[int]:
    found: dict[int, None] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.4" if connection.in_atomic_block else "SELECT 1")
        cursor.execute(
            "SELECT record_id FROM search_searchentry WHERE %s <%% (title || ' ' || body) "
            "OR (title || ' ' || body) LIKE %s ORDER BY word_similarity(%s, title || ' ' || body) DESC LIMIT %s",
            [" ".join(wanted), f"%{max(wanted, key=len)}%", " ".join(wanted), CANDIDATES],
        )
        found.update((row[0], None) for row in cursor.fetchall())
    return list(found)


def _candidates_sqlite(wanted: list[str]) -> list[int]:
    """Rows of the trigram table that share trigrams with the wanted words, the best by bm25."""
    grams = sorted({g for word in wanted for g in trigrams(word) if " " not in g})
    with connection.cursor() as cursor:
        if not grams:
            cursor.execute(
                "SELECT record_id FROM search_searchentry WHERE ' ' || title || ' ' || body LIKE %s LIMIT %s",
                [f"% {wanted[0]}%", CANDIDATES],
            )
        else:
            match = " OR ".join(f'"{g}"' for g in grams)
            cursor.execute("SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH %s ORDER BY rank LIMIT %s", [match, CANDIDATES])
        return [row[0] for row in cursor.fetchall()]
