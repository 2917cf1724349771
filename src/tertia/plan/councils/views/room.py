"""The meeting while it sits: the secretary's page, the projector's, and the page of whoever takes part, by account or by link."""

from __future__ import annotations

import datetime as dt
from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.files.download import stored
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Person
from tertia.core.parties.queries import organisations, workers_of
from tertia.core.periods import clock
from tertia.plan.councils.actions import (
    answer_invitation,
    answer_suggestion,
    arrive,
    ask_to_speak,
    begin_item,
    close_meeting,
    close_vote,
    count_by_hand,
    decide,
    declare_interest_here,
    drop_vote,
    end_item,
    give_floor,
    leave,
    note,
    open_meeting,
    open_vote,
    review_decision,
    suggest,
    vote,
    vote_secretly,
)
from tertia.plan.councils.actions.voting import counted
from tertia.plan.councils.forms import AnswerForm, DecisionForm, MotionForm
from tertia.plan.councils.models import AgendaItem, Cast, Decision, Invitation, Meeting, Motion, Paper, Review, Speaker, Voice
from tertia.plan.councils.queries import count_present, order_on
from tertia.plan.councils.quorum import needed
from tertia.plan.councils.views.meetings import kept_meeting, meeting_of
from tertia.plan.councils.vocabulary import CHOICES, DUTIES, FORMS, MODES, OUTCOMES, SECTORS

#: how long before a meeting one may say that one is there
NEAR = dt.timedelta(hours=2)
#: of a larger council the secretary looks for a name
MOST_SHOWN = 120

__all__ = ["live", "part", "room", "screen", "take_part"]


def state_of(meeting: Meeting) -> dict[str, Any]:
    """What the secretary's and the projector's page show: how many are there, the quorum, the running item, the open vote with its counts.

    Counted by the database, so that five thousand members cost as much as five.
    """
    rows = meeting.invitations.filter(votes=True)
    order = order_on(meeting.council, meeting.starts_on)
    seats, there = rows.count(), rows.filter(presences__left_at=None, presences__isnull=False).count()
    quorum = needed(seats, order.quorum_share, order.quorum_strict) if order else None
    items = list(
        meeting.items.select_related("suggestion").prefetch_related(
            "speakers__invitation", "motions", "decisions__responsible", "decisions__body"
        )
    )
    running = next((i for i in items if i.state == "running"), None)
    motion = Motion.objects.filter(item__meeting=meeting, closed_at=None).select_related("item__meeting").order_by("-pk").first()
    last = (
        Motion.objects.filter(item__meeting=meeting)
        .exclude(closed_at=None)
        .exclude(outcome="dropped")
        .order_by("-closed_at", "-pk")
        .first()
    )
    found: dict[str, Any] = {
        "meeting": meeting, "council": meeting.council, "seats": seats, "there": there, "quorum": quorum, "order": order, "items": items, "running": running, "motion": motion,
        "last": last, "has_quorum": quorum is None or there >= quorum, "outcomes": OUTCOMES, "forms": FORMS, "modes": MODES, "duties": DUTIES, "sectors": SECTORS,
    }  # fmt: skip
    if motion is not None:
        cast = counted(motion)
        found |= {
            "cast": sum(cast.values()) + motion.counted_for + motion.counted_against + motion.counted_abstained,
            "may_vote": count_present(motion),
        }
    return found


def _seated(meeting: Meeting, words: str) -> tuple[list[Invitation], int]:
    """Who is invited, with `now` where somebody is there; of a large council those whose name holds these words. How many are not shown."""
    rows = meeting.invitations.select_related("organisation").prefetch_related("presences")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(deputy_name__icontains=words))
    shown = list(rows[:MOST_SHOWN])
    for one in shown:
        one.now = next((p for p in one.presences.all() if p.left_at is None), None)  # type: ignore[attr-defined]
    return shown, rows.count() - len(shown) if len(shown) == MOST_SHOWN else 0


@login_required
def room(request: Any, slug: str) -> HttpResponse:
    """The secretary's page: presence, floor, votes, decisions, words for the minutes."""
    meeting = kept_meeting(request, slug)
    if meeting.state not in ("called", "open"):
        raise Http404
    doing = request.POST.get("do", "")
    fault = ""
    forms = _forms(request, meeting, doing)
    if request.method == "POST":
        try:
            if _run(request, meeting, doing, forms):
                meeting.refresh_from_db()
                return redirect("minutes" if meeting.state == "closed" else "room", slug=slug)
        except TertiaError as error:
            form = forms.get(doing)
            fault = "" if form is not None else error.sentence()
            if form is not None:
                add_refusal(form, error)
    words = request.GET.get("q", "").strip()
    seated, hidden = _seated(meeting, words)
    chair = meeting.invitations.filter(duty="chair").first()
    context = state_of(meeting) | {
        "record": meeting, "invitations": seated, "hidden": hidden, "q": words, "chair": chair.who if chair else "", "fault": fault, "motion_form": forms["vote"], "decision_form": forms["decide"], "stage": "plan", "doing": doing,
        "reviews": list(Review.objects.filter(item__meeting=meeting).select_related("decision__responsible", "decision__body", "item")),
    }  # fmt: skip
    return render(request, "councils/room.html", context, status=400 if fault else 200)


def _forms(request: Any, meeting: Meeting, doing: str) -> dict[str, Any]:
    item = meeting.items.filter(state="running").first()
    people = workers_of(meeting.owner, clock.today()) | Person.objects.filter(
        pk__in=meeting.invitations.exclude(person=None).values("person")
    )
    return {
        "vote": MotionForm(request.POST if doing == "vote" else None, initial={"text": item.words} if item and item.words else None, auto_id="vote_%s"),
        "decide": DecisionForm(
            request.POST if doing == "decide" else None, people=people.distinct(), organisations=organisations().filter(hosts=False),
            motions=Motion.objects.filter(item=item, outcome="carried"), auto_id="decide_%s",
        ),
    }  # fmt: skip


def _run(request: Any, meeting: Meeting, doing: str, forms: dict[str, Any]) -> bool:
    by, given = request.actor, request.POST
    if doing == "open":
        open_meeting(by=by, meeting=meeting, chair_name=given.get("chair_name", ""))
    elif doing == "close":
        close_meeting(by=by, meeting=meeting)
    elif doing in ("site", "afar", "leave"):
        one = scoped_or_404(Invitation.objects.filter(meeting=meeting), pk=id_of(given.get("which")))
        if doing == "leave":
            leave(by=by, invitation=one)
        else:
            arrive(by=by, invitation=one, mode=doing)
    elif doing == "review":
        found = scoped_or_404(Review.objects.filter(item__meeting=meeting), pk=id_of(given.get("which")))
        review_decision(
            by=by, review=found, outcome=given.get("outcome", ""), words=text_of(given, "words"), due_on=_day(given.get("due_on"))
        )
    elif doing in ("floor", "floor-end"):
        speaker = scoped_or_404(Speaker.objects.filter(item__meeting=meeting), pk=id_of(given.get("which")))
        give_floor(by=by, speaker=speaker, ends=doing == "floor-end")
    elif doing in ("close-vote", "drop-vote", "hands"):
        motion = scoped_or_404(Motion.objects.filter(item__meeting=meeting), pk=id_of(given.get("which")))
        if doing == "hands":
            count_by_hand(
                by=by,
                motion=motion,
                votes_for=id_of(given.get("for")),
                against=id_of(given.get("against")),
                abstained=id_of(given.get("abstain")),
            )
        else:
            (close_vote if doing == "close-vote" else drop_vote)(by=by, motion=motion)
    elif doing == "roll":
        motion = scoped_or_404(Motion.objects.filter(item__meeting=meeting), pk=id_of(given.get("which")))
        one = scoped_or_404(Invitation.objects.filter(meeting=meeting), pk=id_of(given.get("seat")))
        vote(by=by, motion=motion, invitation=one, choice=given.get("choice", ""))
    else:
        return _run_item(request, meeting, doing, forms)
    return True


def _run_item(request: Any, meeting: Meeting, doing: str, forms: dict[str, Any]) -> bool:
    by, given = request.actor, request.POST
    item = scoped_or_404(AgendaItem.objects.filter(meeting=meeting).select_related("suggestion"), pk=id_of(given.get("item")))
    if doing == "begin":
        begin_item(by=by, item=item)
    elif doing in ("end", "postpone"):
        end_item(by=by, item=item, postponed=doing == "postpone")
    elif doing == "note":
        note(by=by, item=item, heard=text_of(given, "heard"))
    elif doing == "outcome" and item.suggestion is not None:
        answer_suggestion(
            by=by, suggestion=item.suggestion, state=given.get("state", ""), answer=text_of(given, "answer"), on=clock.today()
        )
    elif doing == "vote" and forms["vote"].is_valid():
        open_vote(by=by, item=item, **forms["vote"].cleaned_data)
    elif doing == "decide" and forms["decide"].is_valid():
        decide(by=by, item=item, **forms["decide"].cleaned_data)
    else:
        return False
    return True


def _day(words: Any) -> Any:
    try:
        return dt.date.fromisoformat(words or "")
    except ValueError:
        return None


def screen(request: Any, slug: str) -> HttpResponse:
    """What hangs on the wall; it looks again every two seconds."""
    meeting = meeting_of(request, slug)
    here = request.build_absolute_uri(meeting.get_absolute_url())
    square = mark_safe(segno.make(here, error="m").svg_inline(scale=5, border=2, omitsize=True))
    return render(request, "councils/screen.html", state_of(meeting) | {"record": meeting, "square": square, "stage": "plan"})


def live(request: Any, slug: str) -> HttpResponse:
    return render(request, "councils/_live.html", state_of(meeting_of(request, slug)))


@login_required
def take_part(request: Any, slug: str) -> HttpResponseBase:
    """The own page at a meeting, for members with an account."""
    meeting = meeting_of(request, slug)
    found = scoped_or_404(Invitation.objects.filter(meeting=meeting, person=request.actor.person_id).exclude(sent_at=None))
    return part(request, found, request.actor)


def part(request: Any, invitation: Invitation, by: Any) -> HttpResponseBase:
    """Answer, come and go, ask to speak, declare an interest, vote: one page for members by account and by link."""
    meeting = invitation.meeting
    if wanted := request.GET.get("paper"):
        return stored(scoped_or_404(Paper.objects.filter(item__meeting=meeting).select_related("file"), pk=id_of(wanted)).file)
    doing, fault = request.POST.get("do", ""), ""
    initial = {k: getattr(invitation, k) for k in ("reason", "deputy_name", "deputy_email")} | {
        "answer": invitation.answer if invitation.answer != "waiting" else "accepted"
    }
    if not invitation.deputy_name and invitation.tenure:
        initial |= {"deputy_name": invitation.tenure.deputy_name, "deputy_email": invitation.tenure.deputy_email}
    form = AnswerForm(request.POST if doing == "answer" else None, initial=initial)
    if request.method == "POST":
        try:
            if _take_part(request, invitation, by, doing, form):
                return redirect(request.path)
        except TertiaError as error:
            fault = error.sentence()
            if doing == "answer":
                add_refusal(form, error)
                fault = ""
    items = list(meeting.items.select_related("suggestion", "source").prefetch_related("papers__file", "interests"))
    here = invitation.presences.filter(left_at=None).first()
    motion = Motion.objects.filter(item__meeting=meeting, closed_at=None).select_related("item").order_by("-pk").first()
    running = next((i for i in items if i.state == "running"), None)
    interests = {i.pk for i in items for n in i.interests.all() if n.tenure_id == invitation.tenure_id and n.ended_on is None}
    voted = ""
    if motion is not None:
        voice = Voice.objects.filter(motion=motion, invitation=invitation).first()
        voted = voice.choice if voice else "secretly" if Cast.objects.filter(motion=motion, invitation=invitation).exists() else ""
    context = {
        "invitation": invitation, "meeting": meeting, "council": meeting.council, "items": items, "here": here, "motion": motion, "voted": voted, "form": form, "fault": fault,
        "choices": CHOICES, "running": running, "interests": interests, "stage": "plan", "waits": Speaker.objects.filter(item=running, invitation=invitation, ended_at=None).exists() if running else False,
        "closed": list(Motion.objects.filter(item__meeting=meeting).exclude(closed_at=None).exclude(outcome="dropped").select_related("item")), "outcomes": OUTCOMES,
        "decisions": list(Decision.objects.filter(meeting=meeting).select_related("responsible", "body")), "near": meeting.state == "open" or meeting.starts_at - clock.now() < NEAR,
    }  # fmt: skip
    return render(request, "councils/part.html", context, status=400 if fault else 200)


def _take_part(request: Any, invitation: Invitation, by: Any, doing: str, form: AnswerForm) -> bool:
    given, meeting = request.POST, invitation.meeting
    if doing == "answer":
        if not form.is_valid():
            return False
        answer_invitation(by=by, invitation=invitation, **form.cleaned_data)
    elif doing in ("site", "afar"):
        arrive(by=by, invitation=invitation, mode=doing, how="link")
    elif doing == "leave":
        leave(by=by, invitation=invitation)
    elif doing == "suggest":
        suggest(
            by=by,
            council=meeting.council,
            title=text_of(given, "title"),
            words=text_of(given, "words"),
            on=clock.today(),
            invitation=invitation,
        )
    elif doing == "cast":
        motion = scoped_or_404(Motion.objects.filter(item__meeting=meeting), pk=id_of(given.get("motion")))
        choice = given.get("choice", "")
        if motion.form == "secret":
            vote_secretly(by=by, motion=motion, invitation=invitation, choice=choice)
        else:
            vote(by=by, motion=motion, invitation=invitation, choice=choice)
    elif doing in ("speak", "interest"):
        item = scoped_or_404(AgendaItem.objects.filter(meeting=meeting), pk=id_of(given.get("item")))
        if doing == "speak":
            ask_to_speak(by=by, invitation=invitation, item=item)
        else:
            declare_interest_here(by=by, invitation=invitation, item=item, words=given.get("words", ""), on=clock.today())
    else:
        return False
    return True
