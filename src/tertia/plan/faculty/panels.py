"""What the faculty shows on Plan and on Today."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.plan.faculty.models import Profile, ReviewLine
from tertia.plan.faculty.queries import assignments_for


def _waiting(request: Any) -> dict[str, Any] | None:
    """Assignments that wait for the reader's word: the own one, and those of units that the reader leads."""
    if not request.actor.person_id:
        return None
    me = request.actor.person_id
    rows = assignments_for(request.actor).filter(state="offered").order_by("offered_at", "pk")
    led = request.actor.organisations("editor", "leader")
    found = [a for a in rows[:40] if (a.turn == "person") == (a.person_id == me) and (a.person_id == me or a.organisation_id in led)]
    return {"rows": found[:10]} if found else None


def _to_review(request: Any) -> dict[str, Any] | None:
    """Profiles that the reader is to look through."""
    if not request.actor.person_id:
        return None
    rows = ReviewLine.objects.filter(responsible=request.actor.person_id, done_on=None, review__state="underway")
    found = list(rows.select_related("review", "profile").order_by("review__due_on", "pk")[:10])
    return {"rows": found, "today": clock.today()} if found else None


def _line(request: Any) -> str:
    mine = assignments_for(request.actor).filter(person=request.actor.person_id, starts_on=academic_year(clock.today()).start).first()
    if mine is not None:
        return str(
            {
                "draft": _("your assignment is being written"),
                "offered": _("your assignment waits"),
                "agreed": _("your assignment is agreed"),
            }[mine.state]
        )
    count = Profile.objects.visible_to(request.actor).exclude(state="retired").count()
    return ngettext("%(n)d position profile", "%(n)d position profiles", count) % {"n": count} if count else ""


declare_panel(Panel("today", 21, "faculty/_waiting.html", _waiting))
declare_panel(Panel("today", 43, "faculty/_to_review.html", _to_review))
declare_stage_link(StageLink("plan", 28, "profiles", _("Duties of the faculty"), _line))
