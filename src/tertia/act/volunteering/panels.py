"""What volunteering shows on the front page, on Act and on Today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.act.volunteering.actions.safety import WORKERS, reads
from tertia.act.volunteering.models import Incident, Shift
from tertia.act.volunteering.queries import Filters, find, hosted_by, mine
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock


def _wanted(request: Any) -> dict[str, Any] | None:
    rows = list(find(ANONYMOUS, Filters())[:4])
    return {"rows": rows} if rows else None


def _mine(request: Any) -> dict[str, Any] | None:
    """The next shifts that one has promised, and whether somebody asks how free the choice was."""
    if request.actor.person is None:
        return None
    rows = list(mine(request.actor.person).filter(shift__ends_at__gte=clock.now(), shift__called_off=False)[:4])
    asked = mine(request.actor.person).filter(came=True, choice_asked=False).count()
    return (
        {"rows": [{"row": r, "times": r.shift.local(), "record": r.shift.opportunity} for r in rows], "asked": asked}
        if rows or asked
        else None
    )


def _run(request: Any) -> dict[str, Any] | None:
    """For the office and for hosts: what waits to be opened, and shifts of these days with their lists."""
    if not request.actor.roles:
        return None
    now = clock.now()
    drafts = list(hosted_by(request.actor).filter(state="draft").select_related("host")[:10])
    rows = Shift.objects.filter(
        opportunity__in=hosted_by(request.actor).exclude(state="draft").values("pk"), called_off=False, listed_at=None, starts_at__lte=now + dt.timedelta(days=2),
    ).select_related("opportunity")  # fmt: skip
    shown = [{"shift": s, "times": s.local(), "record": s.opportunity, "over": s.ends_at < now} for s in rows[:10]]
    return {"drafts": drafts, "rows": shown} if drafts or shown else None


def _reports(request: Any) -> dict[str, Any] | None:
    """Open reports on safety that the reader may read, and hosts whose check has ended."""
    person = request.actor.person
    owner = home_of(request.actor, *WORKERS) or (Organisation.objects.filter(keeper__person=person).first() if person else None)
    if owner is None:
        return None
    count = sum(reads(request.actor, i) for i in Incident.objects.filter(owner=owner, closed_at=None)[:50])
    return {"count": count} if count else None


def _line(request: Any) -> str:
    count = find(ANONYMOUS, Filters()).count()
    return ngettext("help is wanted in %(n)d place", "help is wanted in %(n)d places", count) % {"n": count}


declare_panel(Panel("home", 15, "volunteering/_wanted.html", _wanted))
declare_panel(Panel("stage-act", 5, "volunteering/_wanted.html", _wanted))
declare_panel(Panel("today", 15, "volunteering/_run.html", _run))
declare_panel(Panel("today", 5, "volunteering/_reports.html", _reports))
declare_panel(Panel("today", 45, "volunteering/_mine.html", _mine))
declare_stage_link(StageLink("act", 5, "opportunities", gettext_lazy("Volunteering"), _line))
