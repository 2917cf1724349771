"""Taking part: the list, the page of a conversation, the cards, a statement of one's own, what came of what one said."""

from __future__ import annotations

import json
import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.access.quick import declare_quick
from tertia.core.access.voices import Speaker, keep_mark, speaker_of
from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.pages import Pages
from tertia.core.languages.forms import text_of
from tertia.core.languages.templatetags.languages import current
from tertia.core.parties.queries import own_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.listen.dialogue.actions import Cast, cast_votes, join_voices, say, say_whence
from tertia.listen.dialogue.actions.statements import LONGEST
from tertia.listen.dialogue.actions.voting import is_open, place_of
from tertia.listen.dialogue.models import Conversation, Statement
from tertia.listen.dialogue.queries import conversations_for, deck, numbers_of, whence_of
from tertia.listen.dialogue.views.answering import answering
from tertia.listen.moderation.actions import appeal
from tertia.listen.moderation.models import Ruling
from tertia.listen.moderation.queries import rulings_by
from tertia.listen.moderation.words import rule_words

__all__ = ["conversation", "conversation_list", "mine", "say_own", "vote"]

#: votes in one sending
MOST_SENT = 50


def conversation_list(request: Any) -> HttpResponse:
    page = Pages(own_here(conversations_for(request.actor)), 30).get_page(request.GET.get("page"))
    today = clock.today()
    rows = [{"record": r, "open": is_open(r, today)} for r in page.object_list]
    may_begin = bool(request.actor.organisations("office", "leader", "editor"))
    return render(request, "dialogue/conversation_list.html", {"page": page, "rows": rows, "may_begin": may_begin, "stage": "listen"})


def conversation(request: Any, slug: str) -> HttpResponse:
    """The record: what it is about, how one takes part, who owes an answer, what came of it."""
    record = record_for(request.actor, Conversation, slug=slug)
    answer, more = answering(request, record)
    if answer is not None:
        return answer
    today = clock.today()
    became = (
        Statement.objects.filter(conversation=record).exclude(became="").select_related("became_record").order_by("-became_on", "-pk")[:20]
    )
    context = record_context(
        request, record, numbers=numbers_of(record), voting=is_open(record, today), became=list(became),
        runs=request.actor.has(record.owner_id, "editor", "office", "leader"), **more,
    )  # fmt: skip
    page = render(request, "dialogue/conversation.html", context)
    if record.state == "open":
        page["Cache-Control"] = "no-store"  # votes leave no event by which a kept page would be made anew
    return page


def _speaker(request: Any, record: Conversation) -> Speaker:
    speaker = speaker_of(request, clock.today())
    if speaker.person and speaker.mark:
        join_voices(by=request.actor, conversation=record, speaker=speaker)
    return speaker


def vote(request: Any, slug: str) -> HttpResponse:
    """The card. Without JavaScript each answer is a form; with it the next cards are on the device already and answers wait there."""
    if request.method == "POST" and request.content_type == "application/json":
        return take_votes(request, slug)
    record = record_for(request.actor, Conversation, slug=slug)
    speaker = _speaker(request, record)
    if request.method == "POST":
        one = _cast(request.POST.dict())
        try:
            cast_votes(by=request.actor, conversation=record, speaker=speaker, votes=[one], day=clock.today())
        except TertiaError as error:
            messages.error(request, error.sentence())
            return keep_mark(redirect("conversation_vote", slug=slug), speaker)
        return keep_mark(redirect(f"{reverse('conversation_vote', kwargs={'slug': slug})}?last={one.number}"), speaker)
    first, last = (_number(request.GET.get(name, "")) for name in ("show", "last"))
    standing = deck(record, speaker, first=first)
    voting = is_open(record, clock.today())
    said = next((s for s in standing.asked.values() if s.number == last and s.pk in standing.votes), None)
    context = {
        "record": record, "standing": standing, "card": standing.cards[0] if standing.cards and voting else None, "voting": voting, "stage": "listen",
        "cards": [_shown(s, standing.votes) for s in standing.cards], "last": said, "last_value": standing.votes.get(said.pk) if said else None,
        "must_sign_in": record.identity and speaker.person is None, "total": len(standing.asked),
        "whence": whence_of(record, speaker) if voting and not standing.cards else None,
    }  # fmt: skip
    answer = render(request, "dialogue/vote.html", context)
    answer["Cache-Control"] = "no-store"
    answer["X-Tertia-Offline"] = "keep"
    return keep_mark(answer, speaker)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 9 else None


def _shown(statement: Statement, votes: dict[int, int]) -> dict[str, Any]:
    reading = statement.words.read(current())
    return {
        "number": statement.number, "text": reading.text, "language": reading.language, "foreign": reading.is_fallback, "seed": statement.seed,
        "mine": votes.get(statement.pk),
    }  # fmt: skip


def _cast(given: Any) -> Cast:
    """One vote as sent. Raises BadInput."""
    try:
        number, value, turn = int(given["number"]), int(given["value"]), int(given.get("turn") or time.time() * 1000)
    except (KeyError, TypeError, ValueError, AttributeError):
        number, value, turn = 0, 9, 0
    if value not in (-1, 0, 1) or not 0 < number < 2**31 or not 0 <= turn < 2**53:
        raise BadInput(Fault("votes", _("A vote is the number of a statement with 1 (agree), -1 (disagree) or 0 (pass).")))
    return Cast(number, value, turn)


def take_votes(request: Any, slug: str) -> HttpResponse:
    """Votes of a device; sending the same ones twice changes nothing. Answers with the next cards where the device asks for them."""
    day = clock.today()
    record = place_of(slug) or record_for(request.actor, Conversation, slug=slug)
    speaker = speaker_of(request, day)
    try:
        body = json.loads(request.body or b"{}")
        rows = body.get("votes", []) if isinstance(body, dict) else None
        if not isinstance(rows, list) or len(rows) > MOST_SENT:
            raise BadInput(Fault("votes", _("At most %(n)d votes at once.") % {"n": MOST_SENT}))
        votes = [_cast(row) for row in rows]
        if votes:
            cast_votes(by=request.actor, conversation=record, speaker=speaker, votes=votes, day=day)
    except ValueError:
        return JsonResponse({"sentence": _("This could not be read as votes.")}, status=400)
    except TertiaError as error:
        return keep_mark(JsonResponse({"sentence": error.sentence()}, status=400 if isinstance(error, BadInput) else error.status), speaker)
    if not body.get("deck"):
        return keep_mark(HttpResponse(b'{"taken": %d}' % len(votes), content_type="application/json"), speaker)
    standing = deck(record_for(request.actor, Conversation, slug=slug), speaker)
    cards = [_shown(s, standing.votes) for s in standing.cards]
    return keep_mark(
        JsonResponse({"taken": len(votes), "cards": cards, "answered": standing.answered, "total": len(standing.asked)}), speaker
    )  # fmt: skip


declare_quick(r"conversations/(?P<slug>[-\w]+)/vote/", take_votes)


def say_own(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Conversation, slug=slug)
    speaker = _speaker(request, record)
    fault = ""
    if request.method == "POST":
        try:
            made = say(by=request.actor, conversation=record, speaker=speaker, words=text_of(request.POST, "words"), on=clock.today())
        except BadInput as error:
            fault = error.faults[0].sentence
        else:
            messages.success(
                request,
                _("Thank you. Others vote on it now.")
                if made.state == "open"
                else _("Thank you. The office reads it; then others vote on it."),
            )
            return keep_mark(redirect("conversation_mine", slug=slug), speaker)
    voting = is_open(record, clock.today()) and record.may_say
    context = {
        "record": record, "fault": fault, "sent": request.POST.get("words", ""), "voting": voting, "longest": LONGEST, "stage": "listen",
        "must_sign_in": record.identity and speaker.person is None,
    }  # fmt: skip
    return keep_mark(render(request, "dialogue/say.html", context, status=400 if fault else 200), speaker)


def mine(request: Any, slug: str) -> HttpResponse:
    """My votes, my statements, how they were moderated, and what became of them."""
    record = record_for(request.actor, Conversation, slug=slug)
    speaker = _speaker(request, record)
    own = Statement.objects.filter(conversation=record).select_related("became_record", "joined_to").order_by("number")
    own = (
        own.filter(author=speaker.person) if speaker.person else own.filter(author_key=speaker.author_key(record.pk)).exclude(author_key="")
    )
    statements = list(own)
    rulings = rulings_by("statement", [s.pk for s in statements])
    fault = ""
    if request.method == "POST" and "whence" in request.POST:
        try:
            say_whence(by=request.actor, conversation=record, speaker=speaker, whence=request.POST["whence"])
        except TertiaError as error:
            messages.error(request, error.sentence())
        else:
            messages.success(request, _("Saved."))
        return keep_mark(redirect("conversation_mine", slug=slug), speaker)
    if request.method == "POST":
        ruling = scoped_or_404(
            Ruling.objects.filter(pk__in=[r.pk for r in rulings.values()]), pk=_number(request.POST.get("ruling", "")) or 0
        )
        try:
            appeal(by=request.actor, ruling=ruling, words=text_of(request.POST, "words"), on=clock.today(), key=ruling.author_key)
        except BadInput as error:
            fault = error.faults[0].sentence
        else:
            messages.success(request, _("Your appeal is with the office; somebody else decides."))
            return redirect("conversation_mine", slug=slug)
    standing = deck(record, speaker, most=0)
    voted = list(Statement.objects.filter(pk__in=standing.votes, conversation=record).order_by("number"))
    context = {
        "record": record, "fault": fault, "stage": "listen", "voting": is_open(record, clock.today()),
        "own": [{"statement": s, "ruling": rulings.get(s.pk), "rule": rule_words(rulings[s.pk].rule) if s.pk in rulings else ""} for s in statements],
        "voted": [{"statement": s, "value": standing.votes[s.pk]} for s in voted], "whence": whence_of(record, speaker),
    }  # fmt: skip
    answer = render(request, "dialogue/mine.html", context, status=400 if fault else 200)
    answer["Cache-Control"] = "no-store"
    return keep_mark(answer, speaker)
