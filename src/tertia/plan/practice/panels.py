"""What others did, on the page of a need or a measure, for those who work on it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.policies import WORKERS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.plan.practice.queries import near_practices, practices_for


def _elsewhere(request: Any, record: Any) -> dict[str, Any] | None:
    if record.kind not in ("need", "measure") or not request.actor.has(record.owner_id, *WORKERS):
        return None
    rows = near_practices(request.actor, record)
    return {"rows": rows, "record": record} if rows else None


def _line(request: Any) -> str:
    count = practices_for(ANONYMOUS).count()
    return ngettext("%(n)d example", "%(n)d examples", count) % {"n": count}


declare_panel(Panel("record", 50, "practice/_elsewhere.html", _elsewhere))
declare_stage_link(StageLink("plan", 60, "practices", gettext_lazy("Practice elsewhere"), _line))
