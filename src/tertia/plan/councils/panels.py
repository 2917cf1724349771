"""What councils show on Plan and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.plan.councils.queries import councils_for, decisions_for, my_invitations


def _invited(request: Any) -> dict[str, Any] | None:
    """Meetings to which the reader is invited."""
    rows = list(my_invitations(request.actor, clock.today())[:10])
    return {"rows": rows} if rows else None


def _mine(request: Any) -> dict[str, Any] | None:
    """Decisions that the reader is to do."""
    if not request.actor.person_id:
        return None
    rows = list(decisions_for(request.actor).filter(responsible=request.actor.person_id, state="to-do").order_by("due_on", "pk")[:10])
    return {"rows": rows, "today": clock.today()} if rows else None


def _line(request: Any) -> str:
    count = councils_for(ANONYMOUS).filter(state="standing").count()
    return ngettext("%(n)d council", "%(n)d councils", count) % {"n": count}


declare_panel(Panel("today", 11, "councils/_invited.html", _invited))
declare_panel(Panel("today", 42, "councils/_mine.html", _mine))
declare_stage_link(StageLink("plan", 26, "councils", gettext_lazy("Councils"), _line))
