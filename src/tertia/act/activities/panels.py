"""What activities show on the front page, on Act and on Today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.act.activities.queries import activities_for, sheets_waiting
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock


def _coming(request: Any) -> dict[str, Any] | None:
    rows = list(activities_for(ANONYMOUS, after=clock.today())[:5])
    return {"rows": rows}


def _next_days(request: Any) -> dict[str, Any] | None:
    today = clock.today()
    rows = list(activities_for(request.actor, after=today).filter(starts_on__lte=today + dt.timedelta(days=7))[:6])
    return {"rows": rows} if rows else None


def _to_sign(request: Any) -> dict[str, Any] | None:
    today = clock.today()
    rows = [
        {"sheet": s, "days": (today - s.asked_on).days if s.asked_on else None, "late": bool(s.sign_by and s.sign_by < today)}
        for s in sheets_waiting(request.actor)[:20]
    ]
    return {"rows": rows} if rows else None


def _mine(request: Any) -> dict[str, Any] | None:
    """For whoever takes part: one's own hours, claimed and signed."""
    person = request.actor.person
    if person is None:
        return None
    rows = list(person.participations.select_related("sheet__activity__host").order_by("-sheet__starts_on", "-pk")[:8])
    return {"rows": rows} if rows else None


def _line(request: Any) -> str:
    count = count_of(activities_for(ANONYMOUS, after=clock.today()))
    return ngettext("%(n)d way to help, soon", "%(n)d ways to help, soon", count) % {"n": count}


declare_panel(Panel("home", 20, "activities/_coming.html", _coming))
declare_panel(Panel("stage-act", 10, "activities/_coming.html", _coming))
declare_panel(Panel("today", 20, "activities/_to_sign.html", _to_sign))
declare_panel(Panel("today", 50, "activities/_mine.html", _mine))
declare_panel(Panel("today-side", 10, "activities/_next_days.html", _next_days))
declare_stage_link(StageLink("act", 10, "activities", gettext_lazy("Activities"), _line))
declare_stage_link(StageLink("act", 20, "organisations", gettext_lazy("Organisations")))
