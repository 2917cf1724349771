"""Pages behind links, without an account: will you lead this together; is the result there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.projects.actions import agree_to_lead, confirm_result
from tertia.act.projects.forms import ConfirmForm, JoinForm
from tertia.act.projects.kinds import SAYS
from tertia.act.projects.models import Confirmation, ProjectParty
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.periods import clock

__all__ = ["confirm_letter", "join_letter"]


def _title(project: Any) -> str:
    return str(project.title.read((get_language() or "en")[:2]).text)


def _join_words(held: Any) -> str:
    party = ProjectParty.objects.select_related("project").filter(pk=held.subject_id).first()
    return _("Will you lead this together: “%(title)s”?") % {"title": _title(party.project)} if party else ""


@declare_pass_page("projects.join", _join_words)
def join_letter(request: Any, held: Any) -> HttpResponse:
    party = ProjectParty.objects.select_related("project__owner", "organisation").filter(pk=held.subject_id).first()
    if party is None:
        return render(request, "projects/join.html", {"gone": True, "held": held})
    form = JoinForm(request.POST or None, initial={"contributes": party.contributes})
    if request.method == "POST" and form.is_valid():
        try:
            agree_to_lead(by=Actor.holding(held), party=party, yes=request.POST.get("do") == "yes", on=clock.today(), **form.cleaned_data)
            return redirect(request.path)
        except TertiaError as error:
            add_refusal(form, error)
    others = party.project.parties.exclude(pk=party.pk).select_related("organisation")
    return render(request, "projects/join.html", {"party": party, "project": party.project, "others": others, "form": form, "held": held})


def _confirm_words(held: Any) -> str:
    one = Confirmation.objects.select_related("project").filter(pk=held.subject_id).first()
    return _("Is it so: “%(title)s”? One question:") % {"title": _title(one.project)} if one else ""


@declare_pass_page("projects.confirm", _confirm_words)
def confirm_letter(request: Any, held: Any) -> HttpResponse:
    one: Confirmation = scoped_or_404(Confirmation.objects.select_related("project__owner", "organisation"), pk=held.subject_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_result(by=Actor.holding(held), confirmation=one, on=clock.today(), **form.cleaned_data)
            return redirect(request.path)
        except TertiaError as error:
            add_refusal(form, error)
    return render(
        request, "projects/confirm.html", {"one": one, "project": one.project, "form": form, "held": held, "said": SAYS.get(one.says, "")}
    )
