"""The library of practice: the list, one example, putting one in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from tertia.core.access.queries import id_of
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.forms import TextFormField, text_of
from tertia.core.parties.queries import home_of, own_here
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.core.search.matching import Index
from tertia.plan.practice.actions import follow_practice, judge_practice, keep_practice, withdraw_practice
from tertia.plan.practice.kinds import VERDICTS
from tertia.plan.practice.models import Practice
from tertia.plan.practice.queries import practices_for, said_by

__all__ = ["practice", "practice_list", "practice_new"]


class PracticeForm(forms.Form):
    title = TextFormField(label=gettext_lazy("What was done?"), max_length=250)
    who = forms.CharField(label=gettext_lazy("By whom"), max_length=200)
    country = forms.CharField(label=gettext_lazy("Country, two letters"), max_length=2, required=False)
    summary = TextFormField(label=gettext_lazy("How it works"), rows=4, max_length=4000, required=False)
    came_of_it = TextFormField(label=gettext_lazy("What came of it, as the source says"), rows=2, max_length=2000, required=False)
    evidence_words = forms.CharField(label=gettext_lazy("Document: author, title, year"), max_length=300)
    evidence_url = forms.URLField(label=gettext_lazy("Address where it is shown"), assume_scheme="https")
    licence = forms.CharField(
        label=gettext_lazy("Licence of the source"),
        max_length=100,
        help_text=gettext_lazy("Such as CC BY 4.0; or: facts retold in our words."),
    )


def practice_list(request: Any) -> HttpResponse:
    rows: Any = own_here(practices_for(request.actor)).prefetch_related("fits")
    said = request.GET.get("q", "").strip()
    if said:
        there = list(rows)
        rows = [there[s.at] for s in Index([said_by(r) for r in there]).nearest([said], None, 50, 0.01)[0]]
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "q": said, "may_add": home_of(request.actor, *WORKERS) is not None, "stage": "plan"}
    return render(request, "practice/practice_list.html", context)


@login_required
def practice_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    form = PracticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = keep_practice(by=request.actor, owner=owner, demonstration=owner.demonstration, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("practice", slug=made.slug)
    return render(request, "practice/practice_new.html", {"form": form, "stage": "plan"})


def practice(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Practice, slug=slug)
    home = home_of(request.actor, *WORKERS)
    if request.method == "POST" and home is not None:
        try:
            if request.POST.get("do") == "judge":
                judge_practice(
                    by=request.actor, practice=record, organisation=home, verdict=request.POST.get("verdict", ""), reason=text_of(request.POST, "reason"), on=clock.today()
                )  # fmt: skip
            elif request.POST.get("do") == "follow":
                measure = record_for(request.actor, Record, pk=id_of(request.POST.get("measure")), kind="measure")
                follow_practice(by=request.actor, measure=measure, practice=record)
            elif request.POST.get("do") == "withdraw":
                withdraw_practice(by=request.actor, practice=record)
                return redirect("practices")
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("practice", slug=slug)
    fits = list(record.fits.select_related("organisation", "person"))
    for fit in fits:
        fit.word = VERDICTS[fit.verdict]  # type: ignore[attr-defined]
    measures = (
        Record.objects.visible_to(request.actor)
        .filter(kind="measure", owner=home, state__in=("planned", "underway"))
        .order_by("number", "pk")[:100]
        if home
        else []
    )
    context = record_context(
        request, record, fits=fits, verdicts=VERDICTS, home=home, measures=measures, mine=next((f for f in fits if f.person_id == request.actor.person_id and f.person_id), None),
        works=home is not None and home.pk == record.owner_id,
    )  # fmt: skip
    return render(request, "practice/practice.html", context)
