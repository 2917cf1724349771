"""What proposals show on Listen and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.listen.proposals.models import Entitled, Proposal


def _line(request: Any) -> str:
    count = Proposal.objects.filter(visibility="public", state__in=("open", "voting")).count()
    return ngettext("%(n)d proposal is discussed", "%(n)d proposals are discussed", count) % {"n": count}


def _to_vote(request: Any) -> dict[str, Any] | None:
    if request.actor.person_id is None:
        return None
    rows = Entitled.objects.filter(person=request.actor.person_id, voted=False, poll__state="open", poll__ends_on__gte=clock.today())
    found = list(rows.select_related("poll__proposal").order_by("poll__ends_on", "pk")[:10])
    return {"rows": found} if found else None


declare_panel(Panel("today", 12, "proposals/_to_vote.html", _to_vote))
declare_stage_link(StageLink("listen", 30, "proposals", gettext_lazy("Proposals"), _line))
