"""In the hall: a square code, live counts and the statements that many see, on a projector."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from tertia.core.periods import clock
from tertia.core.records.queries import record_for
from tertia.listen.dialogue.actions.voting import is_open
from tertia.listen.dialogue.models import Conversation
from tertia.listen.dialogue.queries import numbers_of, shares_of, statements_of

__all__ = ["hall", "live"]

SHOWN = 4


def hall(request: Any, slug: str) -> HttpResponse:
    """The page of the projector; without JavaScript a link shows the counts of now."""
    record = record_for(request.actor, Conversation, slug=slug)
    address = settings.BASE_URL + reverse("conversation_vote", kwargs={"slug": slug})
    square = mark_safe(segno.make(address, error="m").svg_inline(scale=8, border=2, omitsize=True))
    answer = render(
        request, "dialogue/hall.html", {**_live(record), "square": square, "address": address.split("://", 1)[-1], "stage": "listen"}
    )
    answer["Cache-Control"] = "no-store"
    return answer


def live(request: Any, slug: str) -> HttpResponse:
    """The counts alone, asked for every three seconds."""
    record = record_for(request.actor, Conversation, slug=slug)
    answer = render(request, "dialogue/_live.html", _live(record))
    answer["Cache-Control"] = "no-store"
    return answer


def _live(record: Conversation) -> dict[str, Any]:
    rows = [r for r in shares_of(record, [s for s in statements_of(record) if s.state == "open"]) if r.votes]
    rows.sort(key=lambda r: (-r.votes, r.statement.number))
    return {"record": record, "numbers": numbers_of(record), "rows": rows[:SHOWN], "voting": is_open(record, clock.today())}
