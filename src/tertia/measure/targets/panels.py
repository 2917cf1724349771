"""What targets show on Measure and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.measure.targets.models import Target
from tertia.measure.targets.queries import lagging, targets_for


def _line(request: Any) -> str:
    count = targets_for(ANONYMOUS).count()
    return ngettext("%(n)d target, plan beside fact", "%(n)d targets, plan beside fact", count) % {"n": count}


def _lagging(request: Any) -> dict[str, Any] | None:
    rows = lagging(request.actor.organisations("editor", "office", "leader"), clock.today())[:10]
    return {"rows": rows} if rows else None


def _to_decide(request: Any) -> dict[str, Any] | None:
    owners = request.actor.organisations("leader")
    rows = (
        list(Target.objects.filter(owner__in=owners, state="proposed").select_related("indicator", "unit").order_by("period", "pk")[:10])
        if owners
        else []
    )
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 45, "targets/_lagging.html", _lagging))
declare_panel(Panel("today", 46, "targets/_to_decide.html", _to_decide))
declare_stage_link(StageLink("measure", 15, "targets", gettext_lazy("Targets"), _line))
