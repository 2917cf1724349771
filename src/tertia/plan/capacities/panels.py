"""Who could help: on the page of a need or a measure, for those who work on it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.policies import WORKERS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.plan.capacities.models import Match, Offer
from tertia.plan.capacities.suggest import suggestions_for
from tertia.plan.capacities.words import KIND_WORDS

SUGGESTED_FOR = ("need", "measure")


def _who_could_help(request: Any, record: Any) -> dict[str, Any] | None:
    if record.kind not in SUGGESTED_FOR:
        return None
    taken = list(Match.objects.filter(record=record, fits=True).select_related("offer__organisation"))
    works = request.actor.has(record.owner_id, *WORKERS)
    if not works and not taken:
        return None
    near = (
        suggestions_for([record])[record.pk] if works and record.state not in ("withdrawn", "closed", "merged", "declined", "done") else []
    )
    ids = {m.offer_id for m in taken}
    rows = [s for s in near if s.offer.pk not in ids]
    for one in [*(s.offer for s in rows), *(m.offer for m in taken)]:
        one.kind_word = KIND_WORDS[one.kind]  # type: ignore[attr-defined]
    return {"taken": taken, "rows": rows, "works": works, "pk": record.pk}


def _line(request: Any) -> str:
    count = Offer.objects.filter(closed_on=None).count()
    return ngettext("%(n)d offer", "%(n)d offers", count) % {"n": count}


declare_panel(Panel("record", 40, "capacities/_who_could_help.html", _who_could_help))
declare_stage_link(StageLink("plan", 50, "offers", gettext_lazy("What we can offer"), _line))
