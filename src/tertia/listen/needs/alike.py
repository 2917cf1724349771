"""Needs that say what somebody is about to say: by meaning across languages where the package is there, and by words."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from django.db import transaction

from tertia.core.jobs.rounds import declare_round
from tertia.core.search import meaning
from tertia.core.search.queries import nearest
from tertia.listen.needs.models import Need, NeedMeaning
from tertia.listen.needs.queries import needs_for

__all__ = ["alike", "understand"]

AT_ONCE = 200


def alike(actor: Any, title: Any, most: int = 5) -> list[Need]:
    """Public needs that mean the same, the nearest first, and after them those with like words."""
    words = str(title)
    found = [pk for pk, cosine in _by_meaning(words, most) if cosine >= meaning.LIKE]
    found += [row.pk for row in nearest(actor, words, kind="need", limit=most) if row.pk not in found]
    there = {n.pk: n for n in needs_for(actor).filter(pk__in=found, visibility="public")}
    return [there[pk] for pk in found if pk in there][:most]


def _by_meaning(words: str, most: int) -> list[tuple[int, float]]:
    if not words.strip() or not meaning.available():
        return []
    rows = list(
        NeedMeaning.objects.filter(need__visibility="public").exclude(need__state__in=("merged", "declined", "withdrawn"))
        .order_by("need").values_list("need", "language", "vector")
    )  # fmt: skip
    if not rows:
        return []
    pool = np.array([np.frombuffer(bytes(v), dtype=np.float16) for _pk, _lang, v in rows], dtype=np.float32).reshape(len(rows), -1)
    return [(rows[n][0], cosine) for n, cosine in meaning.near(words, pool, [lang for _pk, lang, _v in rows], most)]


@declare_round("needs.understand", every="minute", alone=True)
def understand() -> int:
    """Keep the vectors of needs that are new or say something else now; without the package nothing is done."""
    if not meaning.available():
        return 0
    there = dict(NeedMeaning.objects.values_list("need", "digest"))
    waiting = []
    for pk, title in Need.objects.order_by("pk").values_list("pk", "title").iterator(chunk_size=2000):
        text = str(title)
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        if there.get(pk) != digest:
            waiting.append((pk, text, digest))
            if len(waiting) == AT_ONCE:
                break
    if not waiting:
        return 0
    vectors = meaning.vectors_of([text for _pk, text, _digest in waiting]).astype(np.float16)
    with transaction.atomic():
        for (pk, text, digest), vector in zip(waiting, vectors, strict=True):
            NeedMeaning.objects.update_or_create(
                need_id=pk, defaults={"language": meaning.language_of(text), "digest": digest, "vector": vector.tobytes()}
            )
    return len(waiting)
