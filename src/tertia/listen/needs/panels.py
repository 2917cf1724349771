"""What needs show on the front page, on Listen and on Today."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.records.models import Link, OwedAnswer
from tertia.listen.needs.models import Need
from tertia.listen.needs.queries import needs_for


def _lead(request: Any) -> dict[str, Any] | None:
    """The latest answered need that something was done about: its question is the headline, its thread below."""
    served = Link.objects.filter(upper=OuterRef("pk"), relation__in=("serves", "answers"))
    need = (
        needs_for(ANONYMOUS)
        .filter(state__in=("answered", "closed"))
        .annotate(served=Exists(served))
        .order_by("-served", "-raised_on")
        .first()
    )
    if need is None:
        return None
    owed = list(OwedAnswer.objects.filter(record=need).select_related("party").order_by("sent_on", "pk")[:2])
    done = list(
        Link.objects.filter(upper=need, relation__in=("serves", "answers")).select_related("lower").order_by("lower__starts_on", "pk")[:1]
    )
    return {"need": need, "owed": owed, "done": done[0].lower if done else None, "count": count_of(needs_for(ANONYMOUS))}


def _answered(request: Any) -> dict[str, Any] | None:
    rows = OwedAnswer.objects.filter(
        record__visibility="public", record__kind="need", state__in=("accepted", "partly", "declined", "done"), answered_on__isnull=False
    ).select_related("record", "party").order_by("-answered_on", "-pk")  # fmt: skip
    found = list(rows[:4])
    return {"rows": found, "total": count_of(rows)} if found else None


def _waiting(request: Any) -> dict[str, Any] | None:
    """For the office: needs that nobody has been asked about yet."""
    owners = request.actor.organisations("office", "leader", "editor")
    rows = list(Need.objects.filter(owner__in=owners, state="raised").select_related("asked_by").order_by("raised_on", "pk")[:20])
    return {"rows": rows} if rows else None


def _line(request: Any) -> str:
    rows = needs_for(ANONYMOUS)
    count, open_ones = count_of(rows), count_of(rows.filter(state="asked"))
    text = ngettext("%(n)d need of the region", "%(n)d needs of the region", count) % {"n": count}
    return text + (", " + _("%(n)d without an answer") % {"n": open_ones} if open_ones else "")


declare_panel(Panel("home-lead", 10, "needs/_lead.html", _lead))
declare_panel(Panel("home", 10, "needs/_answered.html", _answered))
declare_panel(Panel("stage-listen", 10, "needs/_answered.html", _answered))
declare_panel(Panel("today", 30, "needs/_waiting.html", _waiting))
declare_stage_link(StageLink("listen", 10, "needs", gettext_lazy("Needs"), _line))
