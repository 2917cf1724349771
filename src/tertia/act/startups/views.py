"""Graduate start-ups: the list, writing one down, its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.startups.actions import change_startup, confirm_startup, end_startup, register_startup, withdraw_startup
from tertia.act.startups.forms import ConfirmForm, EndForm, StartupForm
from tertia.act.startups.kinds import STARTUP
from tertia.act.startups.models import Startup
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, own_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named

__all__ = ["startup", "startup_change", "startup_list", "startup_new"]


def startup_list(request: Any) -> HttpResponse:
    rows: Any = own_here(Startup.objects.visible_to(request.actor)).select_related("owner", "unit").order_by("-starts_on", "-pk")
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state in STARTUP.lifecycle.states else rows.exclude(state="withdrawn")
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "states": STARTUP.lifecycle.states, "state": state, "stage": "act",
        "may_add": home_of(request.actor, *WORKERS) is not None,
    }  # fmt: skip
    return render(request, "startups/startup_list.html", context)


def _form(request: Any, owner: Any, **more: Any) -> StartupForm:
    firms = organisations().exclude(pk=owner.pk)
    return StartupForm(request.POST or None, firms=firms, units=Organisation.objects.filter(parent=owner), **more)


@login_required
def startup_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    grew_from = record_named(request.actor, request.GET.get("from", ""), "activity", "course", "project", "study")
    form = _form(request, owner)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_startup(by=request.actor, owner=owner, grew_from=grew_from, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down. After a year you are asked whether it works."))
            return redirect("startup", slug=made.slug)
    context = {"form": form, "grew_from": grew_from, "stage": "act"}
    return render(request, "startups/startup_form.html", context, status=400 if form.errors else 200)


def startup(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Startup, slug=slug)
    works, today, doing = request.actor.has(record.owner_id, *WORKERS), clock.today(), request.POST.get("do", "")
    forms: dict[str, Any] = {
        "confirm": ConfirmForm(request.POST if doing == "confirm" else None), "end": EndForm(request.POST if doing == "end" else None, initial={"ends_on": today}),
    }  # fmt: skip
    form = forms.get(doing)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if doing == "confirm":
                confirm_startup(by=request.actor, startup=record, on=today, **forms["confirm"].cleaned_data)
            elif doing == "end":
                end_startup(by=request.actor, startup=record, **forms["end"].cleaned_data)
            elif doing == "withdraw":
                withdraw_startup(by=request.actor, startup=record)
        except TertiaError as error:
            if form is None:
                raise
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("startup", slug=slug)
    context = record_context(request, record, works=works, forms=forms, year_over=record.year_over_on <= today)
    return render(request, "startups/startup.html", context)


@login_required
def startup_change(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Startup, slug=slug)
    if not request.actor.has(record.owner_id, *WORKERS):
        raise Http404
    names = ("title", "summary", "starts_on", "graduated_in", "helped_with", "organisation", "unit")
    form = _form(request, record.owner, initial={name: getattr(record, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_startup(by=request.actor, startup=record, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("startup", slug=slug)
    context = {"form": form, "record": record, "stage": "act"}
    return render(request, "startups/startup_form.html", context, status=400 if form.errors else 200)
