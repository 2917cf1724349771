"""Time in councils, as proof of duties: it stands when the minutes are approved."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, Value, When

from tertia.core.facts.expressions import Minute
from tertia.core.records.deeds import Deeds, declare_deeds
from tertia.plan.councils.models import Presence

__all__ = ["SITTINGS", "SORT"]

#: the kind of work, as the catalogue of functions names it
SORT = "council"
_HOURS = ExpressionWrapper((Minute("left_at") - Minute("came_at")) / Value(60.0), output_field=DecimalField(max_digits=6, decimal_places=2))


def _rows(organisation: Any) -> Any:
    rows = Presence.objects.filter(
        invitation__meeting__owner=organisation, invitation__person__isnull=False, left_at__isnull=False
    ).exclude(invitation__answer="deputy")
    return rows.order_by().annotate(
        deed_person=F("invitation__person_id"), deed_record=F("invitation__meeting_id"), deed_day=F("invitation__meeting__starts_on"),
        deed_sort=Value(SORT), deed_claimed=_HOURS, deed_signed=Case(When(invitation__meeting__state="approved", then=_HOURS), default=None),
        deed_host=F("invitation__meeting__council__title"),
    )  # fmt: skip


SITTINGS = declare_deeds(Deeds("councils", _rows))
