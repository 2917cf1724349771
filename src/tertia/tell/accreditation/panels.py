"""Self-evaluations at the head of Tell, and on Today those that are due."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from tertia.core.actions.policies import OFFICE
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.tell.accreditation.queries import evaluations_for


def _due(request: Any) -> dict[str, Any] | None:
    owners = request.actor.organisations(*OFFICE)
    rows = list(evaluations_for(request.actor).filter(owner__in=owners, state="written")[:5]) if owners else []
    return {"rows": rows} if rows else None


declare_stage_link(StageLink("tell", 65, "self_evaluations", gettext_lazy("Accreditation")))
declare_panel(Panel("today", 75, "accreditation/_due.html", _due))
