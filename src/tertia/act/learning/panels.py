"""What study shows on Act and on Today."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from tertia.act.learning.models import Course, OutcomeChange, Reflection
from tertia.act.learning.queries import courses_of, programmes
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.records.models import Link


def _to_read(request: Any) -> dict[str, Any] | None:
    """Reflections that wait for their teacher."""
    if not request.actor.person_id:
        return None
    rows = list(
        Reflection.objects.filter(course__in=courses_of(request.actor), handed_in_at__isnull=False, assessment=None).select_related(
            "course", "person"
        )[:10]
    )
    return {"rows": rows} if rows else None


def _changed(request: Any, record: Any) -> dict[str, Any] | None:
    """Below a council's decision that changed courses or programmes: what outcomes said before, and say since."""
    if getattr(record, "kind", "") != "decision" or record.starts_on is None:
        return None
    upper = list(Link.objects.filter(relation="changes", lower=record.pk).values_list("upper", flat=True))
    if not upper:
        return None
    courses = Course.objects.filter(Q(pk__in=upper) | Q(programmes__in=upper))
    rows = list(
        OutcomeChange.objects.filter(outcome__course__in=courses, on__gte=record.starts_on)
        .select_related("outcome__course")
        .order_by("on", "pk")[:30]
    )
    return {"rows": rows}


def _line(request: Any) -> str:
    count = programmes(ANONYMOUS).filter(service_count__gt=0).count()
    return ngettext("service in %(n)d programme", "service in %(n)d programmes", count) % {"n": count}


declare_panel(Panel("today", 30, "learning/_to_read.html", _to_read))
declare_stage_link(StageLink("act", 30, "programmes", gettext_lazy("Service in study"), _line))
declare_panel(Panel("record", 50, "learning/_changed_outcomes.html", _changed))
