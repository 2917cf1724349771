"""Sheets of hours whose term has passed without a signature."""

from __future__ import annotations

from tertia.act.activities.actions import escalate_sheet
from tertia.act.activities.models import HoursSheet
from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock

__all__ = ["escalate_sheets"]


@declare_round("activities.escalate", every="day")
def escalate_sheets() -> int:
    """Tell the office of each sheet once. Returns how many were told now."""
    today = clock.today()
    rows = HoursSheet.objects.filter(state="asked", escalated_on=None, sign_by__lt=today).select_related("owner", "activity__host")
    return sum(escalate_sheet(by=Actor.system("attestation"), sheet=sheet, on=today).escalated_on == today for sheet in rows)
