"""What money shows on the page of a record: sums by kind, and where to write one down."""

from __future__ import annotations

from typing import Any

from tertia.core.money.actions import MAY_WRITE
from tertia.core.money.queries import sums_of
from tertia.core.money.words import KIND_WORDS
from tertia.core.panels.declare import Panel, declare_panel

__all__ = ["MONEYED"]

#: kinds of record that money is written down for
MONEYED = ("activity", "project", "agreement", "measure")


def _sums(request: Any, record: Any) -> dict[str, Any] | None:
    if record.kind not in MONEYED:
        return None
    sums = sums_of([record.pk]).get(record.pk, {})
    may = MAY_WRITE(request.actor, {"record": record})
    if not sums and not may:
        return None
    return {"sums": [(KIND_WORDS[kind], sums[kind]) for kind in KIND_WORDS if kind in sums], "may": may, "pk": record.pk}


declare_panel(Panel("record-facts", 50, "money/_sums.html", _sums))
