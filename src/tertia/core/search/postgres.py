"""Candidates on PostgreSQL. Of few records by trigrams of everything; of many by indexed words, and only a word that nothing has is looked for among like ones.

Trigrams of a million texts cost seconds, because a common word is like a hundred thousand of them. Words cost milliseconds: beginnings of
words are found in a text index, and a typing error is mended against the list of all words that occur, which grows far slower than the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from tertia.core.records.models import Record

__all__ = ["MANY", "gather_words", "is_large", "of_many"]

#: from so many entries on words take the place of trigrams
MANY = 50_000
ENOUGH, ALTERNATIVES, SHORTEST = 5, 8, 4
_TITLE = "to_tsvector('simple', search_searchentry.title)"
_WHOLE = "to_tsvector('simple', search_searchentry.title || ' ' || search_searchentry.body)"


def is_large() -> bool:
    """Whether the table is large, as the database last counted it: one row of its catalogue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'search_searchentry'::regclass")
        return bool(cursor.fetchone()[0] >= MANY)


def of_many(actor: Any, wanted: Sequence[str], kind: str, most: int) -> list[Record]:
    """Records that the reader may see and that have every word, or its beginning, or, where too few have, one that is like it."""
    found = _with(actor, " & ".join(f"{w}:*" for w in wanted), kind, most)
    if len(found) < ENOUGH:
        parts = [f"({' | '.join([f'{w}:*', *like])})" for w in wanted for like in [_like(w)]]
        there = {r.pk for r in found}
        found += [r for r in _with(actor, " & ".join(parts), kind, most) if r.pk not in there]
    return found


def _with(actor: Any, asked: str, kind: str, most: int) -> list[Record]:
    """Those with the words in the title first; the text is asked only where titles leave room."""
    rows: Any = Record.objects.visible_to(actor).filter(search_entry__isnull=False).select_related("search_entry", "owner")
    rows = (rows.filter(kind=kind) if kind else rows).order_by()
    found = list(rows.extra(where=[f"{_TITLE} @@ to_tsquery('simple', %s)"], params=[asked])[:most])
    if len(found) < most:
        there = {r.pk for r in found}
        more = rows.extra(where=[f"{_WHOLE} @@ to_tsquery('simple', %s)"], params=[asked])[:most]
        found += [r for r in more if r.pk not in there]
    return found


def _like(word: str) -> list[str]:
    """Words that occur and are like a word, the likest first."""
    if len(word) < SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM search_word WHERE word %% %s AND abs(length(word) - %s) <= 4 ORDER BY similarity(word, %s) DESC, word LIMIT %s",
            [word, len(word), word, ALTERNATIVES],
        )
        return [row[0] for row in cursor.fetchall()]


def gather_words(hours: int = 0) -> int:
    """Put words that occur into the list: of records that changed in so many hours, or of all. One statement, harmless when done again."""
    since = "JOIN records_record AS r ON r.id = e.record_id WHERE r.changed_at > now() - make_interval(hours => %s)" if hours else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_word SELECT DISTINCT w FROM search_searchentry AS e CROSS JOIN LATERAL unnest(string_to_array(e.title || ' ' || e.body, ' ')) AS w {since} "
            f"{'AND' if hours else 'WHERE'} length(w) >= {SHORTEST} AND length(w) <= 60 ON CONFLICT DO NOTHING",
            [hours] if hours else [],
        )
        return int(cursor.rowcount)
