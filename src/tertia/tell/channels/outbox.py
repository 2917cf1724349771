"""From a story to its channels: noted in the transaction of its cause, spread to every place after it, told to each place in order.

A telling is written with what caused it, so it exists if and only if the story came out. Spreading writes one delivery for each place
under a unique key, so it may break off and begin again. A delivery is taken by one worker at a time; what happens when the machine stops
between sending and noting it depends on the place (see `deliver.py` and decision 27).
"""

from __future__ import annotations

import hashlib
from typing import Any

from tertia.core.jobs.queue import enqueue, job
from tertia.core.periods import clock
from tertia.tell.channels.models import Delivery, Follower, Hook, Settings, Telling
from tertia.tell.channels.snapshot import snapshot_of
from tertia.tell.stories.hooks import HEARERS

__all__ = ["post", "spread", "tell"]

BATCH = 1000


def tell(story: Any, verb: str) -> None:
    """Inside an action: note that a story came out, changed or went."""
    made = Telling.objects.create(owner_id=story.owner_id, story=story, verb=verb, at=clock.now(), snapshot=snapshot_of(story))
    enqueue("channels.spread", str(made.pk), telling=made.pk)


HEARERS.append(tell)


@job("channels.spread")
def spread(telling: int) -> int:
    """Write one delivery for each place that is to be told; gives how many."""
    found = Telling.objects.select_related("owner", "story").get(pk=telling)
    now, rows = clock.now(), []

    def put(channel: str, target: str, hook: Hook | None = None) -> None:
        rows.append(
            Delivery(
                key=f"telling:{found.pk}:{channel}:{target}", owner=found.owner, channel=channel, target=target, telling=found, hook=hook, next_at=now, made_at=now,
            )
        )  # fmt: skip

    settings = Settings.objects.filter(owner=found.owner).first()
    if settings and settings.fediverse:
        for inbox in Follower.objects.filter(owner=found.owner).values_list("inbox", flat=True).distinct().order_by("inbox").iterator():
            put(Delivery.Channel.FEDIVERSE, inbox)
    if settings and settings.telegram:
        put(Delivery.Channel.TELEGRAM, settings.telegram)
    for hook in Hook.objects.filter(owner=found.owner, active=True):
        put(Delivery.Channel.HOOK, hook.url, hook)
    Delivery.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if rows:
        enqueue("channels.deliver_now", str(found.pk))
    return len(rows)


def post(owner: Any, key: str, inbox: str, body: dict[str, Any]) -> None:
    """Inside an action: send something to one inbox of the fediverse, once for each key."""
    now = clock.now()
    Delivery.objects.get_or_create(
        key=key[:700], defaults={"owner": owner, "channel": Delivery.Channel.FEDIVERSE, "target": inbox, "body": body, "next_at": now, "made_at": now}
    )  # fmt: skip
    enqueue("channels.deliver_now", hashlib.sha256(key.encode()).hexdigest()[:32])
