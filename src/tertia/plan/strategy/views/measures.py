"""Measures: the list, planning one, its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, own_here
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.plan.strategy.actions import change_measure, move_measure, plan_measure, say_news, wait_for
from tertia.plan.strategy.forms import MeasureForm
from tertia.plan.strategy.models import Measure
from tertia.plan.strategy.queries import doubts_of, measures_for, progress_of, strategies_for
from tertia.plan.strategy.vocabulary import doubt_words

__all__ = ["measure", "measure_change", "measure_list", "measure_new"]

ANSWERED = ("recommendation", "need", "conversation", "proposal", "decision", "target")


def measure_list(request: Any) -> HttpResponse:
    page = Pages(own_here(measures_for(request.actor)), 50).get_page(request.GET.get("page"))
    return render(request, "strategy/measure_list.html", {"page": page, "rows": page.object_list, "stage": "plan"})


@login_required
def measure_new(request: Any) -> HttpResponse:
    """A new measure; with `from` it answers a recommendation or a need, with `strategy` it is part of an open one."""
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    answers = record_named(request.actor, request.GET.get("from", ""), *ANSWERED)
    strategy = strategies_for(request.actor).filter(owner=owner, slug=request.GET.get("strategy", "")).first()
    form = MeasureForm(request.POST or None, units=Organisation.objects.filter(parent=owner), strategy=strategy)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_measure(
                by=request.actor, owner=owner, answers=answers, responsible=request.actor.person if not form.cleaned_data["unit"] and strategy is None else None,
                strategy=strategy, demonstration=owner.demonstration, **form.cleaned_data,
            )  # fmt: skip
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The measure is planned."))
            for doubt in doubts_of(made):
                messages.warning(request, doubt_words(doubt))
            return redirect("strategy_step", slug=strategy.slug, step="measures") if strategy else redirect("measure", slug=made.slug)
    context = {
        "form": form,
        "answers": answers,
        "strategy": strategy,
        "stage": "plan",
        "heading": _("Plan a measure"),
        "button": _("Plan the measure"),
    }
    return render(request, "strategy/measure_new.html", context)


@login_required
def measure_change(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Measure, slug=slug)
    if not request.actor.has(record.owner_id, *WORKERS):
        raise Http404
    names = ("title", "summary", "number", "unit", "starts_on", "ends_on", "budget", "target", "proof", "priority")
    initial = {name: getattr(record, name) for name in names}
    form = MeasureForm(
        request.POST or None, units=Organisation.objects.filter(parent=record.owner), strategy=record.strategy, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_measure(by=request.actor, measure=record, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return (
                redirect("strategy_step", slug=record.strategy.slug, step="measures") if record.strategy else redirect("measure", slug=slug)
            )
    context = {"form": form, "strategy": record.strategy, "stage": "plan", "heading": _("Change the measure"), "button": _("Keep")}
    return render(request, "strategy/measure_new.html", context)


def measure(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Measure, slug=slug)
    works = request.actor.has(record.owner_id, *WORKERS)
    if request.method == "POST":
        try:
            _act(request, record)
            messages.success(request, _("Saved."))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("measure", slug=slug)
    lifecycle = record.declared.lifecycle
    moves = [(after, lifecycle.words(after)) for after in lifecycle.states if lifecycle.may_move(record.state, after)]
    mine = request.actor.person_id is not None and request.actor.person_id == record.responsible_id
    context = record_context(
        request, record, moves=moves, corrects=_corrects(record, request.actor), progress=progress_of([record])[record.pk],
        doubts=[doubt_words(d) for d in doubts_of(record)] if works else [], missing=record.missing if works else [], news=list(record.news.all()[:5]),
        may_say=works or mine, waits=list(record.waits.select_related("before")), frozen=record.strategy is not None and not record.strategy.is_open,
        strategy=record.strategy if record.strategy and strategies_for(request.actor).filter(pk=record.strategy_id).exists() else None,
        others=list(measures_for(request.actor).filter(owner=record.owner_id).exclude(pk=record.pk)[:100]) if works else [],
    )  # fmt: skip
    return render(request, "strategy/measure.html", context)


def _act(request: Any, record: Measure) -> None:
    doing, by = request.POST.get("do", "move"), request.actor
    if doing == "news":
        say_news(by=by, measure=record, words=text_of(request.POST, "words"), on=clock.today())
    elif doing in ("wait", "no-wait"):
        before = Measure.objects.filter(pk=id_of(request.POST.get("before")), owner=record.owner_id).first()
        wait_for(by=by, measure=record, before=before, stop=doing == "no-wait")
    else:
        move_measure(by=by, measure=record, state=request.POST.get("state", ""))


def _corrects(record: Measure, actor: Any) -> list[Record]:
    """The targets that lag and that this measure shall mend."""
    return list(Record.objects.visible_to(actor).filter(links_down__lower=record, links_down__relation="corrects"))
