"""Parts of staff in activities, as proof of duties."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from tertia.act.activities.models import Participation
from tertia.core.records.deeds import Deeds, declare_deeds

__all__ = ["PARTS"]


def _rows(organisation: Any) -> Any:
    rows = Participation.objects.filter(sheet__owner=organisation, role=Participation.Role.STAFF, person__isnull=False).exclude(
        sheet__activity__state="withdrawn"
    )
    return rows.order_by().annotate(
        deed_person=F("person_id"), deed_record=F("sheet__activity_id"), deed_day=F("sheet__starts_on"), deed_sort=F("sheet__activity__engagement"),
        deed_claimed=F("hours_claimed"), deed_signed=F("hours_signed"), deed_host=F("sheet__activity__host__name"),
    )  # fmt: skip


PARTS = declare_deeds(Deeds("activities", _rows))
