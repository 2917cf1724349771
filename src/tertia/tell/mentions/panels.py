"""What mentions show on Tell, on Today and on the pages of what they speak of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.policies import OFFICE
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.parties.queries import home_of
from tertia.tell.mentions.kinds import ABOUT
from tertia.tell.mentions.queries import kept_mentions, mentions_of, waiting_mentions


def _line(request: Any) -> str:
    count = kept_mentions(ANONYMOUS).count()
    return ngettext("%(n)d mention", "%(n)d mentions", count) % {"n": count}


def _latest(request: Any) -> dict[str, Any] | None:
    rows = list(kept_mentions(ANONYMOUS)[:5])
    return {"rows": rows} if rows else None


def _waiting(request: Any) -> dict[str, Any] | None:
    """Pieces that feeds and lists brought and that wait for a person's word."""
    home = home_of(request.actor, *OFFICE)
    found = waiting_mentions(home) if home else None
    rows = list(found[:5]) if found is not None else []
    return {"rows": rows, "total": found.count()} if found is not None and rows else None


def _spoken(request: Any, record: Any) -> dict[str, Any] | None:
    rows = mentions_of(request.actor, record) if record.kind in ABOUT else []
    return {"rows": rows} if rows else None


def _claims(request: Any, record: Any) -> dict[str, Any] | None:
    """On a story, for those who write it: sentences that nothing bears out."""
    if record.kind != "story" or not request.actor.has(record.owner_id, *OFFICE):
        return None
    rows = list(record.as_story.claims.filter(state="open")[:20])
    return {"rows": rows} if rows else None


declare_panel(Panel("stage-tell", 7, "mentions/_latest.html", _latest))
declare_panel(Panel("today", 36, "mentions/_waiting.html", _waiting))
declare_panel(Panel("record", 16, "mentions/_spoken.html", _spoken))
declare_panel(Panel("record", 17, "mentions/_claims.html", _claims))
declare_stage_link(StageLink("tell", 7, "mentions", gettext_lazy("In the media"), _line))
