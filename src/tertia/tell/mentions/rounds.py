"""What is done at the side: feeds are read, mentions held beside records, claims of changed stories beside what the records say."""

from __future__ import annotations

import time
from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tertia.core.actions.models import Event
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.tell.mentions.models import ClaimsSeen, Mention, Outlet
from tertia.tell.mentions.reading import read_outlet
from tertia.tell.mentions.suggest import look_at_story, look_for_records
from tertia.tell.stories.models import Story

__all__ = ["hold_beside_records", "look_at_claims_again", "look_at_claims_of_stories", "read_feeds"]

#: feeds of one round, and after how many seconds no further one is begun: a server that lets us wait costs 20, and others wait for this worker
AT_ONCE, SECONDS = 20, 25


@declare_round("mentions.read_feeds", every="minute", alone=True)
def read_feeds() -> int:
    """The feeds whose time has come, those first that waited longest."""
    due = (
        Outlet.objects.exclude(feed="")
        .filter(Q(next_at=None) | Q(next_at__lte=clock.now()))
        .order_by(F("next_at").asc(nulls_first=True), "pk")
    )
    began, count = time.monotonic(), 0
    for outlet in due.select_related("owner", "place")[:AT_ONCE]:
        if time.monotonic() - began > SECONDS:
            break
        count += read_outlet(outlet)
    return count


@declare_round("mentions.beside_records", every="minute", alone=True)
def hold_beside_records() -> int:
    waiting = Mention.objects.filter(searched=False, reprint_of=None).exclude(state="dropped").select_related("owner").order_by("pk")[:50]
    by_owner: dict[int, list[Mention]] = defaultdict(list)
    for mention in waiting:
        by_owner[mention.owner_id].append(mention)
    return sum(look_for_records(rows[0].owner, rows) for rows in by_owner.values())


@declare_round("mentions.claims", every="minute", alone=True)
def look_at_claims_of_stories() -> int:
    """Stories that were changed since their claims were looked at."""
    return _look(Story.objects.filter(Q(claims_seen=None) | Q(changed_at__gt=F("claims_seen__at"))))


@declare_round("mentions.claims_again", every="hour", alone=True)
def look_at_claims_again() -> int:
    """Stories of whose records something happened since: a figure may be borne out now, or no longer."""
    told = Event.objects.filter(
        pk__gt=OuterRef("claims_seen__event"), record__links_down__lower=OuterRef("pk"), record__links_down__relation="tells"
    )
    return _look(Story.objects.exclude(claims_seen=None).filter(Exists(told)))


def _look(rows: QuerySet[Story]) -> int:
    count = 0
    for story in rows.exclude(state="withdrawn").order_by("changed_at", "pk")[:50]:
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        look_at_story(story)
        ClaimsSeen.objects.update_or_create(story=story, defaults={"at": story.changed_at, "event": last})
        count += 1
    return count
