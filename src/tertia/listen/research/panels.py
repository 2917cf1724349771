"""What research shows on Listen, on Today and on the pages of organisations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.listen.research.models import Question, StudyUse, Topic
from tertia.listen.research.queries import questions_for, studies_for

SPEAKS = ("office", "leader", "partner", "editor")


def _line(request: Any) -> str:
    rows = studies_for(ANONYMOUS).filter(about="region")
    count, running = rows.count(), rows.filter(state="running").count()
    words = ngettext("%(n)d study", "%(n)d studies", count) % {"n": count}
    return words + (", " + _("%(n)d running") % {"n": running} if running else "")


def _questions(request: Any) -> str:
    count = questions_for(ANONYMOUS).filter(state__in=("asked", "offered", "taken")).count()
    return ngettext("%(n)d question without an answer", "%(n)d questions without an answer", count) % {"n": count}


def _waiting(request: Any) -> dict[str, Any] | None:
    """Offers that wait for a chair, and uses that wait for the word of a body."""
    mine = request.actor.organisations(*SPEAKS)
    if not mine:
        return None
    faculties = Q(chair__parent__in=mine, chair__parent__kind="unit")
    offers = Topic.objects.filter(Q(chair__in=mine) | faculties, state="offered").select_related("question", "chair")[:10]
    uses = StudyUse.objects.filter(state="asked", body__in=mine).select_related("study", "body")[:10]
    rows = [{"record": t.question, "chair": t.chair} for t in offers] + [{"record": u.study, "words": u.words} for u in uses]
    return {"rows": rows} if rows else None


def _latest(request: Any) -> dict[str, Any] | None:
    """The questions of the region that wait, for the page of the stage."""
    rows = list(questions_for(ANONYMOUS).filter(state__in=("asked", "offered", "taken"))[:5])
    return {"rows": rows} if rows else None


def _of_organisation(request: Any, organisation: Any) -> dict[str, Any] | None:
    asked = list(Question.objects.visible_to(request.actor).filter(body=organisation).order_by("-asked_on", "-pk")[:10])
    used = list(
        StudyUse.objects.filter(body=organisation, state="confirmed", study__visibility="public").exclude(study__state="merged").select_related("study").order_by("-on")[:10]
    )  # fmt: skip
    return {"asked": asked, "used": used} if asked or used else None


declare_panel(Panel("today", 25, "research/_waiting.html", _waiting))
declare_panel(Panel("stage-listen", 40, "research/_latest.html", _latest))
declare_panel(Panel("organisation", 45, "research/_of_organisation.html", _of_organisation))
declare_stage_link(StageLink("listen", 50, "studies", gettext_lazy("Studies"), _line))
declare_stage_link(StageLink("listen", 55, "regional_questions", gettext_lazy("Questions of the region"), _questions))
