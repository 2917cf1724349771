"""What stories show on the front page, on Tell, on Today, and on the page of what they tell of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.tell.stories.kinds import TOLD
from tertia.tell.stories.models import Story
from tertia.tell.stories.queries import published


def _line(request: Any) -> str:
    count = published().count()
    return ngettext("%(n)d story", "%(n)d stories", count) % {"n": count}


def _latest(request: Any) -> dict[str, Any] | None:
    rows = list(published()[:5])
    return {"rows": rows} if rows else None


def _waiting(request: Any) -> dict[str, Any] | None:
    """Stories that wait for somebody who publishes."""
    rows = list(
        Story.objects.filter(owner__in=request.actor.organisations("office", "leader"), state="review").order_by("changed_at", "pk")[:10]
    )
    return {"rows": rows} if rows else None


def _told(request: Any, record: Any) -> dict[str, Any] | None:
    if record.kind not in TOLD:
        return None
    rows = list(published().filter(links_up__upper=record, links_up__relation="tells")[:5])
    return {"rows": rows} if rows else None


declare_panel(Panel("home", 30, "stories/_latest.html", _latest))
declare_panel(Panel("stage-tell", 5, "stories/_latest.html", _latest))
declare_panel(Panel("today", 35, "stories/_waiting.html", _waiting))
declare_panel(Panel("record", 15, "stories/_told.html", _told))
declare_stage_link(StageLink("tell", 5, "stories", gettext_lazy("Stories"), _line))
