"""The desk of needs: what came in, read and published or not, many at once; joining doubles, attaching evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.access.queries import ids_of
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.files.store import take
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.queries import record_for
from tertia.listen.moderation.actions import appeal
from tertia.listen.moderation.models import Ruling
from tertia.listen.moderation.words import RULES
from tertia.listen.needs.desk_actions import attach_evidence, decline_need, merge_needs, publish_need
from tertia.listen.needs.models import Need

__all__ = ["need_appeal", "need_desk", "needs_desk"]


@login_required
def needs_desk(request: Any) -> HttpResponse:
    """What waits to be read, the oldest first; several are published, or not published by one rule, at once."""
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    waiting = (
        Need.objects.filter(owner=owner, state="raised", visibility="office")
        .select_related("asked_by", "place")
        .order_by("raised_on", "pk")
    )
    fault = ""
    if request.method == "POST":
        chosen = list(waiting.filter(pk__in=ids_of(request.POST.getlist("need"))))
        try:
            _decide(request, chosen)
            return redirect("needs_desk")
        except BadInput as error:
            fault = error.faults[0].sentence
    page = Pages(waiting, 100).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "rules": RULES,
        "fault": fault,
        "sent": request.POST,
        "stage": "listen",
        "count": page.paginator.count,
    }
    return render(request, "needs/desk.html", context, status=400 if fault else 200)


def _decide(request: Any, chosen: list[Need]) -> None:
    if not chosen:
        raise BadInput(Fault("need", _("Tick at least one need.")))
    for need in chosen:
        if request.POST.get("do") == "publish":
            publish_need(by=request.actor, need=need)
        else:
            decline_need(
                by=request.actor, need=need, rule=request.POST.get("rule", ""), words=text_of(request.POST, "words"), on=clock.today()
            )
    messages.success(request, ngettext("%(n)d need was decided.", "%(n)d needs were decided.", len(chosen)) % {"n": len(chosen)})


@login_required
def need_desk(request: Any, slug: str) -> HttpResponse:
    """One need: joining it to another one, attaching evidence, not publishing it."""
    record = record_for(request.actor, Need, slug=slug)
    if not request.actor.has(record.owner_id, *WORKERS):
        raise Http404
    fault = ("", "")
    if request.method == "POST":
        doing = request.POST.get("do", "")
        try:
            _change(request, record, doing)
            messages.success(request, _("Saved."))
            return redirect("need", slug=slug)
        except BadInput as error:
            fault = (doing, error.faults[0].sentence)
    context = {"record": record, "rules": RULES, "fault": fault, "sent": request.POST, "stage": "listen"}
    return render(request, "needs/need_desk.html", context, status=400 if fault[1] else 200)


def _change(request: Any, record: Need, doing: str) -> None:
    post, today = request.POST, clock.today()
    if doing == "merge":
        named = post.get("into", "").strip().strip("/").rsplit("/", 1)[-1]
        where = {"pk": int(named)} if named.isdecimal() and len(named) < 15 else {"slug": named}
        merge_needs(by=request.actor, need=record, into=get_object_or_404(Need, owner=record.owner_id, **where), on=today)
    elif doing == "decline":
        decline_need(by=request.actor, need=record, rule=post.get("rule", ""), words=text_of(post, "words"), on=today)
    elif doing == "attach":
        upload = request.FILES.get("file")
        if upload is None:
            raise BadInput(Fault("file", _("Choose a file.")))
        attach_evidence(by=request.actor, need=record, taken=take(upload), name=upload.name, words=post.get("words", ""))


@login_required
def need_appeal(request: Any, slug: str) -> HttpResponse:
    """The asker appeals against not publishing his need."""
    record = record_for(request.actor, Need, slug=slug)
    ruling = get_object_or_404(Ruling, what="need", subject_id=record.pk, author=request.actor.person)
    fault = ""
    if request.method == "POST":
        try:
            appeal(by=request.actor, ruling=ruling, words=text_of(request.POST, "words"), on=clock.today())
            messages.success(request, _("Your appeal is with the office; somebody else decides."))
            return redirect("need", slug=slug)
        except BadInput as error:
            fault = error.faults[0].sentence
    context = {
        "record": record,
        "ruling": ruling,
        "rule": RULES.get(ruling.rule, ("",))[0],
        "fault": fault,
        "sent": request.POST,
        "stage": "listen",
    }
    return render(request, "needs/appeal.html", context, status=400 if fault else 200)
