"""Search over every record that the reader may see: whole words, beginnings of words, and words with typing errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from tertia.core.languages.fold import similarity, trigrams, words
from tertia.core.records.models import Record
from tertia.core.search import postgres

__all__ = ["nearest", "search"]

CANDIDATES = 300
NEAR, MENDED, IN_BODY = 0.4, 0.8, 0.7
#: with fewer found among many records, words are mended
FEW = 5
_alike = lru_cache(maxsize=100_000)(similarity)


def search(actor: Any, text: str, *, kind: str = "", limit: int = 50) -> list[Record]:
    """Records whose every wanted word is found, exactly, as a beginning, or nearly; titles before summaries."""
    wanted = words(text)[:8]
    if not wanted:
        return []
    if not (connection.vendor == "postgresql" and postgres.is_large()):
        return _best(actor, _whole(wanted, _texts(actor, _like(wanted), kind)), limit)
    found = _whole(wanted, _texts(actor, postgres.with_all(actor, wanted, kind)))
    if len(found) < FEW:
        like = postgres.mended(wanted)
        found |= _whole(wanted, _texts(actor, postgres.with_all(actor, wanted, kind, like)), like)
    return _best(actor, found, limit)


def nearest(actor: Any, text: str, *, kind: str, limit: int = 5, least: float = 0.5) -> list[Record]:
    """Records that say something in like words: most of the longer words are found, not every one. The best first."""
    wanted = [word for word in words(text) if len(word) > 3][:12]
    if not wanted:
        return []
    many = connection.vendor == "postgresql" and postgres.is_large()
    ids = postgres.with_any(actor, wanted, kind) if many else _like(wanted)
    scored = {pk: sum(_each(wanted, *texts)) / len(wanted) for pk, *texts in _texts(actor, ids, kind)}
    return _best(actor, {pk: score for pk, score in scored.items() if score >= least}, limit)


def _texts(actor: Any, ids: Collection[int], kind: str = "") -> list[tuple[int, str, str]]:
    """(number, folded title, folded summary) of those that the reader may see."""
    if not ids:
        return []
    rows: Any = Record.objects.visible_to(actor).filter(pk__in=ids, search_entry__isnull=False)
    rows = (rows.filter(kind=kind) if kind else rows).order_by()
    return list(rows.values_list("pk", "search_entry__title", "search_entry__body"))


def _best(actor: Any, scores: Mapping[int, float], limit: int) -> list[Record]:
    """The records with the highest scores, of equal ones the newest first."""
    first = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit]
    rows: Any = Record.objects.visible_to(actor).select_related("owner").in_bulk(first) if first else {}
    return [rows[pk] for pk in first if pk in rows]


def _whole(
    wanted: Sequence[str], rows: Collection[tuple[int, str, str]], like: Mapping[str, Sequence[str]] | None = None
) -> dict[int, float]:
    """Scores of the records that have every word."""
    each = {pk: _each(wanted, title, body, like) for pk, title, body in rows}
    return {pk: sum(found) / len(wanted) for pk, found in each.items() if min(found) > 0}


def _each(wanted: Sequence[str], title: str, body: str, like: Mapping[str, Sequence[str]] | None = None) -> list[float]:
    """For each word how well the record has it; a word of the summary counts less, one that is only faintly like it not at all."""
    found = []
    for word in wanted:
        near = frozenset((like or {}).get(word, ()))
        in_title = _in(word, title, near)
        in_body = _in(word, body, near) if in_title < 1 else 0.0
        found.append(max(in_title, IN_BODY * in_body) if max(in_title, in_body) >= NEAR else 0.0)
    return found


def _in(word: str, text: str, near: frozenset[str]) -> float:
    """How near the nearest word of a text is, 0 to 1. Most candidates have the word as it was written, which costs one look."""
    if f" {word}" in f" {text}":
        return 1.0
    return max((MENDED if there in near else _alike(word, there) for there in text.split()), default=0.0)


def _like(wanted: Sequence[str]) -> list[int]:
    return _like_postgres(wanted) if connection.vendor == "postgresql" else _like_sqlite(wanted)


def _like_postgres(wanted: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.4" if connection.in_atomic_block else "SELECT 1")
        cursor.execute(
            "SELECT record_id FROM search_searchentry WHERE %s <%% (title || ' ' || body) "
            "OR (title || ' ' || body) LIKE %s ORDER BY word_similarity(%s, title || ' ' || body) DESC LIMIT %s",
            [" ".join(wanted), f"%{max(wanted, key=len)}%", " ".join(wanted), CANDIDATES],
        )
        return [row[0] for row in cursor.fetchall()]


def _like_sqlite(wanted: Sequence[str]) -> list[int]:
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
