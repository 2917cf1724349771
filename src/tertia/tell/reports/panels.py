"""What reports show on Tell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.tell.reports.queries import editions_for


def _line(request: Any) -> str:
    count = editions_for(ANONYMOUS).filter(state="written").count()
    return ngettext("%(n)d annual report", "%(n)d annual reports", count) % {"n": count}


def _editions(request: Any) -> dict[str, Any] | None:
    rows = list(editions_for(request.actor).filter(state="written")[:6])
    return {"rows": rows} if rows else None


declare_panel(Panel("stage-tell", 10, "reports/_editions.html", _editions))
declare_stage_link(StageLink("tell", 10, "reports", gettext_lazy("Annual reports"), _line))
