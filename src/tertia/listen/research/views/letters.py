"""The page behind a link: did you use this study?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.periods import clock
from tertia.listen.research.actions import answer_use
from tertia.listen.research.forms import AnswerUseForm
from tertia.listen.research.models import StudyUse
from tertia.listen.research.vocabulary import USE_STATES, USES

__all__ = ["use_letter"]


def _words(held: Any) -> str:
    use = StudyUse.objects.select_related("study").filter(pk=held.subject_id).first()
    title = use.study.title.read((get_language() or "en")[:2]).text if use else ""
    return _("Did you use this study: “%(title)s”?") % {"title": title} if use else ""


@declare_pass_page("research.use", _words)
def use_letter(request: Any, held: Any) -> HttpResponse:
    use: StudyUse = scoped_or_404(StudyUse.objects.select_related("study__owner", "body"), pk=held.subject_id)
    form = AnswerUseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_use(
                by=Actor.holding(held), use=use, so=form.cleaned_data["so"] == "yes", words=form.cleaned_data["words"], on=clock.today()
            )
            return redirect(request.path)
        except TertiaError as error:
            add_refusal(form, error)
    return render(
        request,
        "research/use_letter.html",
        {"use": use, "study": use.study, "form": form, "held": held, "word": USE_STATES[use.state], "kind": USES[use.kind]},
    )
