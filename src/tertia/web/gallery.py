"""What the page of the design system shows: invented values for every component and state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["gallery"]

COLOURS = (
    ("paper", "#FBFBFA", "#0F1615"), ("surface", "#FFFFFF", "#16201F"), ("sunk", "#F0F3F1", "#1C2827"), ("ink", "#14201F", "#EAEFED"),
    ("ink 2", "#46524F", "#B7C2BF"), ("ink 3", "#5D6965", "#96A39F"), ("accent", "#00616B", "#74C7CD"), ("chosen", "#E0EEEE", "#12333A"),
    ("signal", "#A3420B", "#F2A477"), ("signal tint", "#FAECE3", "#382318"), ("control edge", "#78837F", "#758581"), ("rule", "#DBE0DD", "#2D3A38"),
)  # fmt: skip
SIGNS = (
    ("done", _("answered or carried out")), ("underway", _("accepted, under way")), ("open", _("received, still in time")),
    ("silent", _("silent after the date")), ("declined", _("declined, with a reason")), ("none", _("not asked, or nothing on record")),
)  # fmt: skip


def gallery() -> dict[str, Any]:
    return {"colours": COLOURS, "signs": SIGNS, "days": (3, 41, 118, 260), "stage": ""}
