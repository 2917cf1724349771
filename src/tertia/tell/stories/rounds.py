"""Stories that come out at their hour."""

from __future__ import annotations

from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock
from tertia.tell.stories.actions import publish_due
from tertia.tell.stories.models import Story

__all__ = ["come_out"]


@declare_round("stories.come_out", every="minute")
def come_out() -> int:
    now, by, count = clock.now(), Actor.system("stories"), 0
    for story in Story.objects.filter(state="scheduled", publish_at__lte=now).order_by("publish_at", "pk")[:50]:
        count += publish_due(by=by, story=story, now=now).state == "published"
    return count
