"""Which records a mention may speak of, and whether what stories claim is borne out: worked out at the side, outside of any request."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils import translation

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import LANGUAGES, all_words
from tertia.core.records.material import material_of
from tertia.core.records.models import Record
from tertia.core.search import meaning
from tertia.tell.mentions.actions import look_at_claims, suggest_records
from tertia.tell.mentions.models import Mention
from tertia.tell.mentions.texts.about import Done, Likely, Register

__all__ = ["look_for_records", "said_by_records"]

BY = Actor.system("mentions")
BEFORE, AFTER, MOST = 60, 14, 2_000
#: kinds of which pieces of the press speak most; the others are tied by hand
SOUGHT = ("activity", "project", "study", "story", "conversation", "agreement", "opportunity", "need")


def look_for_records(owner: Any, mentions: list[Mention]) -> int:
    """Suggest records for some mentions of one university; gives how many suggestions were made."""
    days = [m.starts_on for m in mentions if m.starts_on]
    register = _register(owner, min(days), max(days)) if days else None
    count = 0
    for mention in mentions:
        found: list[Likely] = []
        if register is not None and mention.starts_on:
            text = all_words(mention.title, mention.summary)
            vectors = None
            if register.vectors is not None:
                vectors = meaning.centred(meaning.vectors_of([text]), [meaning.language_of(text)])[0]
            found = register.nearest(text, mention.starts_on, vectors)
        suggest_records(by=BY, mention=mention, found=found)
        count += len(found)
    return count


def _register(owner: Any, first: dt.date, last: dt.date) -> Register | None:
    spans = Q(starts_on__range=(first - dt.timedelta(days=BEFORE), last + dt.timedelta(days=AFTER)))
    rows = list(Record.objects.filter(spans, owner=owner, kind__in=SOUGHT).select_related("place").order_by("-starts_on", "-pk")[:MOST])
    if not rows:
        return None
    by_key = {str(r.pk): r for r in rows}

    @cache
    def names(key: str) -> tuple[str, ...]:
        record = by_key[key]
        texts = [p.name for p in material_of(record).partners] + ([record.place.name] if record.place else [])
        return tuple(v[0] for text in texts for v in text.versions.values() if v[0])

    done = [Done(str(r.pk), all_words(r.title, r.summary), r.starts_on) for r in rows]
    vectors = None
    if meaning.available() and len(rows) <= 500:
        texts = [d.words for d in done]
        vectors = meaning.centred(meaning.vectors_of(texts), [meaning.language_of(t) for t in texts])[0]
    return Register(done, vectors, names)


def said_by_records(story: Any) -> list[str]:
    """What the records say of which a story tells, in all three languages: their titles, their summaries and their material."""
    lines: list[str] = []
    for record in Record.objects.filter(links_down__lower=story, links_down__relation="tells"):
        lines.append(all_words(record.title, record.summary))
        for language in LANGUAGES:
            with translation.override(language):
                lines += [str(line) for line in material_of(record).lines]
    return lines


def look_at_story(story: Any) -> None:
    look_at_claims(by=BY, story=story, said=said_by_records(story))
