"""Where the newsletter, the channels and the neighbours are found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from tertia.core.actions.policies import WORKERS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.parties.queries import home_of
from tertia.tell.channels.models import Delivery


def _trouble(request: Any) -> dict[str, Any] | None:
    """What did not reach its place, for those who can do something about it."""
    home = home_of(request.actor, *WORKERS)
    rows = list(Delivery.objects.filter(owner=home, state__in=("unclear", "given-up")).order_by("-pk")[:5]) if home else []
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 37, "channels/_trouble.html", _trouble))
declare_stage_link(StageLink("tell", 8, "newsletter", gettext_lazy("Newsletter")))
