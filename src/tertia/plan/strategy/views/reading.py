"""An existing plan or strategy read beside its source: what was understood is ticked and kept, the rest stays to be seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext

from tertia.core.actions.errors import TertiaError
from tertia.core.actions.policies import WORKERS
from tertia.core.files.store import LIMIT
from tertia.core.languages.amounts import AmountUnclear, read_amount
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import ids_by_name
from tertia.core.records.queries import record_for
from tertia.plan.conferences.resolution_text.model import Unreadable
from tertia.plan.conferences.views.reading import unreadable_words
from tertia.plan.strategy.actions import keep_read_measures
from tertia.plan.strategy.forms import ReadForm
from tertia.plan.strategy.models import Strategy
from tertia.plan.strategy.reading import PlanRead, ReadMeasure, read_plan, read_term

__all__ = ["strategy_read"]

MOST = 300


@login_required
def strategy_read(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Strategy, slug=slug)
    if not request.actor.has(record.owner_id, *WORKERS) or not record.is_open:
        raise Http404
    if request.POST.get("do") == "keep":
        return _keep(request, record)
    form = ReadForm(request.POST or None, request.FILES or None)
    found: PlanRead | None = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = read_plan(upload.read(LIMIT + 1))
        except Unreadable as error:
            form.add_error("file", unreadable_words(error.code))
    context = {"record": record, "form": form, "found": found, "stage": "plan", "most": MOST}
    if found is not None:
        known = ids_by_name(Organisation.objects.filter(parent=record.owner))
        rows = []
        for n, one in enumerate(found.measures[:MOST]):
            rows.append({"n": n, "one": one, "unit": known.get(one.owner.strip().lower(), 0)})
        context |= {"rows": rows, "units": [(o.pk, plain(o.name)) for o in Organisation.objects.filter(parent=record.owner)]}
    return render(request, "strategy/read.html", context)


def _keep(request: Any, record: Strategy) -> HttpResponse:
    """Keep the ticked rows as they stand in the form, so that what somebody corrected is what is kept."""
    post = request.POST
    language = (get_language() or "en")[:2]
    units = {str(o.pk): o for o in Organisation.objects.filter(parent=record.owner)}
    rows, chosen = [], {}
    for n in post.getlist("row")[:MOST]:
        title = post.get(f"title-{n}", "").strip()[:250]
        if not title:
            continue
        starts, ends = read_term(post.get(f"term-{n}", ""))
        unit = units.get(post.get(f"unit-{n}", ""))
        owner = f"#{n}"
        if unit is not None:
            chosen[owner] = unit
        rows.append(
            ReadMeasure(
                post.get(f"number-{n}", "").strip()[:20],
                title,
                starts_on=starts,
                ends_on=ends,
                owner=owner,
                budget=_budget(post.get(f"budget-{n}", "")),
                target=post.get(f"target-{n}", "").strip()[:200],
                proof=post.get(f"proof-{n}", "").strip()[:1000],
            )  # fmt: skip
        )
    try:
        made = keep_read_measures(by=request.actor, strategy=record, rows=rows, language=language, units=chosen)
    except TertiaError as error:
        messages.error(request, error.sentence())
        return redirect("strategy_read", slug=record.slug)
    messages.success(request, ngettext("%(n)d measure is kept.", "%(n)d measures are kept.", len(made)) % {"n": len(made)})
    return redirect("strategy_step", slug=record.slug, step="measures")


def _budget(words: str) -> Any:
    try:
        return read_amount(words) if words.strip() else None
    except AmountUnclear:
        return None
