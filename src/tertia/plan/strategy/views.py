"""Measures: the list, planning one, its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import WORKERS
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.plan.strategy.actions import move_measure, plan_measure
from tertia.plan.strategy.forms import MeasureForm
from tertia.plan.strategy.models import Measure
from tertia.plan.strategy.queries import measures_for

__all__ = ["measure", "measure_list", "measure_new"]


def measure_list(request: Any) -> HttpResponse:
    page = Paginator(measures_for(request.actor), 50).get_page(request.GET.get("page"))
    return render(request, "strategy/measure_list.html", {"page": page, "rows": page.object_list, "stage": "plan"})


@login_required
def measure_new(request: Any) -> HttpResponse:
    """A new measure; with `from` it answers a recommendation or a need."""
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    answers = record_named(request.actor, request.GET.get("from", ""), "recommendation", "need", "conversation", "proposal", "target")
    form = MeasureForm(request.POST or None, units=Organisation.objects.filter(parent=owner))
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_measure(
                by=request.actor,
                owner=owner,
                answers=answers,
                responsible=request.actor.person,
                demonstration=owner.demonstration,
                **form.cleaned_data,
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The measure is planned."))
            return redirect("measure", slug=made.slug)
    return render(request, "strategy/measure_new.html", {"form": form, "answers": answers, "stage": "plan"})


def measure(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Measure, slug=slug)
    if request.method == "POST":
        move_measure(by=request.actor, measure=record, state=request.POST.get("state", ""))
        messages.success(request, _("Saved."))
        return redirect("measure", slug=slug)
    lifecycle = record.declared.lifecycle
    moves = [(after, lifecycle.words(after)) for after in lifecycle.states if lifecycle.may_move(record.state, after)]
    return render(request, "strategy/measure.html", record_context(request, record, moves=moves, corrects=_corrects(record, request.actor)))


def _corrects(record: Measure, actor: Any) -> list[Record]:
    """The targets that lag and that this measure shall mend."""
    return list(Record.objects.visible_to(actor).filter(links_down__lower=record, links_down__relation="corrects"))
