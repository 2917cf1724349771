"""Joint projects: the list, proposing one, its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.projects.actions import (
    MAY_AGREE,
    MAY_CONFIRM,
    SPEAKS,
    With,
    add_stage,
    agree_to_lead,
    confirm_result,
    finish_stage,
    propose_project,
    state_result,
    stop_project,
    write_log,
)
from tertia.act.projects.forms import LINES, ConfirmForm, JoinForm, ProjectForm, StageForm
from tertia.act.projects.kinds import PROJECT, SAYS
from tertia.act.projects.models import Confirmation, Project
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, own_here
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named

__all__ = ["project", "project_list", "project_new"]


def project_list(request: Any) -> HttpResponse:
    rows: Any = (
        own_here(Project.objects.visible_to(request.actor)).select_related("owner").order_by(F("starts_on").desc(nulls_last=True), "-pk")
    )
    state = request.GET.get("state", "")
    if state in PROJECT.lifecycle.states:
        rows = rows.filter(state=state)
    page = Pages(rows.prefetch_related("parties__organisation"), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "states": PROJECT.lifecycle.states,
        "state": state,
        "may_add": home_of(request.actor, *OFFICE) is not None,
        "stage": "act",
    }
    return render(request, "projects/project_list.html", context)


@login_required
def project_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    solves = record_named(request.actor, request.GET.get("from", ""), "need", "conversation", "proposal", "measure")
    form = ProjectForm(
        request.POST or None,
        partners=organisations().exclude(pk=owner.pk),
        units=Organisation.objects.filter(parent=owner),
        initial={"starts_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        parties = [
            With(given[f"partner_{n}"], given[f"leads_{n}"], text_of({"w": given[f"gives_{n}"]}, "w"))
            for n in range(1, LINES + 1)
            if given[f"partner_{n}"] is not None
        ]
        kept = {name: given[name] for name in ("title", "summary", "expected", "how_seen", "starts_on", "ends_on", "unit")}
        try:
            made = propose_project(by=request.actor, owner=owner, parties=parties, solves=solves, on=clock.today(), **kept)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Proposed; every other leader is asked."))
            return redirect("project", slug=made.slug)
    return render(request, "projects/project_new.html", {"form": form, "solves": solves, "stage": "act"})


def project(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Project, slug=slug)
    parties = list(record.parties.select_related("organisation"))
    mine = next((p for p in parties if p.agreed_on and request.actor.has(p.organisation_id, *SPEAKS)), None)
    asked = next((p for p in parties if not p.agreed_on and MAY_AGREE(request.actor, {"party": p})), None)
    confirmations = list(record.confirmations.select_related("organisation", "person"))
    waiting = next((c for c in confirmations if c.answered_on is None and MAY_CONFIRM(request.actor, {"confirmation": c})), None)
    doing = request.POST.get("do", "")
    forms = {
        "stage": StageForm(request.POST if doing == "stage" else None), "join": JoinForm(request.POST if doing in ("yes", "no") else None),
        "confirm": ConfirmForm(request.POST if doing == "confirm" else None),
    }  # fmt: skip
    if request.method == "POST":
        try:
            if _act(request, record, doing, forms, mine, asked, waiting):
                return redirect("project", slug=slug)
        except TertiaError as error:
            form = forms.get("join" if doing in ("yes", "no") else doing)
            if form is None:
                messages.error(request, error.sentence())
                return redirect("project", slug=slug)
            add_refusal(form, error)
    for one in confirmations:
        one.said = SAYS.get(one.says, "")
    parts: Any = (
        Record.objects.visible_to(request.actor)
        .filter(links_up__upper=record, links_up__relation="of-project")
        .order_by(F("starts_on").desc(nulls_last=True), "-pk")
    )
    context = record_context(
        request, record, parties=parties, mine=mine, asked=asked, waiting=waiting, confirmations=confirmations, forms=forms, milestones=list(record.stages.select_related("organisation")),
        log=list(record.log.select_related("organisation")[:50]), parts=list(parts[:20]), works=request.actor.has(record.owner_id, *OFFICE),
        outcomes=list(record.seen_outcomes.select_related("confirmed_by")), open_stages=record.state in ("proposed", "running"),
    )  # fmt: skip
    return render(request, "projects/project.html", context)


def _act(request: Any, record: Project, doing: str, forms: Any, mine: Any, asked: Any, waiting: Confirmation | None) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    by, today = request.actor, clock.today()
    body = mine.organisation if mine else record.owner
    if doing in ("yes", "no") and asked is not None:
        if not forms["join"].is_valid():
            return False
        agree_to_lead(by=by, party=asked, yes=doing == "yes", on=today, **forms["join"].cleaned_data)
    elif doing == "stage":
        if not forms["stage"].is_valid():
            return False
        add_stage(by=by, project=record, organisation=body, **forms["stage"].cleaned_data)
    elif doing == "done":
        stage = scoped_or_404(record.stages.all(), pk=id_of(request.POST.get("which")))
        finish_stage(by=by, project=record, organisation=body, stage=stage, on=today)
    elif doing == "log":
        write_log(by=by, project=record, organisation=body, words=text_of(request.POST, "words"), on=today)
    elif doing == "result":
        state_result(by=by, project=record, result=text_of(request.POST, "result"), on=today)
        messages.success(request, _("Stated; those who asked are asked."))
    elif doing == "confirm" and waiting is not None:
        if not forms["confirm"].is_valid():
            return False
        confirm_result(by=by, confirmation=waiting, on=today, **forms["confirm"].cleaned_data)
    elif doing == "stop":
        stop_project(by=by, project=record, words=text_of(request.POST, "words"), on=today)
    return True
