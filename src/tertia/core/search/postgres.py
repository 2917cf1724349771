"""Candidates on PostgreSQL. Of few records by trigrams of everything; of many by indexed words, and only a word that nothing has is looked for among like ones.

Trigrams of a million texts cost seconds, because a common word is like a hundred thousand of them. Words cost milliseconds: beginnings of
words are found in a text index, and a typing error is mended against the words that occur, each kept with what is left of it when one
letter is taken out (the symmetric deletion of SymSpell, https://github.com/wolfgarbe/SymSpell), so that a look by key finds the like ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from tertia.core.records.models import Record

__all__ = ["MANY", "forms", "gather_words", "is_large", "mended", "with_any", "with_all"]

#: from so many entries on words take the place of trigrams
MANY = 5_000
#: so many are looked at: each already has every word
ENOUGH = 100
#: how many hits are asked for at once, before it is known which of them the reader may see
STEPS = (400, 4_000, 40_000)
ALTERNATIVES, SHORTEST, LONGEST, ENDING = 8, 4, 60, 2
_TITLE = "to_tsvector('simple', title)"
_WHOLE = "to_tsvector('simple', title || ' ' || body)"


def is_large() -> bool:
    """Whether the table is large, as the database last counted it: one row of its catalogue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'search_searchentry'::regclass")
        return bool(cursor.fetchone()[0] >= MANY)


def with_all(actor: Any, wanted: Sequence[str], kind: str, like: Mapping[str, Sequence[str]] | None = None) -> list[int]:
    """Records that the reader may see and that have every word, or its beginning, or one that is `like` it; those with all in the title first."""
    asked = " & ".join(f"({' | '.join(_asked(w, (like or {}).get(w, ())))})" for w in wanted)
    found = _seen(actor, _TITLE, asked, kind)
    return found if len(found) >= ENOUGH else list(dict.fromkeys([*found, *_seen(actor, _WHOLE, asked, kind)]))


def with_any(actor: Any, wanted: Sequence[str], kind: str) -> list[int]:
    """Records that have two of the words, the longest of which are asked for, since long words are rare; of one or two words any."""
    longest = sorted(set(wanted), key=lambda w: (-len(w), w))[:6]
    asked = (
        " | ".join(f"({a}:* & {b}:*)" for a, b in combinations(longest, 2)) if len(longest) > 2 else " | ".join(f"{w}:*" for w in longest)
    )
    return _seen(actor, _WHOLE, asked, kind)


def _asked(word: str, like: Sequence[str]) -> Iterator[str]:
    """A word's beginning; where it is mended, also without its ending, as languages with many endings want it."""
    yield f"{word}:*"
    if like and len(word) >= SHORTEST + 2 * ENDING:
        yield f"{word[:-ENDING]}:*"
    yield from like


def _seen(actor: Any, where: str, asked: str, kind: str) -> list[int]:
    """Numbers of records that may be seen, at most `ENOUGH`. Hits are taken in steps, so that a common word is not joined a hundred thousand times."""
    rows: Any = Record.objects.visible_to(actor)
    rows = (rows.filter(kind=kind) if kind else rows).order_by()
    found: list[int] = []
    for step in STEPS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT record_id FROM search_searchentry WHERE {where} @@ to_tsquery('simple', %s) LIMIT %s", [asked, step])
            hits = [row[0] for row in cursor.fetchall()]
        found = list(rows.filter(pk__in=hits).values_list("pk", flat=True)[:ENOUGH]) if hits else []
        if len(found) >= ENOUGH or len(hits) < step:
            break
    return found


def forms(word: str) -> list[str]:
    """A word and what is left of it when one letter is taken out."""
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def mended(words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those that occur and differ from it by one letter left out, put in, changed or swapped, the nearest in length first."""
    asked = {w: set(forms(w)) for w in words if SHORTEST <= len(w) <= LONGEST}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, forms FROM search_word WHERE forms && %s", [sorted(set().union(*asked.values()))])
        rows = cursor.fetchall()
    found = {w: [word for word, there in rows if word != w and not own.isdisjoint(there)] for w, own in asked.items()}
    return {w: sorted(near, key=lambda n: (abs(len(n) - len(w)), n))[:ALTERNATIVES] for w, near in found.items()}


def gather_words(hours: int = 0) -> int:
    """Put words that occur into the list: of records that changed in so many hours, or of all. One statement, harmless when done again."""
    since = "JOIN records_record AS r ON r.id = e.record_id WHERE r.changed_at > now() - make_interval(hours => %s)" if hours else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_word SELECT w, ARRAY(SELECT w UNION SELECT left(w, n - 1) || substr(w, n + 1) FROM generate_series(1, length(w)) AS n) "
            "FROM (SELECT DISTINCT w FROM search_searchentry AS e "
            f"CROSS JOIN LATERAL unnest(string_to_array(e.title || ' ' || e.body, ' ')) AS w {since}) AS occurring "
            f"WHERE length(w) BETWEEN {SHORTEST} AND {LONGEST} ON CONFLICT DO NOTHING",
            [hours] if hours else [],
        )
        return int(cursor.rowcount)
