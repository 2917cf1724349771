"""The formal vote: opening it, the ballot, the receipt, the published ballots."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.periods import clock
from tertia.core.records.queries import record_for
from tertia.listen.proposals.forms import PollForm
from tertia.listen.proposals.models import Entitled, Poll, Proposal
from tertia.listen.proposals.polls import cast_ballot, close_poll, open_poll, published_ballots, stands

__all__ = ["ballots", "poll", "poll_new"]


def _poll(request: Any, slug: str) -> tuple[Proposal, Poll]:
    record = record_for(request.actor, Proposal, slug=slug)
    found = record.polls.order_by("-pk").first()
    if found is None:
        raise Http404
    return record, found


@login_required
def poll_new(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Proposal, slug=slug)
    if not request.actor.has(record.owner_id, "office", "leader"):
        raise Http404
    form = PollForm(request.POST or None, initial={"options": f"{_('for')}\n{_('against')}"})
    if request.method == "POST" and form.is_valid():
        try:
            open_poll(by=request.actor, proposal=record, on=clock.today(), **form.values())
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The vote is open. Whoever is entitled finds it under Today."))
            return redirect("poll", slug=slug)
    return render(request, "proposals/poll_new.html", {"form": form, "record": record, "stage": "listen"})


def poll(request: Any, slug: str) -> HttpResponse:
    """The ballot for those entitled; the result with its ballots for all."""
    record, found = _poll(request, slug)
    fault = receipt = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "count":
                close_poll(by=request.actor, poll=found, on=clock.today())
                return redirect("poll", slug=slug)
            receipt = cast_ballot(by=request.actor, poll=found, options=_chosen(request, found), on=clock.today())
        except BadInput as error:
            fault = error.faults[0].sentence
    row = Entitled.objects.filter(poll=found, person=request.actor.person_id).first() if request.actor.person_id else None
    entitled = Entitled.objects.filter(poll=found)
    context = {
        "record": record, "poll": found, "fault": fault, "receipt": receipt, "may_vote": bool(row and not row.voted and found.state == "open" and not receipt),
        "has_voted": bool(row and row.voted), "entitled": entitled.count(), "voted": entitled.filter(voted=True).count(), "rows": stands(found), "stage": "listen",
        "may_count": request.actor.has(record.owner_id, "office", "leader") and found.state == "open", "places": range(1, len(found.options) + 1),
    }  # fmt: skip
    answer = render(request, "proposals/poll.html", context, status=400 if fault else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _chosen(request: Any, found: Poll) -> list[str]:
    """The ballot of a form. Of a ranking each option carries its place; equal places are refused."""
    if found.method != "ranked":
        return [o for o in request.POST.getlist("option") if o]
    places = {code: request.POST.get(f"place-{code}", "") for code in found.options}
    named = {code: int(word) for code, word in places.items() if word.isdecimal() and len(word) < 4}
    if len(set(named.values())) != len(named):
        from tertia.core.actions.errors import Fault  # app start

        raise BadInput(Fault("options", _("Two options have the same place. Give each its own, or leave it without one.")))
    return sorted(named, key=lambda code: named[code])


def ballots(request: Any, slug: str) -> HttpResponse:
    """The ballots of the last closed vote, as they were counted."""
    record = record_for(request.actor, Proposal, slug=slug)
    found = record.polls.filter(state=Poll.State.CLOSED).order_by("-pk").first()
    if found is None:
        raise Http404
    answer = HttpResponse(published_ballots(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{record.slug}-ballots.csv"'
    return answer
