"""Surveys: the list, preparing one, its page with the result, answering, paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.access.voices import keep_mark, speaker_of
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import TextFormField, text_of
from tertia.core.parties.queries import home_of, own_here
from tertia.core.periods import clock
from tertia.core.periods.forms import DayInput
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.listen.surveys.actions import (
    answer_survey,
    close_survey,
    enter_sheet,
    open_survey,
    prepare_survey,
    print_sheets,
    questions_of,
    say_sampling,
)
from tertia.listen.surveys.models import Survey
from tertia.listen.surveys.results import results_of, why_no_margin, why_no_weights, words_of

__all__ = ["answer", "enter", "paper", "survey", "survey_list", "survey_new"]


class SurveyForm(forms.Form):
    title = TextFormField(label=gettext_lazy("Name of the survey"), max_length=200)
    summary = TextFormField(
        label=gettext_lazy("What it is for, and what happens with the answers"), rows=3, max_length=2000, required=False
    )
    lines = forms.CharField(
        label=gettext_lazy("Questions, one a line"), widget=forms.Textarea(attrs={"rows": 8}), max_length=12000,
        help_text=gettext_lazy("How do you get home? : bus; on foot; car. Begin with [many] where several may be chosen; without options words are asked for."),
    )  # fmt: skip
    ends_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=DayInput())


def survey_list(request: Any) -> HttpResponse:
    page = Pages(own_here(Survey.objects.visible_to(request.actor)).order_by("-created_at", "-pk"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "may_begin": home_of(request.actor, *OFFICE) is not None, "stage": "listen"}
    return render(request, "surveys/survey_list.html", context)


@login_required
def survey_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    about = record_named(request.actor, request.GET.get("from", ""), "need")
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_survey(by=request.actor, owner=owner, about=about, demonstration=owner.demonstration, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("It is prepared. Read it once more, then open it; its questions then stand."))
            return redirect("survey", slug=made.slug)
    return render(request, "surveys/survey_new.html", {"form": form, "about": about, "stage": "listen"})


def survey(request: Any, slug: str) -> HttpResponse:
    """The record with its result; how those asked were found stands above every share."""
    record = record_for(request.actor, Survey, slug=slug)
    runs, fault = request.actor.has(record.owner_id, *OFFICE), ""
    if request.method == "POST":
        try:
            _act(request, record)
            messages.success(request, _("Saved."))
            return redirect("survey", slug=slug)
        except BadInput as error:
            fault = error.faults[0].sentence
    told, no_weights = results_of(record)
    written = {t.number: words_of(record, t.number) for t in told if t.question.kind == "words"} if runs else {}
    count = record.responses.count()
    context = record_context(
        request, record, runs=runs, written=written, fault=fault, sent=request.POST, count=count, on_paper=record.responses.exclude(sheet="").count(),
        told=[(t, why_no_margin(t.estimate.refused) if t.estimate else "") for t in told] if record.state != "draft" else [], no_weights=why_no_weights(no_weights),
        questions=[(n, q) for n, q in enumerate(questions_of(record))], open=record.state == "open" and (record.ends_on is None or clock.today() <= record.ends_on),
        weighted=record.weight_question is not None and not no_weights, choices=[(n, q) for n, q in enumerate(questions_of(record)) if q.kind == "one"],
        shares="\n".join(f"{code} {share:g}" for code, share in record.weight_shares.items()),
    )  # fmt: skip
    return render(request, "surveys/survey.html", context, status=400 if fault else 200)


def _act(request: Any, record: Survey) -> None:
    doing, post, by, today = request.POST.get("do", ""), request.POST, request.actor, clock.today()
    if doing == "open":
        open_survey(by=by, survey=record, on=today)
    elif doing == "close":
        close_survey(by=by, survey=record, on=today)
    elif doing == "sampling":
        shares = {}
        for line in post.get("shares", "").splitlines():
            code, _space, share = line.strip().partition(" ")
            if code:
                try:
                    shares[code] = float(share.replace(",", "."))
                except ValueError:
                    shares[code] = -1.0
        say_sampling(
            by=by, survey=record, sampling=post.get("sampling", ""), notes=text_of(post, "notes"), asked=_number(post.get("asked", "")),
            population=_number(post.get("population", "")), weight_question=_number(post.get("weight_question", "")), weight_shares=shares,
        )  # fmt: skip


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 10 else None


def _given(request: Any, record: Survey) -> dict[int, list[str] | str]:
    found: dict[int, list[str] | str] = {}
    for number, question in enumerate(questions_of(record)):
        name = f"q{number}"
        found[number] = request.POST.get(name, "").strip() if question.kind == "words" else [v for v in request.POST.getlist(name) if v]
    return found


def answer(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Survey, slug=slug)
    speaker = speaker_of(request, clock.today())
    fault, done = "", False
    if request.method == "POST":
        try:
            answer_survey(by=request.actor, survey=record, speaker=speaker, answers=_given(request, record), on=clock.today())
            done = True
        except BadInput as error:
            fault = error.faults[0].sentence
    return keep_mark(_form_page(request, record, "surveys/answer.html", fault, done=done), speaker)


def _form_page(request: Any, record: Survey, template: str, fault: str, **more: Any) -> HttpResponse:
    questions = [
        {"number": n, "name": f"q{n}", "question": q, "given": request.POST.getlist(f"q{n}") if fault else []} for n, q in enumerate(questions_of(record))
    ]  # fmt: skip
    over = record.state != "open" or record.ends_on is not None and clock.today() > record.ends_on
    context = {
        "record": record,
        "questions": questions,
        "fault": fault,
        "over": over,
        "sent": request.POST if fault else {},
        "stage": "listen",
        **more,
    }
    page = render(request, template, context, status=400 if fault else 200)
    page["Cache-Control"] = "no-store"
    return page


@login_required
def enter(request: Any, slug: str) -> HttpResponse:
    """Entering sheets one after the other."""
    record = record_for(request.actor, Survey, slug=slug)
    if not request.actor.has(record.owner_id, "member", *OFFICE):
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            made = enter_sheet(
                by=request.actor, survey=record, code=request.POST.get("code", ""), answers=_given(request, record), on=clock.today()
            )
            messages.success(request, _("Sheet %(code)s is entered. The next one:") % {"code": made.sheet})
            return redirect("survey_enter", slug=slug)
        except BadInput as error:
            fault = error.faults[0].sentence
    return _form_page(request, record, "surveys/enter.html", fault)


@login_required
def paper(request: Any, slug: str) -> HttpResponse:
    """Sheets to print, each with its code; new codes at each pressing of the button."""
    record = record_for(request.actor, Survey, slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE):
        raise Http404
    fault, codes = "", []
    if request.method == "POST":
        try:
            codes = print_sheets(by=request.actor, survey=record, count=_number(request.POST.get("count", "")) or 0)
        except BadInput as error:
            fault = error.faults[0].sentence
    context = {
        "record": record,
        "codes": codes,
        "fault": fault,
        "questions": list(enumerate(questions_of(record), start=1)),
        "stage": "listen",
    }
    return render(request, "surveys/paper.html", context, status=400 if fault else 200)
