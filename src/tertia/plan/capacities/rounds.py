"""Vectors of offers that are new or say something else now; without the package nothing is done."""

from __future__ import annotations

import numpy as np
from django.db import transaction

from tertia.core.jobs.rounds import declare_round
from tertia.core.search import meaning
from tertia.plan.capacities.models import Offer, OfferMeaning
from tertia.plan.capacities.suggest import digest_of

__all__ = ["understand"]

AT_ONCE = 200


@declare_round("capacities.understand", every="minute", alone=True)
def understand() -> int:
    """Returns how many offers were understood now."""
    if not meaning.available():
        return 0
    there = dict(OfferMeaning.objects.values_list("offer", "digest"))
    waiting = []
    for offer in Offer.objects.filter(closed_on=None).order_by("pk").iterator(chunk_size=500):
        if there.get(offer.pk) != digest_of(offer.said):
            waiting.append(offer)
            if len(waiting) == AT_ONCE:
                break
    if not waiting:
        return 0
    vectors = meaning.vectors_of([o.said for o in waiting]).astype(np.float16)
    with transaction.atomic():
        for offer, vector in zip(waiting, vectors, strict=True):
            given = {"language": meaning.language_of(offer.said), "digest": digest_of(offer.said), "vector": vector.tobytes()}
            OfferMeaning.objects.update_or_create(offer=offer, defaults=given)
    return len(waiting)
