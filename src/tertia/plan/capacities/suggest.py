"""Offers that may meet a need, nearest first, each with what speaks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q

from tertia.core.languages.text import all_words
from tertia.core.periods import clock
from tertia.core.search import meaning
from tertia.core.search.matching import Index, Suggestion
from tertia.plan.capacities.models import Match, Offer, OfferMeaning

__all__ = ["Suggested", "offers_on", "suggestions_for"]


@dataclass(frozen=True)
class Suggested:
    """An offer with how near it is and why."""

    offer: Offer
    found: Suggestion
    same_place: bool

    @property
    def by_meaning(self) -> bool:
        return self.found.meaning is not None and self.found.meaning >= 0.3


def offers_on(owner_id: int, day: Any) -> Any:
    """Offers that stand on a day."""
    return Offer.objects.filter(Q(until=None) | Q(until__gte=day), owner=owner_id, closed_on=None).select_related("organisation", "person")


def digest_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def suggestions_for(records: Sequence[Any], most: int = 5) -> dict[int, list[Suggested]]:
    """Of each record of one university the offers that may meet it, without those that were refused. Four queries."""
    if not records:
        return {}
    offers = list(offers_on(records[0].owner_id, clock.today()).order_by("pk"))
    if not offers:
        return {r.pk: [] for r in records}
    refused = set(Match.objects.filter(record__in=records, fits=False).values_list("record", "offer"))
    texts = [all_words(r.title, r.summary) for r in records]
    asked = None
    kept = None
    known = {m.offer_id: m for m in OfferMeaning.objects.filter(offer__in=offers)} if meaning.available() else {}
    if known and len(known) == len(offers):
        raw = np.array([np.frombuffer(bytes(known[o.pk].vector), dtype=np.float16) for o in offers], dtype=np.float32)
        kept, _means = meaning.centred(raw, [known[o.pk].language for o in offers])
        asked, _means = meaning.centred(meaning.vectors_of(texts), [meaning.language_of(t) for t in texts])
    index = Index([o.said for o in offers], kept)
    found: dict[int, list[Suggested]] = {}
    for record, near in zip(records, index.nearest(texts, asked, most + len(refused)), strict=True):
        rows = [Suggested(offers[s.at], s, bool(record.place_id) and offers[s.at].organisation.place_id == record.place_id) for s in near]
        found[record.pk] = [row for row in rows if (record.pk, row.offer.pk) not in refused][:most]
    return found
