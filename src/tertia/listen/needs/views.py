"""Needs: the list, raising one, its page with the answer owed, who answers and how fast."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.access.voices import Speaker, keep_mark, speaker_of
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.files.models import StoredFile
from tertia.core.languages.forms import text_of
from tertia.core.parties.groups import group_words
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import organisations, own_here, university_here
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.actions import MAY_ANSWER
from tertia.core.records.models import OwedAnswer
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.listen.moderation.models import Ruling
from tertia.listen.moderation.words import rule_words
from tertia.listen.needs.actions import answer_need, ask_for_answer, close_need, object_to_answer, raise_need, support_need
from tertia.listen.needs.alike import alike as find_alike
from tertia.listen.needs.desk_actions import publish_need
from tertia.listen.needs.forms import AskForm, NeedAnswerForm, NeedForm
from tertia.listen.needs.kinds import NEED
from tertia.listen.needs.models import Need
from tertia.listen.needs.queries import board, needs_for
from tertia.listen.needs.urgent import bodies_of, mark_urgent, take_back_urgent
from tertia.listen.needs.vocabulary import ANSWERED_WITH, TOPICS

__all__ = ["need", "need_list", "need_new", "needs_board"]

#: what everybody is asked; the rest is folded, so that a need is raised in a minute on a phone
FIRST = ("title", "summary", "topic", "place", "asked_by")


def need_list(request: Any) -> HttpResponse:
    state, place, topic = (request.GET.get(name, "") for name in ("state", "place", "topic"))
    rows = needs_for(
        request.actor, state=state if state in NEED.lifecycle.states else "", place=place, topic=topic if topic in TOPICS else "",
        urgent=bool(request.GET.get("urgent")),
    )  # fmt: skip
    page = Pages(own_here(rows), 50).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "states": NEED.lifecycle.states, "state": state, "topics": TOPICS, "topic": topic, "stage": "listen",
        "urgent": bool(request.GET.get("urgent")),
        "works": bool(request.actor.organisations(*WORKERS)),
    }  # fmt: skip
    return render(request, "needs/need_list.html", context)


def needs_board(request: Any) -> HttpResponse:
    """In public: who was asked, who answers, how fast, who is silent."""
    return render(request, "needs/board.html", {"rows": board(clock.today()), "stage": "listen"})


def need_new(request: Any) -> HttpResponse:
    """Anybody may raise a need; whoever is signed in hears what becomes of it. What is there already is offered before it is sent."""
    today = clock.today()
    owner = university_here()
    mine = Organisation.objects.filter(pk__in=request.actor.organisations("office", "leader", "partner", "editor"))
    form = NeedForm(request.POST or None, request.FILES or None, places=regions_on(today), mine=mine, day=today)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid() and owner:
        alike = [] if request.POST.get("sure") else find_alike(request.actor, form.cleaned_data["title"])
        if not alike:
            try:
                made = _raise(request, form.cleaned_data, owner)
            except TertiaError as error:
                add_refusal(form, error)
            else:
                return render(request, "needs/need_raised.html", {"need": made, "stage": "listen"})
    more_open = any(name not in FIRST for name in form.errors) or bool(alike)
    return render(
        request,
        "needs/need_new.html",
        {"form": form, "stage": "listen", "owner": owner, "alike": alike, "first": FIRST, "more_open": more_open},
    )


def _raise(request: Any, given: dict[str, Any], owner: Organisation) -> Need:
    given, today = dict(given), clock.today()
    asked_by, words = given.pop("asked_by", None), given.pop("pictures_words")
    asker = {"akimat": "akimat", "university": "unit"}.get(asked_by.kind, "partner") if asked_by else "citizen"
    given["pictures"] = [(taken, name, words) for taken, name in given["pictures"]]
    network = "" if request.actor.person else speaker_of(request, today).network
    return raise_need(
        by=request.actor, owner=owner, raised_on=today, asker=asker, asked_by=asked_by, network=network, demonstration=owner.demonstration, **given
    )  # fmt: skip


def need(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Need, slug=slug)
    owed = list(record.owed_answers.select_related("party", "evidence").prefetch_related("steps"))
    works = request.actor.has(record.owner_id, *WORKERS)
    ask_form = AskForm(request.POST if request.POST.get("do") == "ask" else None, parties=organisations()) if works else None
    may_answer = next((o for o in owed if o.is_open and MAY_ANSWER(request.actor, {"owed": o})), None)
    answer_form = NeedAnswerForm(request.POST if request.POST.get("do") == "answer" else None) if may_answer else None
    speaker = speaker_of(request, clock.today())
    if request.method == "POST" and _act(request, record, speaker, ask_form, answer_form, may_answer):
        return keep_mark(redirect("need", slug=slug), speaker)
    bodies = list(bodies_of(request.actor))
    is_asker = bool(request.actor.person_id and request.actor.person_id == record.author_id)
    ruling = Ruling.objects.filter(what="need", subject_id=record.pk).first() if record.state == "declined" else None
    context = record_context(
        request, record, owed=owed, ask_form=ask_form, answer_form=answer_form, answering=may_answer, is_asker=is_asker,
        may_close=record.state == "answered" and (is_asker or works and record.author_id is None), may_publish=works and record.visibility != "public",
        groups=group_words(record.groups), topic=TOPICS.get(record.topic, ""), answered_with=ANSWERED_WITH.get(record.answered_with, ""),
        supports=record.supports.count(), files=list(StoredFile.objects.filter(record=record)), merged=list(record.merged.filter(visibility="public")[:20]),
        may_support=record.visibility == "public" and record.state in ("raised", "asked", "answered"), ruling=ruling,
        ruling_words=rule_words(ruling.rule) if ruling else "",
        bodies=bodies if record.visibility == "public" and record.state in ("raised", "asked", "answered") else [],
        marks=record.urgent_for in bodies,
    )  # fmt: skip
    return render(request, "needs/need.html", context)


def _act(request: Any, record: Need, speaker: Speaker, ask_form: Any, answer_form: Any, owed: OwedAnswer | None) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    doing, today, by = request.POST.get("do"), clock.today(), request.actor
    form = {"ask": ask_form, "answer": answer_form}.get(doing)
    if form is not None and not form.is_valid():
        return False
    try:
        if doing == "publish":
            publish_need(by=by, need=record)
        elif doing == "close":
            close_need(by=by, need=record, on=today)
        elif doing == "object":
            object_to_answer(by=by, need=record, words=text_of(request.POST, "words"), on=today)
        elif doing == "urgent":
            body = scoped_or_404(bodies_of(by), pk=request.POST.get("party", ""))
            mark_urgent(by=by, need=record, party=body, words=text_of(request.POST, "words"), on=today)
        elif doing == "calm":
            take_back_urgent(by=by, need=record)
        elif doing == "support":
            support_need(by=by, need=record, speaker=speaker, on=today)
        elif doing == "ask" and form is not None:
            ask_for_answer(by=by, need=record, on=today, **form.cleaned_data)
        elif doing == "answer" and form is not None and owed is not None:
            given = dict(form.cleaned_data)
            given["evidence"] = record_named(by, str(given["evidence"] or ""), "measure", "activity", "opportunity", "conversation")
            answer_need(by=by, owed=scoped_or_404(OwedAnswer.objects.filter(record=record), pk=owed.pk), on=today, **given)
    except TertiaError as error:
        if form is None:
            raise
        add_refusal(form, error)
        return False
    messages.success(request, _("Saved."))
    return True
