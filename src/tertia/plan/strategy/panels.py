"""What measures show on Plan and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of
from tertia.core.languages.templatetags.languages import plain
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.plan.strategy.actions.approving import next_step
from tertia.plan.strategy.queries import measures_for, measures_without_activity, strategies_for


def _line(request: Any) -> str:
    count = count_of(measures_for(ANONYMOUS))
    return ngettext("%(n)d measure", "%(n)d measures", count) % {"n": count}


def _idle(request: Any) -> dict[str, Any] | None:
    rows = list(measures_without_activity(request.actor.organisations("editor", "office", "leader"), clock.today())[:10])
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 40, "strategy/_idle.html", _idle))


def _frame(request: Any) -> str:
    found = strategies_for(ANONYMOUS).filter(state__in=("adopted", "revising")).first()
    return plain(found.title) if found else ""


def _to_approve(request: Any) -> dict[str, Any] | None:
    """Strategies that wait for the reader's word."""
    if request.actor.person_id is None:
        return None
    rows = [
        s
        for s in strategies_for(request.actor).filter(state="review")[:20]
        if (step := next_step(s)) and step.person_id == request.actor.person_id
    ]
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 12, "strategy/_to_approve.html", _to_approve))
declare_stage_link(StageLink("plan", 20, "strategies", gettext_lazy("Strategy"), _frame))
declare_stage_link(StageLink("plan", 30, "measures", gettext_lazy("Measures"), _line))
