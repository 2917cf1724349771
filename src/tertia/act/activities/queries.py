"""What is asked of activities and hours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.models import Activity, HoursSheet, Participation
from tertia.core.languages.formatting import number

__all__ = ["activities_for", "hours_lines", "sheet_totals", "sheets_waiting"]


def activities_for(actor: Any, *, after: dt.date | None = None) -> QuerySet[Activity]:
    """Activities that the actor may see; with `after` those from that day on, the nearest first."""
    rows: Any = Activity.objects.visible_to(actor).select_related("host", "unit", "place", "owner")
    return rows.filter(ends_on__gte=after).order_by("starts_at") if after else rows.order_by("-starts_at")


def sheet_totals(sheet_ids: list[int]) -> dict[int, tuple[Decimal, Decimal, int]]:
    """For each sheet: hours claimed, hours signed, people."""
    rows = (
        Participation.objects.filter(sheet__in=sheet_ids)
        .values("sheet")
        .annotate(claimed=Sum("hours_claimed"), signed=Sum("hours_signed"), people=Count("pk"))
    )
    return {r["sheet"]: (r["claimed"] or Decimal(0), r["signed"] or Decimal(0), r["people"]) for r in rows}


def hours_lines(records: list[Any]) -> dict[int, str]:
    """What the thread says under a sheet of hours: signed or only claimed."""
    language = (get_language() or "en")[:2]
    totals = sheet_totals([r.pk for r in records])
    lines = {}
    for record in records:
        claimed, signed, people = totals.get(record.pk, (Decimal(0), Decimal(0), 0))
        if record.state == "signed":
            lines[record.pk] = _("%(hours)s h signed by the host, %(people)d people") % {
                "hours": number(signed, language, 1),
                "people": people,
            }
        else:
            lines[record.pk] = _("%(hours)s h claimed, not signed") % {"hours": number(claimed, language, 1)}
    return lines


def sheets_waiting(actor: Any) -> QuerySet[HoursSheet]:
    """Sheets of the actor's organisations that a host has not signed yet, the longest waiting first."""
    inside = actor.organisations("member", "editor", "office", "leader")
    rows: Any = HoursSheet.objects.filter(Q(owner__in=inside), state__in=("claimed", "asked", "refused"))
    return (
        rows.select_related("activity__host", "owner")
        .annotate(claimed=Sum("participations__hours_claimed"), people=Count("participations"))
        .order_by("asked_on", "pk")
    )
