"""The desk of those who run a conversation: beginning it, reading statements, setting voices aside, saying what became of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.languages.templatetags.languages import current
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.queries import record_for, record_named
from tertia.listen.dialogue.actions import (
    admit,
    begin_conversation,
    count_again,
    decline,
    join_statements,
    say_anew,
    seed,
    set_aside,
    tell_outcome,
    translate,
)
from tertia.listen.dialogue.actions.hosting import BECAME
from tertia.listen.dialogue.forms import ConversationForm
from tertia.listen.dialogue.models import Conversation, Statement, Voice
from tertia.listen.dialogue.queries import numbers_of, seen_signs, shares_of, statements_of
from tertia.listen.dialogue.stuffing import SIGNS
from tertia.listen.moderation.words import RULES

__all__ = ["conversation_new", "desk", "statement"]


@login_required
def conversation_new(request: Any) -> HttpResponse:
    """Begin a conversation; with `from` it discusses a need or a recommendation."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    discusses = record_named(request.actor, request.GET.get("from", ""), "need", "recommendation")
    form = ConversationForm(request.POST or None, initial={"title": discusses.title} if discusses else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = begin_conversation(
                    by=request.actor, owner=owner, discusses=discusses, demonstration=owner.demonstration, **form.values()
                )
                seed(
                    by=request.actor,
                    conversation=made,
                    texts=[Text.of(current(), **{current(): line}) for line in form.seed_lines()],
                    on=clock.today(),
                )
        except BadInput as error:
            for fault in error.faults:
                form.add_error("seeds" if fault.where == "words" else fault.where or None, fault.sentence)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("It is prepared. Read it once more, then open it."))
            return redirect("conversation_desk", slug=made.slug)
    return render(request, "dialogue/conversation_new.html", {"form": form, "discusses": discusses, "stage": "listen"})


def _run(request: Any, slug: str) -> Conversation:
    record = record_for(request.actor, Conversation, slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE):
        raise Http404
    return record


@login_required
def desk(request: Any, slug: str) -> HttpResponse:
    record = _run(request, slug)
    fault, sent = "", request.POST
    if request.method == "POST":
        try:
            _act(request, record)
            return redirect("conversation_desk", slug=slug)
        except BadInput as error:
            fault = error.faults[0].sentence
    waiting = list(Statement.objects.filter(conversation=record, state="waiting").select_related("author").order_by("number")[:200])
    asked = shares_of(record, list(statements_of(record)))
    signs = (
        [{"sign": s, "n": len(s.voices), "share": round(100 * s.alike)} for s in seen_signs(record)]
        if record.state in ("open", "closed")
        else []
    )
    aside = [(kind, n) for kind in SIGNS if (n := Voice.objects.filter(conversation=record, aside=kind).count())]
    context = {
        "record": record, "waiting": waiting, "asked": asked, "rules": RULES, "fault": fault, "sent": sent, "signs": signs, "aside": aside, "stage": "listen",
        "numbers": numbers_of(record),
    }  # fmt: skip
    return render(request, "dialogue/desk.html", context, status=400 if fault else 200)


def _act(request: Any, record: Conversation) -> None:
    doing, today, post = request.POST.get("do", ""), clock.today(), request.POST
    if doing == "seed":
        lines = [line.strip() for line in post.get("lines", "").splitlines() if line.strip()]
        made = seed(by=request.actor, conversation=record, texts=[Text.of(current(), **{current(): line}) for line in lines], on=today)
        messages.success(request, ngettext("%(n)d statement was added.", "%(n)d statements were added.", len(made)) % {"n": len(made)})
        return
    if doing in ("aside", "again"):
        kind = post.get("sign", "")
        voices = [v for s in seen_signs(record) if s.kind == kind for v in s.voices] if doing == "aside" else []
        count = (
            set_aside(by=request.actor, conversation=record, voices=voices, sign=kind)
            if doing == "aside" else count_again(by=request.actor, conversation=record, sign=kind)
        )  # fmt: skip
        messages.success(request, ngettext("%(n)d voice.", "%(n)d voices.", count) % {"n": count})
        return
    one = get_object_or_404(Statement, conversation=record, number=_number(post.get("number", "")))
    if doing == "admit":
        admit(by=request.actor, statement=one)
    elif doing == "decline":
        decline(by=request.actor, statement=one, rule=post.get("rule", ""), words=text_of(post, "words"), on=today)
    messages.success(request, _("Saved."))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 9 else 0


@login_required
def statement(request: Any, slug: str, number: int) -> HttpResponse:
    """One statement: its translations, saying it anew or dividing it, joining it, not showing it, what became of it."""
    record = _run(request, slug)
    one = get_object_or_404(Statement.objects.select_related("conversation__owner", "author"), conversation=record, number=number)
    fault = ("", "")
    if request.method == "POST":
        try:
            _change(request, record, one)
            messages.success(request, _("Saved."))
            return redirect("conversation_desk", slug=slug)
        except BadInput as error:
            fault = (request.POST.get("do", ""), error.faults[0].sentence)
    states = [(lang, one.words.state(lang), one.words.versions.get(lang, ("", ""))[0]) for lang in LANGUAGES]
    context = {
        "record": record, "one": one, "shares": shares_of(record, [one])[0], "states": states, "rules": RULES, "became": BECAME, "fault": fault, "sent": request.POST,
        "stage": "listen",
    }  # fmt: skip
    return render(request, "dialogue/statement.html", context, status=400 if fault[1] else 200)


def _change(request: Any, record: Conversation, one: Statement) -> None:
    post, doing, today = request.POST, request.POST.get("do", ""), clock.today()
    if doing == "translate":
        translate(by=request.actor, statement=one, language=post.get("language", ""), text=post.get("words", ""))
    elif doing == "anew":
        lines = [line.strip() for line in post.get("words", "").splitlines() if line.strip()]
        say_anew(by=request.actor, statement=one, texts=[Text.of(current(), **{current(): line}) for line in lines], on=today)
    elif doing == "join":
        to = get_object_or_404(Statement, conversation=record, number=_number(post.get("to", "")))
        join_statements(by=request.actor, statement=one, to=to)
    elif doing == "decline":
        decline(by=request.actor, statement=one, rule=post.get("rule", ""), words=text_of(post, "words"), on=today)
    elif doing == "became":
        named = post.get("record", "").strip().strip("/").rsplit("/", 1)[-1]
        found = record_named(request.actor, named, "measure", "activity", "need", "recommendation", "opportunity") if named else None
        tell_outcome(by=request.actor, statement=one, became=post.get("became", ""), words=text_of(post, "words"), on=today, record=found)
