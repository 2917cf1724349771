"""Where a university's own site and the page for journalists are found."""

from __future__ import annotations

from typing import Any

from tertia.core.panels.declare import Panel, declare_panel
from tertia.core.parties.queries import university_here


def _site(request: Any, organisation: Any) -> dict[str, Any] | None:
    return {"owner": organisation} if organisation.hosts else None


def _foot(request: Any) -> dict[str, Any] | None:
    here = university_here()
    return {"rows": [here]} if here else None


declare_panel(Panel("organisation", 1, "site/_of_organisation.html", _site))
declare_panel(Panel("stage-tell", 90, "site/_press.html", _foot))
