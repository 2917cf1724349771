"""What graduate start-ups show on Act and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.act.startups.models import Startup
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.policies import WORKERS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock


def _line(request: Any) -> str:
    count = Startup.objects.visible_to(ANONYMOUS).filter(state__in=("founded", "active")).count()
    return ngettext("%(n)d firm of graduates", "%(n)d firms of graduates", count) % {"n": count}


def _waiting(request: Any) -> dict[str, Any] | None:
    """Firms a year old of which nobody has said yet whether they work."""
    found = Startup.objects.filter(owner__in=request.actor.organisations(*WORKERS), state="founded", due_on__lte=clock.today())
    rows = list(found.order_by("due_on", "pk")[:10])
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 34, "startups/_waiting.html", _waiting))
declare_stage_link(StageLink("act", 18, "startups", gettext_lazy("Graduate start-ups"), _line))
