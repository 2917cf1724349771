"""Who owes an answer to a conversation: asking and answering on its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.parties.queries import organisations
from tertia.core.periods import clock
from tertia.core.records.actions import MAY_ANSWER
from tertia.core.records.models import OwedAnswer
from tertia.listen.dialogue.actions import answer_conversation, ask_about_conversation, close_conversation, open_conversation
from tertia.listen.dialogue.models import Conversation
from tertia.listen.needs.forms import AnswerForm, AskForm

__all__ = ["answering"]


def answering(request: Any, record: Conversation) -> tuple[HttpResponse | None, dict[str, Any]]:
    """Do what the button says; gives an answer where something was done, and else what the page shows."""
    runs = request.actor.has(record.owner_id, *OFFICE)
    owed = list(record.owed_answers.select_related("party").prefetch_related("steps"))
    mine = next((o for o in owed if o.is_open and o.state != "not-sent" and MAY_ANSWER(request.actor, {"owed": o})), None)
    doing = request.POST.get("do")
    ask = AskForm(request.POST if doing == "ask" else None, parties=organisations()) if runs and record.state != "draft" else None
    answer = AnswerForm(request.POST if doing == "answer" else None) if mine else None
    form = {"ask": ask, "answer": answer}.get(doing or "")
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(request, record, doing, form, mine)
        except TertiaError as error:
            if form is None:
                messages.error(request, error.sentence())
                return redirect("conversation", slug=record.slug), {}
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("conversation", slug=record.slug), {}
    return None, {"owed": owed, "ask_form": ask, "answer_form": answer, "answer_owed": mine}


def _do(request: Any, record: Conversation, doing: str | None, form: Any, mine: OwedAnswer | None) -> None:
    today = clock.today()
    if doing == "open":
        open_conversation(by=request.actor, conversation=record, on=today)
    elif doing == "close":
        close_conversation(by=request.actor, conversation=record, on=today)
    elif doing == "ask" and form is not None:
        ask_about_conversation(by=request.actor, conversation=record, on=today, **form.cleaned_data)
    elif doing == "answer" and form is not None and mine is not None:
        owed = scoped_or_404(OwedAnswer.objects.filter(record=record), pk=mine.pk)
        answer_conversation(by=request.actor, owed=owed, on=today, **form.cleaned_data)
