"""Sending a list in, seeing what it would do, taking it in, undoing it, and the lines to correct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.files.download import csv_stream
from tertia.core.intake.actions import KEEPERS, begin_taking, begin_undoing, keep_file, send_list
from tertia.core.intake.declare import INTAKES
from tertia.core.intake.lookup import faulty_lines
from tertia.core.intake.models import IntakeRun
from tertia.core.intake.work import check_list, start, take_list, undo_list
from tertia.core.parties.queries import home_of

__all__ = ["intake", "intakes", "to_correct"]

#: a list of so many bytes is worked on at once, a longer one by the worker
SMALL = 300_000
_WORK = {"check": check_list, "take": take_list, "undo": undo_list}


class ListForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the list?"))
    file = forms.FileField(label=_("The file"), help_text=_("Tables as XLSX, XLS, ODS or CSV; works as BibTeX, RIS or JSON."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.kind, k.label) for k in INTAKES.values()]  # type: ignore[attr-defined]


@login_required
def intakes(request: Any) -> HttpResponse:
    home = home_of(request.actor, *KEEPERS)
    if home is None:
        raise Http404
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        draft, digest, size = keep_file(sent.chunks())
        try:
            run = send_list(
                by=request.actor, organisation=home, kind=form.cleaned_data["kind"], name=sent.name, draft=draft, digest=digest, size=size,
                language=(get_language() or "kk")[:2],
            )  # fmt: skip
            if run.state == "checking":
                _work(run, "check")
            return redirect("intake", pk=run.pk)
        except BadInput as error:
            add_refusal(form, error)
    page = Pages(IntakeRun.objects.filter(organisation=home).select_related("person"), 30).get_page(request.GET.get("page"))
    rows = [{"run": run, "kind": INTAKES[run.kind].label} for run in page.object_list]
    return render(
        request, "intake/intakes.html", {"form": form, "rows": rows, "page": page, "kinds": list(INTAKES.values()), "stage": "act"}
    )


def _work(run: IntakeRun, name: str) -> None:
    start(name, run)
    if run.size <= SMALL:
        _WORK[name](run.pk)  # the worker then finds it done; were this broken off, it would go on


def _mine(request: Any, pk: int) -> IntakeRun:
    rows = IntakeRun.objects.select_related("organisation", "person").filter(organisation__in=request.actor.organisations(*KEEPERS))
    found: IntakeRun = scoped_or_404(rows, pk=pk)
    return found


@login_required
def intake(request: Any, pk: int) -> HttpResponse:
    run = _mine(request, pk)
    fault = ""
    if request.method == "POST":
        doing = request.POST.get("do")
        try:
            if doing == "take":
                _work(begin_taking(by=request.actor, run=run), "take")
            elif doing == "undo":
                _work(begin_undoing(by=request.actor, run=run), "undo")
            return redirect("intake", pk=pk)
        except TertiaError as error:
            fault = error.sentence()
    context = {
        "run": run, "kind": INTAKES[run.kind].label, "fault": fault, "works": run.state in ("checking", "taking", "undoing"),
        "shown": len({row[0] for row in run.faults}), "there": run.file.exists(), "stage": "act",
    }  # fmt: skip
    return render(request, "intake/_state.html" if request.htmx else "intake/intake.html", context)


@login_required
def to_correct(request: Any, pk: int) -> StreamingHttpResponse:
    """The wrong lines as they stand, with what is wrong beside each; corrected, the file is sent in again."""
    run = _mine(request, pk)
    if not run.file.exists() or run.state in ("checking", "unreadable"):
        raise Http404
    return csv_stream(faulty_lines(run), "to-correct.csv", delimiter=";", mark=True)
