"""Decisions: all that is to be done over all meetings, and one of them with what it changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.pages import Pages
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import own_here
from tertia.core.periods import clock
from tertia.core.records.models import Link, Record
from tertia.core.records.pages import record_context
from tertia.plan.councils.actions import link_change, report_done
from tertia.plan.councils.queries import councils_for, decisions_for, meetings_for
from tertia.plan.councils.views.councils import keeps

__all__ = ["decision", "decision_list"]

VIEWS = ("open", "late", "mine", "done", "all")


def decision_list(request: Any) -> HttpResponse:
    """What councils decided: what is to be done, what is late, what is mine; over all meetings and councils."""
    today, view = clock.today(), request.GET.get("view", "open")
    rows = own_here(decisions_for(request.actor)).filter(at_once=False)
    council = councils_for(request.actor).filter(slug=request.GET.get("council", "")).first()
    if council is not None:
        rows = rows.filter(council=council)
    mine = rows.filter(responsible=request.actor.person_id, state="to-do") if request.actor.person_id else rows.none()
    counts = {
        "open": rows.filter(state="to-do").count(),
        "late": rows.filter(state="to-do", due_on__lt=today).count(),
        "mine": mine.count(),
    }
    shown = {
        "open": rows.filter(state="to-do"), "late": rows.filter(state="to-do", due_on__lt=today), "mine": mine, "done": rows.filter(state="done"), "all": rows,
    }.get(view, rows.filter(state="to-do"))  # fmt: skip
    page = Pages(shown.order_by("-due_on", "-pk") if view in ("done", "all") else shown.order_by("due_on", "pk"), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "rows": page.object_list, "view": view if view in VIEWS else "open", "counts": counts, "council": council, "stage": "plan", "today": today,
        "councils": list(councils_for(request.actor)),
    }  # fmt: skip
    return render(request, "councils/decision_list.html", context)


def decision(request: Any, slug: str) -> HttpResponse:
    record = scoped_or_404(decisions_for(request.actor), slug=slug)
    works, fault = keeps(request.actor, record.council), ""
    does = bool(record.responsible_id and record.responsible_id == request.actor.person_id) or bool(
        record.body_id and record.body_id in request.actor.organisations("office", "leader", "partner")
    )
    if request.method == "POST" and (works or does):
        try:
            if request.POST.get("do") == "done":
                report_done(by=request.actor, decision=record, words=text_of(request.POST, "words"), on=clock.today())
                return redirect("decision", slug=slug)
            if request.POST.get("do") == "change":
                seen = Record.objects.visible_to(request.actor).filter(kind__in=("programme", "course"))
                link_change(by=request.actor, decision=record, record=scoped_or_404(seen, pk=id_of(request.POST.get("which"))))
                return redirect("decision", slug=slug)
        except TertiaError as error:
            fault = error.sentence()
    language = (get_language() or "en")[:2]
    changed = [link.upper for link in Link.objects.filter(relation="changes", lower=record).select_related("upper")]
    programmes = (
        Record.objects.visible_to(request.actor)
        .filter(owner=record.owner_id, kind__in=("programme", "course"))
        .exclude(pk__in=[c.pk for c in changed])
    )
    context = record_context(
        request, record, works_council=works, does=does, fault=fault, reviews=list(record.reviews.select_related("item__meeting").order_by("pk")), changed=changed,
        may_read_meeting=meetings_for(request.actor).filter(pk=record.meeting_id).exists(), may_link=[(p.pk, f"{p.declared.label}: {p.title.read(language).text}") for p in programmes.order_by("kind", "pk")[:300]] if works else [],
        late=record.state == "to-do" and record.due_on is not None and record.due_on < clock.today(),
    )  # fmt: skip
    return render(request, "councils/decision.html", context, status=400 if fault else 200)
