"""Questions of the region: the list, asking one, its page with the offers to chairs and the summary that is owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal, carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import home_of, members_of, organisations, university_here
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.listen.research.actions import answer_offer, ask_question, give_up_topic, hand_back, offer_topic
from tertia.listen.research.actions.questions import MAY_ANSWER_OFFER, SPEAKS
from tertia.listen.research.forms import HandBackForm, OfferForm, QuestionForm, TakeForm
from tertia.listen.research.kinds import QUESTION
from tertia.listen.research.models import Question, Study, Topic
from tertia.listen.research.queries import questions_for
from tertia.listen.research.vocabulary import LEVELS, TOPIC_STATES

__all__ = ["regional_question", "regional_question_new", "regional_questions"]


def regional_questions(request: Any) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = questions_for(request.actor, state=state if state in QUESTION.lifecycle.states else "", place=request.GET.get("place", ""))
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "states": QUESTION.lifecycle.states, "state": state, "may_ask": bool(_bodies(request.actor)), "stage": "listen",
    }  # fmt: skip
    return render(request, "research/questions.html", context)


def _bodies(actor: Any) -> Any:
    """For whom somebody may ask: the office for any body, a body's own people for it."""
    if home_of(actor, *OFFICE) is not None:
        return organisations()
    return organisations().filter(pk__in=actor.organisations(*SPEAKS))


@login_required
def regional_question_new(request: Any) -> HttpResponse:
    owner, bodies, today = university_here(), _bodies(request.actor), clock.today()
    if owner is None or not bodies:
        raise Http404
    about = record_named(request.actor, request.GET.get("from", ""), "need", "conversation", "measure")
    form = QuestionForm(request.POST or None, bodies=bodies, places=regions_on(today), initial={"title": about.title if about else None})
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_question(
                by=request.actor, owner=owner, on=today, about=about, demonstration=owner.demonstration, **form.cleaned_data
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("regional_question", slug=made.slug)
    return render(request, "research/question_new.html", {"form": form, "about": about, "stage": "listen"})


def regional_question(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Question, slug=slug)
    works = request.actor.has(record.owner_id, *OFFICE)
    open_now = record.state in ("asked", "offered", "taken")
    topics = list(record.topics.select_related("chair__parent", "supervisor", "study"))
    mine = next((t for t in topics if t.state == "offered" and MAY_ANSWER_OFFER(request.actor, {"topic": t})), None)
    given = request.POST if request.method == "POST" else None
    doing = request.POST.get("do", "")
    forms: dict[str, Any] = {}
    if works and open_now:
        chairs = Organisation.objects.filter(kind="unit").order_by("slug")
        since = dt.date(record.asked_on.year - 1, 1, 1)
        studies = Study.objects.filter(owner=record.owner_id, state="finished", about="region", finished_on__gte=since).order_by(
            "-finished_on", "-pk"
        )
        forms["offer"] = OfferForm(given if doing == "offer" else None, chairs=chairs)
        forms["back"] = HandBackForm(given if doing == "back" else None, studies=studies)
    if mine is not None:
        staff = members_of(record.owner, clock.today()).filter(standing="staff").order_by().values("person")
        people = Person.objects.filter(pk__in=staff).order_by("name")
        forms["take"] = TakeForm(given if doing in ("take", "refuse") else None, people=people)
    if request.method == "POST" and _act(request, record, forms, doing, mine):
        return redirect("regional_question", slug=slug)
    inside = request.actor.has(record.owner_id, "member", "editor", "office", "leader", "administrator", "analyst")
    for topic in topics:
        topic.word, topic.level_word = TOPIC_STATES[topic.state], LEVELS[topic.level]  # type: ignore[attr-defined]
        topic.may_give_up = topic.state == "taken" and MAY_ANSWER_OFFER(request.actor, {"topic": topic})  # type: ignore[attr-defined]
    context = record_context(
        request, record, topics=topics, forms=forms, mine=mine, inside=inside, works=works, open_now=open_now, owed=list(record.owed_answers.select_related("party")),
        to_study=_studied(request.actor, record),
    )  # fmt: skip
    return render(request, "research/question.html", context)


def _studied(actor: Any, record: Question) -> list[Study]:
    return list(
        Study.objects.visible_to(actor).filter(links_up__upper=record, links_up__relation="studies").order_by("-finished_on", "-pk")[:20]
    )


def _act(request: Any, record: Question, forms: dict[str, Any], doing: str, mine: Topic | None) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    form = forms.get("take" if doing in ("take", "refuse") else doing)
    by, today = request.actor, clock.today()

    def act() -> None:
        if doing == "offer" and form is not None:
            offer_topic(by=by, question=record, on=today, **form.cleaned_data)
        elif doing in ("take", "refuse") and form is not None and mine is not None:
            answer_offer(by=by, topic=mine, takes=doing == "take", on=today, **form.cleaned_data)
        elif doing == "back" and form is not None:
            hand_back(by=by, question=record, on=today, **form.cleaned_data)
        elif doing == "give-up":
            topic = scoped_or_404(Topic.objects.filter(question=record), pk=id_of(request.POST.get("topic")))
            give_up_topic(by=by, topic=topic, reason=text_of(request.POST, "reason"), on=today)

    return carried_out(request, form, act)
