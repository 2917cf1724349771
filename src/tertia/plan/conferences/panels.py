"""What conferences and resolutions show on the front page, on Plan and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.records.models import Record
from tertia.plan.conferences.queries import conferences_for, resolutions_for


def _line(request: Any) -> str:
    count = Record.objects.visible_to(ANONYMOUS).filter(kind="recommendation").count()
    return ngettext("%(n)d recommendation", "%(n)d recommendations", count) % {"n": count}


def _resolutions(request: Any) -> dict[str, Any] | None:
    rows = list(resolutions_for(request.actor)[:5])
    return {"rows": rows} if rows else None


def _coming(request: Any) -> dict[str, Any] | None:
    rows = list(conferences_for(request.actor).filter(state="planned")[:5])
    return {"rows": rows} if rows else None


declare_panel(Panel("stage-plan", 10, "conferences/_resolutions.html", _resolutions))
declare_panel(Panel("stage-plan", 20, "conferences/_coming.html", _coming))
declare_stage_link(StageLink("plan", 10, "resolutions", gettext_lazy("Resolutions"), _line))
declare_stage_link(StageLink("plan", 20, "conferences", gettext_lazy("Conferences")))
