"""What activities give to measuring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tertia.act.activities.models import Activity, Participation
from tertia.core.facts.declare import Column, FactTable, declare_facts, person_key
from tertia.core.records.models import Link

__all__ = ["ACTIVITY", "PARTICIPATION"]


def _activities(organisation: Any) -> Iterator[dict[str, Any]]:
    served = set(Link.objects.filter(relation="serves", lower__owner=organisation).values_list("lower_id", flat=True))
    rows = Activity.objects.filter(owner=organisation).exclude(state="withdrawn").select_related("host", "unit", "sheet", "place")
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        sheet = getattr(row, "sheet", None)
        yield {
            "record": row.pk, "day": row.starts_on, "unit": row.unit.slug if row.unit else None, "held": row.state == "held",
            "open_to_public": row.open_to_public, "partner": row.host.slug if row.host else None,
            "partner_kind": row.host.kind if row.host else None, "signed": bool(sheet and sheet.state == "signed"),
            "serves_need": row.pk in served, "region": row.place.code if row.place else None,
        }  # fmt: skip


def _participations(organisation: Any) -> Iterator[dict[str, Any]]:
    rows = Participation.objects.filter(sheet__owner=organisation).select_related("sheet__activity__host", "unit")
    for row in rows.order_by("pk").iterator(chunk_size=5000):
        host = row.sheet.activity.host
        yield {
            "record": row.pk, "sheet": row.sheet_id, "activity": row.sheet.activity_id, "day": row.sheet.starts_on,
            "unit": row.unit.slug if row.unit else None, "person": person_key(organisation, row.person_id), "role": row.role,
            "hours_claimed": row.hours_claimed, "hours": row.hours_signed, "attested": row.sheet.state == "signed",
            "partner": host.slug if host else None, "partner_kind": host.kind if host else None,
        }  # fmt: skip


ACTIVITY = declare_facts(
    FactTable(
        "activity", 1, "One row for each activity that was not called off.", _activities,
        (
            Column("record", "int", "id of the activity"), Column("day", "date", "first day"), Column("unit", "text", "faculty or unit"),
            Column("held", "bool", "took place"), Column("open_to_public", "bool", "open to the public"),
            Column("partner", "text", "host"), Column("partner_kind", "text", "kind of host"),
            Column("signed", "bool", "the host has signed its hours"), Column("serves_need", "bool", "serves a registered need"),
            Column("region", "text", "ISO 3166-2 code"),
        ),
    )
)  # fmt: skip
PARTICIPATION = declare_facts(
    FactTable(
        "participation", 1, "One row for each person's part in an activity.", _participations,
        (
            Column("record", "int", "id of the participation"), Column("sheet", "int", "id of the sheet of hours"),
            Column("activity", "int", "id of the activity"), Column("day", "date", "day of the activity"),
            Column("unit", "text", "faculty or unit of the person"), Column("person", "text", "keyed hash of the person"),
            Column("role", "text", "student, staff or outside"), Column("hours_claimed", "decimal", "hours claimed"),
            Column("hours", "decimal", "hours signed by the host; empty until then"), Column("attested", "bool", "the host has signed"),
            Column("partner", "text", "host"), Column("partner_kind", "text", "kind of host"),
        ),
    )
)  # fmt: skip
