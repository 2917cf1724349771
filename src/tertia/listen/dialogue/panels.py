"""What conversations show on the front page, on Listen and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.listen.dialogue.actions.voting import is_open
from tertia.listen.dialogue.models import Conversation, Statement
from tertia.listen.dialogue.queries import conversations_for


def _running(request: Any) -> dict[str, Any] | None:
    today = clock.today()
    rows = [r for r in conversations_for(ANONYMOUS).filter(state="open")[:6] if is_open(r, today)]
    return {"rows": rows[:3]} if rows else None


def _waiting(request: Any) -> dict[str, Any] | None:
    """For the office: conversations with statements that nobody has read, the number of each."""
    owners = request.actor.organisations("office", "leader", "editor")
    if not owners:
        return None
    rows = Statement.objects.filter(conversation__owner__in=owners, state="waiting").values_list("conversation", flat=True)
    counts: dict[int, int] = {}
    for pk in rows[:5000]:
        counts[pk] = counts.get(pk, 0) + 1
    found = [(c, counts[c.pk]) for c in Conversation.objects.filter(pk__in=list(counts)[:20]).order_by("ends_on", "pk")]
    return {"rows": found} if found else None


def _line(request: Any) -> str:
    rows = conversations_for(ANONYMOUS)
    count = rows.filter(state="open").count()
    return ngettext("%(n)d conversation is open", "%(n)d conversations are open", count) % {"n": count}


declare_panel(Panel("home", 5, "dialogue/_running.html", _running))
declare_panel(Panel("stage-listen", 5, "dialogue/_running.html", _running))
declare_panel(Panel("today", 32, "dialogue/_waiting.html", _waiting))
declare_stage_link(StageLink("listen", 20, "conversations", gettext_lazy("Conversations"), _line))
