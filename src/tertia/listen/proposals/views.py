"""Proposals: the list, the page with its amendments and reasons side by side, proposing."""

from __future__ import annotations

import difflib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.voices import keep_mark, speaker_of
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.queries import own_here, university_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.core.rules.queries import rule_on
from tertia.listen.moderation.words import RULES
from tertia.listen.proposals.actions import amend, argue, convince, decide, decide_amendment, hide_argument, propose
from tertia.listen.proposals.forms import AmendmentForm, ProposalForm
from tertia.listen.proposals.models import Amendment, Argument, Proposal
from tertia.listen.proposals.polls import stands

__all__ = ["amendment_new", "proposal", "proposal_list", "proposal_new"]

ARGUMENTS = 30


def proposal_list(request: Any) -> HttpResponse:
    rows: Any = own_here(Proposal.objects.visible_to(request.actor)).exclude(state="withdrawn")
    rows = rows.annotate(supported=Count("supports", filter=Q(supports__argument=None))).order_by("-proposed_on", "-pk")
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    return render(request, "proposals/proposal_list.html", {"page": page, "rows": page.object_list, "stage": "listen"})


@login_required
def proposal_new(request: Any) -> HttpResponse:
    """Whoever is signed in proposes; with `from` it grows from a need or a conversation."""
    about = record_named(request.actor, request.GET.get("from", ""), "need", "conversation")
    form = ProposalForm(request.POST or None)
    owner = about.owner if about else university_here()
    if request.method == "POST" and form.is_valid() and owner:
        try:
            made = propose(
                by=request.actor, owner=owner, on=clock.today(), about=about, demonstration=owner.demonstration, **form.cleaned_data
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("It is proposed. Others may now support it, argue, and propose to change it."))
            return redirect("proposal", slug=made.slug)
    return render(request, "proposals/proposal_new.html", {"form": form, "about": about, "stage": "listen"})


def difference(before: Any, after: Any) -> list[tuple[str, str]]:
    """The two texts word by word: pieces that stayed, went ("out") and came ("in")."""
    old, new = plain(before).split(), plain(after).split()
    found = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        if b > a:
            found.append(("out", " ".join(old[a:b])))
        if d > c:
            found.append(("in", " ".join(new[c:d])))
    return found


def proposal(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Proposal, slug=slug)
    speaker = speaker_of(request, clock.today())
    fault, doing = "", request.POST.get("do", "")
    if request.method == "POST":
        try:
            _act(request, record, speaker, doing)
            return keep_mark(redirect("proposal", slug=slug), speaker)
        except BadInput as error:
            fault = error.faults[0].sentence
    poll = record.polls.order_by("-pk").first()
    amendments = [
        {"row": a, "pieces": difference(a.before, a.words)} for a in record.amendments.select_related("author").order_by("-number")[:30]
    ]  # fmt: skip
    runs = request.actor.has(record.owner_id, *OFFICE)
    minority = _minority(record, poll)
    context = record_context(
        request, record, fault=fault, doing=doing, sent=request.POST, poll=poll, options=stands(poll) if poll else [], amendments=amendments, rules=RULES,
        sides=[_side(request, record, side) for side in ("for", "against")], supported=record.supports.filter(argument=None).count(), runs=runs,
        may_decide=request.actor.has(record.owner_id, "office", "leader") and record.state == "open",
        decides_amendments=runs or request.actor.person_id is not None and request.actor.person_id == record.author_id, minority=minority,
        talks=record.state in ("open", "voting"),
    )  # fmt: skip
    return keep_mark(render(request, "proposals/proposal.html", context, status=400 if fault else 200), speaker)


def _side(request: Any, record: Proposal, side: str) -> dict[str, Any]:
    """One page of the reasons of a side, the most convincing first."""
    rows = Argument.objects.filter(proposal=record, side=side, shown=True).order_by("-weight", "pk")
    page = Pages(rows, ARGUMENTS).get_page(request.GET.get(f"{side}-page"))
    return {"side": side, "page": page, "rows": page.object_list, "count": page.paginator.count}


def _minority(record: Proposal, poll: Any) -> list[dict[str, Any]]:
    """What did not win and has more than the set share goes with the outcome."""
    if poll is None or poll.result is None:
        return []
    least = 100 * float(rule_on("resolution.minority_share", poll.closed_on, record.owner))
    return [row for row in stands(poll) if not row["won"] and row["share"] >= least]


def _act(request: Any, record: Proposal, speaker: Any, doing: str) -> None:
    post, today, by = request.POST, clock.today(), request.actor
    number = int(post["number"]) if post.get("number", "").isdecimal() and len(post["number"]) < 15 else 0
    if doing == "support":
        convince(by=by, proposal=record, speaker=speaker)
        return
    if doing == "convinced":
        convince(by=by, proposal=record, speaker=speaker, argument=get_object_or_404(Argument, proposal=record, pk=number, shown=True))
        return
    if doing in ("for", "against"):
        argue(by=by, proposal=record, side=doing, words=text_of(post, "words"), on=today)
    elif doing in ("take", "leave"):
        one = get_object_or_404(Amendment, proposal=record, number=number)
        decide_amendment(by=by, amendment=one, take=doing == "take", words=text_of(post, "words"), on=today)
    elif doing == "hide":
        one_argument = get_object_or_404(Argument, proposal=record, pk=number)
        hide_argument(by=by, argument=one_argument, rule=post.get("rule", ""), words=text_of(post, "words"), on=today)
    elif doing in ("accept", "decline"):
        decide(by=by, proposal=record, accept=doing == "accept", words=text_of(post, "words"), on=today)
    messages.success(request, _("Saved."))


@login_required
def amendment_new(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Proposal, slug=slug)
    form = AmendmentForm(request.POST or None, initial={"words": record.summary})
    if request.method == "POST" and form.is_valid():
        try:
            amend(by=request.actor, proposal=record, on=clock.today(), **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your amendment stands beside the proposal."))
            return redirect("proposal", slug=slug)
    return render(request, "proposals/amendment_new.html", {"form": form, "record": record, "stage": "listen"})
