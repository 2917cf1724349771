"""What measures show on Plan and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.plan.strategy.queries import measures_for, measures_without_activity


def _line(request: Any) -> str:
    count = measures_for(ANONYMOUS).count()
    return ngettext("%(n)d measure", "%(n)d measures", count) % {"n": count}


def _idle(request: Any) -> dict[str, Any] | None:
    rows = list(measures_without_activity(request.actor.organisations("editor", "office", "leader"), clock.today())[:10])
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 40, "strategy/_idle.html", _idle))
declare_stage_link(StageLink("plan", 30, "measures", gettext_lazy("Measures"), _line))
