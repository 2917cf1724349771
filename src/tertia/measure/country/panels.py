"""What the country shows on Measure and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.parties.queries import home_of
from tertia.measure.country.models import HandIn
from tertia.measure.country.queries import keeper_of


def _line(request: Any) -> str:
    count = HandIn.objects.filter(state="accepted").values("organisation").distinct().count()
    return ngettext("%(n)d university handed in", "%(n)d universities handed in", count) % {"n": count}


def _waiting(request: Any) -> dict[str, Any] | None:
    keeper = keeper_of(request.actor)
    rows = list(HandIn.objects.filter(keeper=keeper, state="asked").select_related("organisation")[:10]) if keeper else []
    return {"rows": rows} if rows else None


def _make(request: Any) -> dict[str, Any] | None:
    return {} if home_of(request.actor, "office", "leader") else None


declare_panel(Panel("stage-measure", 50, "country/_make.html", _make))
declare_panel(Panel("today", 47, "country/_waiting.html", _waiting))
declare_stage_link(StageLink("measure", 25, "country", gettext_lazy("The country"), _line))
