"""What joint projects show on Act, on Today and on the page of an organisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.act.projects.models import Confirmation, Project, ProjectParty
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link


def _line(request: Any) -> str:
    count = Project.objects.visible_to(ANONYMOUS).filter(state__in=("proposed", "running", "finished")).count()
    return ngettext("%(n)d joint project", "%(n)d joint projects", count) % {"n": count}


def _waiting(request: Any) -> dict[str, Any] | None:
    """Projects that wait for a body's yes, or for the word of somebody who asked."""
    mine = request.actor.organisations("office", "leader", "partner")
    if not mine and request.actor.person_id is None:
        return None
    asked = [p.project for p in ProjectParty.objects.filter(organisation__in=mine, agreed_on=None).select_related("project")[:10]]
    to_confirm = Confirmation.objects.filter(answered_on=None).select_related("project")
    rows = [c.project for c in to_confirm.filter(organisation__in=mine)[:10]]
    if request.actor.person_id is not None:
        rows += [c.project for c in to_confirm.filter(person=request.actor.person_id)[:10]]
    found = {p.pk: p for p in [*asked, *rows]}
    return {"rows": list(found.values())} if found else None


def _of_organisation(request: Any, organisation: Any) -> dict[str, Any] | None:
    rows = list(
        Project.objects.visible_to(request.actor)
        .filter(parties__organisation=organisation, parties__agreed_on__isnull=False)
        .distinct()[:10]
    )
    return {"rows": rows} if rows else None


declare_panel(Panel("today", 16, "projects/_waiting.html", _waiting))
declare_panel(Panel("organisation", 20, "projects/_of_organisation.html", _of_organisation))
declare_stage_link(StageLink("act", 15, "projects", gettext_lazy("Joint projects"), _line))
