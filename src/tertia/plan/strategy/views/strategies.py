"""Strategies: the list, the page, the steps in which one is written, approval, versions, the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE, WORKERS
from tertia.core.files.download import DOCX, XLSX, attachment
from tertia.core.languages.forms import TextFormField, TextWidget, text_of
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, own_here, workers_of
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.plan.capacities.suggest import suggestions_for
from tertia.plan.capacities.words import KIND_WORDS
from tertia.plan.strategy.actions import (
    adopt_strategy,
    approve_step,
    begin_review,
    choose_need,
    choose_partner,
    drop_choice,
    open_again,
    return_step,
    set_priorities,
    take_measure,
    withdraw_strategy,
    write_strategy,
)
from tertia.plan.strategy.actions.approving import MAY_APPROVE, next_step, unready
from tertia.plan.strategy.differences import differences
from tertia.plan.strategy.forms import AdoptForm, MissionForm
from tertia.plan.strategy.gantt import draw
from tertia.plan.strategy.models import Measure, Strategy, Wait
from tertia.plan.strategy.paper import strategy_docx, strategy_xlsx
from tertia.plan.strategy.queries import doubts_of, measures_in, needs_to_choose, progress_of, runs_in, strategies_for, years_of
from tertia.plan.strategy.snapshot import snapshot_of
from tertia.plan.strategy.vocabulary import FIELD_WORDS, STEPS, doubt_words, form_word

__all__ = ["strategy", "strategy_changes", "strategy_list", "strategy_new", "strategy_paper", "strategy_step", "strategy_table"]

MOST_PRIORITIES = 8


def _language() -> str:
    return (get_language() or "en")[:2]


def strategy_list(request: Any) -> HttpResponse:
    rows = list(own_here(strategies_for(request.actor))[:50])
    return render(
        request, "strategy/strategy_list.html", {"rows": rows, "may_add": home_of(request.actor, *WORKERS) is not None, "stage": "plan"}
    )


@login_required
def strategy_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    form = MissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_strategy(by=request.actor, owner=owner, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("strategy_step", slug=made.slug, step="needs")
    return render(request, "strategy/step.html", {"form": form, "step": "mission", "steps": STEPS, "stage": "plan"})


def _plan(record: Strategy) -> list[Any]:
    """Measures of a strategy with what was done for each."""
    rows = measures_in(record)
    progress = progress_of(rows)
    for row in rows:
        row.progress = progress[row.pk]
    return rows


def strategy(request: Any, slug: str) -> HttpResponse:
    """A strategy: its words, the plan by years, the drawing, versions, the way of approval."""
    record = record_for(request.actor, Strategy, slug=slug)
    works = request.actor.has(record.owner_id, *WORKERS)
    adopt_form = AdoptForm(request.POST if request.POST.get("do") == "adopt" else None)
    if request.method == "POST":
        try:
            if _act(request, record, adopt_form):
                return redirect("strategy", slug=slug)
        except TertiaError as error:
            if request.POST.get("do") == "adopt":
                add_refusal(adopt_form, error)
            else:
                messages.error(request, error.sentence())
                return redirect("strategy", slug=slug)
    inside = works or request.actor.has(record.owner_id, "analyst")
    rows = [m for m in _plan(record) if inside or m.visibility == "public"]
    year = request.GET.get("year", "")
    shown = [m for m in rows if not year.isdecimal() or runs_in(m, int(year))]
    waits = list(Wait.objects.filter(measure__in=rows).values_list("measure", "before"))
    step = next_step(record) if record.state == "review" else None
    last = record.versions.last()
    context = record_context(
        request, record, works=works, rows=shown, years=years_of(rows), year=year, gantt=draw(shown, waits, clock.today(), _language()), step=step,
        may_approve=step is not None and MAY_APPROVE(request.actor, {"step": step}), may_adopt=record.state == "review" and step is None and request.actor.has(record.owner_id, "leader"),
        adopt_form=adopt_form, versions=list(record.versions.order_by("-number")), approvals=list(record.approvals.select_related("person")) if inside else [],
        forms=[form_word(code) for code in record.forms], own_forms=record.own_forms, needs=_visible(request, record), partners=list(record.chosen_partners.select_related("organisation")),
        priorities=list(record.priorities.all()), last=last, opened=record.state == "revising",
        faults=unready(record) if works and record.is_open else [], leaders=workers_of(record.owner, clock.today()) if works and record.is_open else [],
        may_open=record.state == "adopted" and request.actor.has(record.owner_id, *OFFICE),
    )  # fmt: skip
    return render(request, "strategy/strategy.html", context)


def _visible(request: Any, record: Strategy) -> list[Record]:
    chosen = record.chosen_needs.values("need")
    return list(Record.objects.visible_to(request.actor).filter(pk__in=chosen).select_related("owner"))


def _act(request: Any, record: Strategy, adopt_form: AdoptForm) -> bool:
    """Do what the button says. False where the form has to be shown again."""
    doing, by, today = request.POST.get("do"), request.actor, clock.today()
    if doing == "review":
        people = {str(p.pk): p for p in workers_of(record.owner, today)}
        names = [text_of({"n": n}, "n") for n in request.POST.getlist("name")]
        route = list(zip(names, [people.get(k) for k in request.POST.getlist("person")], strict=False))
        begin_review(by=by, strategy=record, route=route, on=today)
        messages.success(request, _("It is on its way; whoever is first is asked."))
    elif doing in ("approve", "return"):
        step = next_step(record)
        if step is None:
            raise Http404
        words = text_of(request.POST, "words")
        if doing == "approve":
            approve_step(by=by, step=step, on=today, words=words)
        else:
            return_step(by=by, step=step, words=words, on=today)
    elif doing == "adopt":
        if not adopt_form.is_valid():
            return False
        adopt_strategy(by=by, strategy=record, on=today, **adopt_form.cleaned_data)
        messages.success(request, _("Adopted and frozen."))
    elif doing == "open":
        open_again(by=by, strategy=record)
    elif doing == "withdraw":
        withdraw_strategy(by=by, strategy=record)
        messages.success(request, _("The draft is withdrawn; its measures stay."))
    return True


@login_required
def strategy_step(request: Any, slug: str, step: str) -> HttpResponse:
    """One step of writing: mission, needs, what we can do, partners, priorities, measures, text."""
    record = record_for(request.actor, Strategy, slug=slug)
    if step not in STEPS or not request.actor.has(record.owner_id, *WORKERS) or not record.is_open:
        raise Http404
    form: Any = None
    if step == "mission":
        initial = {name: getattr(record, name) for name in ("title", "mission", "forms", "own_forms", "starts_on", "ends_on")}
        form = MissionForm(request.POST or None, initial=initial)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            on = _take_step(request, record, step, form)
            return redirect("strategy_step", slug=slug, step=on)
        except TertiaError as error:
            if form is not None:
                add_refusal(form, error)
            else:
                messages.error(request, error.sentence())
                return redirect("strategy_step", slug=slug, step=step)
    context = {"record": record, "form": form, "step": step, "steps": STEPS, "stage": "plan", "language": _language()}
    context |= _SHOWN.get(step, lambda *_: {})(request, record)
    return render(request, "strategy/step.html", context)


def _take_step(request: Any, record: Strategy, step: str, form: Any) -> str:
    """What the button of a step does; gives the step that is shown next."""
    by, post = request.actor, request.POST
    names = list(STEPS)
    following = names[min(names.index(step) + 1, len(names) - 1)]
    if step == "mission":
        write_strategy(by=by, owner=record.owner, strategy=record, **form.cleaned_data)
        return following
    if step == "needs":
        if post.get("drop"):
            drop_choice(by=by, strategy=record, need_id=id_of(post["drop"]))
            return step
        for pk in post.getlist("need"):
            choose_need(by=by, strategy=record, need=scoped_or_404(Record.objects.visible_to(by), pk=id_of(pk)))
        return step if post.getlist("need") else following
    if step == "capacities":
        words = TextFormField(rows=5, max_length=6000, required=False).clean(TextWidget().value_from_datadict(post, {}, "analysis"))
        keep = {name: getattr(record, name) for name in ("title", "mission", "forms", "own_forms", "starts_on", "ends_on")}
        write_strategy(by=by, owner=record.owner, strategy=record, analysis=words, **keep)
        return following
    if step == "partners":
        if post.get("drop"):
            drop_choice(by=by, strategy=record, organisation_id=id_of(post["drop"]))
            return step
        if post.get("organisation"):
            choose_partner(
                by=by,
                strategy=record,
                organisation=scoped_or_404(organisations(), pk=id_of(post["organisation"])),
                words=text_of(post, "words"),
            )
            return step
        return following
    if step == "priorities":
        there = {str(p.position): p.title for p in record.priorities.all()}
        titles = []
        for n in range(1, MOST_PRIORITIES + 1):
            said = post.get(f"title-{n}", "").strip()
            before = there.get(str(n))
            titles.append(
                before
                if before is not None and before.read(_language()).text == said
                else Text.of(_language(), **{_language(): said})
                if said
                else Text({})
            )
        set_priorities(by=by, strategy=record, titles=titles)
        return following
    if step == "measures" and post.get("measure"):
        one = scoped_or_404(Measure.objects.filter(owner=record.owner), pk=id_of(post["measure"]))
        take_measure(by=by, strategy=record, measure=one, leave=post.get("do") == "leave")
        return step
    return following


def _show_needs(request: Any, record: Strategy) -> dict[str, Any]:
    return {
        "chosen": [c.need for c in record.chosen_needs.select_related("need")],
        "needs": list(needs_to_choose(request.actor, record)[:60]),
    }


def _show_capacities(request: Any, record: Strategy) -> dict[str, Any]:
    """For each chosen need what is offered near it."""
    needs = [c.need for c in record.chosen_needs.select_related("need")]
    near = suggestions_for(needs, 4)
    for rows in near.values():
        for one in rows:
            one.offer.kind_word = KIND_WORDS[one.offer.kind]  # type: ignore[attr-defined]
    widget = TextWidget(rows=5, max_length=6000)
    return {
        "matched": [(need, near.get(need.pk, [])) for need in needs],
        "analysis": widget.render("analysis", record.analysis, {"id": "id_analysis"}),
    }


def _show_partners(request: Any, record: Strategy) -> dict[str, Any]:
    chosen = list(record.chosen_partners.select_related("organisation"))
    rest = organisations().exclude(pk__in=[c.organisation_id for c in chosen]).exclude(pk=record.owner_id)
    asked = Organisation.objects.filter(needs__in=record.chosen_needs.values("need")).distinct()
    return {"partners": chosen, "rest": rest, "asked": list(asked[:10])}


def _show_priorities(request: Any, record: Strategy) -> dict[str, Any]:
    there = [p.title.read(_language()).text for p in record.priorities.all()]
    return {
        "lines": [(n, there[n - 1] if n <= len(there) else "") for n in range(1, MOST_PRIORITIES + 1)],
        "needs": [c.need for c in record.chosen_needs.select_related("need")],
    }


def _show_measures(request: Any, record: Strategy) -> dict[str, Any]:
    rows = measures_in(record)
    for row in rows:
        row.doubts = [doubt_words(d) for d in doubts_of(row)]
    free = Measure.objects.filter(owner=record.owner, strategy=None, state__in=("planned", "underway")).order_by("number", "pk")[:100]
    return {"rows": rows, "free": list(free), "chosen": [c.need for c in record.chosen_needs.select_related("need")]}


def _show_text(request: Any, record: Strategy) -> dict[str, Any]:
    return {"faults": unready(record)}


_SHOWN: dict[str, Any] = {
    "needs": _show_needs, "capacities": _show_capacities, "partners": _show_partners, "priorities": _show_priorities, "measures": _show_measures, "text": _show_text,
}  # fmt: skip


def strategy_changes(request: Any, slug: str) -> HttpResponse:
    """What differs between two versions, or between the adopted one and the one that is being written."""
    record = record_for(request.actor, Strategy, slug=slug)
    versions = {str(v.number): v for v in record.versions.all()}
    works = request.actor.has(record.owner_id, *WORKERS)
    if not versions:
        raise Http404
    numbers = sorted(versions, key=int)
    now_key = request.GET.get("now", "draft" if works and record.state in ("revising", "review") else numbers[-1])
    before_key = request.GET.get("before", numbers[-1] if now_key == "draft" else numbers[max(len(numbers) - 2, 0)])
    if before_key not in versions or (now_key != "draft" and now_key not in versions) or (now_key == "draft" and not works):
        raise Http404
    now = snapshot_of(record) if now_key == "draft" else versions[now_key].snapshot
    found = differences(versions[before_key].snapshot, now)
    context = {
        "record": record, "found": found, "before": before_key, "now": now_key, "numbers": numbers, "works": works and record.state in ("revising", "review"), "words": FIELD_WORDS,
        "stage": "plan",
    }  # fmt: skip
    return render(request, "strategy/changes.html", context)


def strategy_paper(request: Any, slug: str) -> HttpResponse:
    """The strategy, or with `chapter` the third-mission chapter of the development programme, as Word."""
    record = record_for(request.actor, Strategy, slug=slug)
    chapter = "chapter" in request.GET
    name = f"{'chapter' if chapter else 'strategy'}-{record.slug}-{_language()}.docx"
    return attachment(strategy_docx(record, _language(), chapter=chapter), DOCX, name)


def strategy_table(request: Any, slug: str) -> HttpResponse:
    """The plan of measures as a workbook, a sheet for each year."""
    record = record_for(request.actor, Strategy, slug=slug)
    return attachment(strategy_xlsx(record, _language(), clock.today()), XLSX, f"plan-{record.slug}-{_language()}.xlsx")
