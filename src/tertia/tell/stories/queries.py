"""What is asked of stories."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tertia.core.parties.queries import own_here
from tertia.core.records.models import Record
from tertia.tell.stories.models import Story

__all__ = ["published", "stories_for", "told_records"]


def published() -> QuerySet[Story]:
    """What everybody reads, the latest first; under a university's own name only what it tells."""
    return own_here(Story.objects.filter(state="published", visibility="public").select_related("owner").order_by("-published_at", "-pk"))


def stories_for(actor: Any) -> QuerySet[Story]:
    """The desk: what the actor writes at, whatever its state."""
    rows: Any = Story.objects.visible_to(actor).select_related("owner", "author")
    return rows.order_by("-changed_at", "-pk")


def told_records(actor: Any, story: Story) -> list[Record]:
    """Of what a story tells, as far as the reader may see it."""
    return list(Record.objects.visible_to(actor).filter(links_down__lower=story, links_down__relation="tells").order_by("pk"))
