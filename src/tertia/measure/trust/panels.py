"""Where the office finds the signs."""

from __future__ import annotations

from typing import Any

from tertia.core.actions.policies import OFFICE
from tertia.core.panels.declare import Panel, declare_panel
from tertia.core.parties.queries import home_of


def _for_office(request: Any) -> dict[str, Any] | None:
    """The office alone sees that the page is there."""
    return {} if home_of(request.actor, *OFFICE) else None


declare_panel(Panel("stage-measure", 40, "trust/_link.html", _for_office))
