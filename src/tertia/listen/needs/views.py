"""Needs: the register, raising one, its page with the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import organisations
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.models import OwedAnswer
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.listen.needs.actions import answer_need, ask_for_answer, close_need, publish_need, raise_need
from tertia.listen.needs.forms import AnswerForm, AskForm, NeedForm
from tertia.listen.needs.kinds import NEED
from tertia.listen.needs.models import Need
from tertia.listen.needs.queries import needs_for

__all__ = ["need", "need_list", "need_new"]


def need_list(request: Any) -> HttpResponse:
    state, place = request.GET.get("state", ""), request.GET.get("place", "")
    rows = needs_for(request.actor, state=state if state in NEED.lifecycle.states else "", place=place)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "states": NEED.lifecycle.states, "state": state, "stage": "listen"}
    return render(request, "needs/need_list.html", context)


def need_new(request: Any) -> HttpResponse:
    """Anybody may raise a need; whoever is signed in hears what becomes of it."""
    today = clock.today()
    owner = Organisation.objects.filter(hosts=True).order_by("pk").first()
    mine = Organisation.objects.filter(pk__in=request.actor.organisations("office", "leader", "partner", "editor"))
    form = NeedForm(request.POST or None, places=regions_on(today), mine=mine)
    if request.method == "POST" and form.is_valid() and owner:
        given = dict(form.cleaned_data)
        asked_by = given.pop("asked_by", None)
        asker = {"akimat": "akimat", "university": "unit"}.get(asked_by.kind, "partner") if asked_by else "citizen"
        try:
            made = raise_need(
                by=request.actor, owner=owner, raised_on=today, asker=asker, asked_by=asked_by, demonstration=owner.demonstration, **given
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return render(request, "needs/need_raised.html", {"need": made, "stage": "listen"})
    return render(request, "needs/need_new.html", {"form": form, "stage": "listen", "owner": owner})


def need(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Need, slug=slug)
    owed = list(record.owed_answers.select_related("party").prefetch_related("steps"))
    works = request.actor.has(record.owner_id, "editor", "office", "leader", "administrator")
    ask_form = AskForm(request.POST if request.POST.get("do") == "ask" else None, parties=organisations()) if works else None
    may_answer = next(
        (
            o
            for o in owed
            if o.is_open
            and (
                request.actor.has(o.party_id, "office", "leader", "editor", "partner")
                or request.actor.has(record.owner_id, "office", "leader")
            )
        ),
        None,
    )
    answer_form = AnswerForm(request.POST if request.POST.get("do") == "answer" else None) if may_answer else None
    if request.method == "POST" and _act(request, record, ask_form, answer_form, may_answer):
        return redirect("need", slug=slug)
    may_close = record.state == "answered" and (
        request.actor.person_id == record.author_id and record.author_id or works and record.author_id is None
    )
    context = record_context(
        request, record, owed=owed, ask_form=ask_form, answer_form=answer_form, answering=may_answer, may_close=may_close,
        may_publish=works and record.visibility != "public",
    )  # fmt: skip
    return render(request, "needs/need.html", context)


def _act(request: Any, record: Need, ask_form: Any, answer_form: Any, owed: OwedAnswer | None) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    doing, today = request.POST.get("do"), clock.today()
    form = {"ask": ask_form, "answer": answer_form}.get(doing)
    if form is not None and not form.is_valid():
        return False
    try:
        if doing == "publish":
            publish_need(by=request.actor, need=record)
        elif doing == "close":
            close_need(by=request.actor, need=record, on=today)
        elif doing == "ask" and form is not None:
            ask_for_answer(by=request.actor, need=record, on=today, **form.cleaned_data)
        elif doing == "answer" and form is not None and owed is not None:
            answer_need(
                by=request.actor, owed=scoped_or_404(OwedAnswer.objects.filter(record=record), pk=owed.pk), on=today, **form.cleaned_data
            )
    except TertiaError as error:
        if form is None:
            raise
        add_refusal(form, error)
        return False
    messages.success(request, _("Saved."))
    return True
