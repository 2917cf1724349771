"""Rounds of priorities: the list, beginning one, judging, the order with its agreement and its file."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import BadInput
from tertia.core.actions.policies import OFFICE, WORKERS
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.listen.needs.models import Need
from tertia.listen.needs.priorities import HIGHEST
from tertia.listen.needs.priority_actions import begin_round, close_round, judge, judgements_of, ranking_of
from tertia.listen.needs.priority_models import PriorityJudgement, PriorityRound
from tertia.listen.needs.queries import needs_for

__all__ = ["priorities", "priorities_file", "priorities_new", "priority_round"]


def _rounds(actor: Any) -> Any:
    """Closed ones are public; open ones are seen by those who may judge."""
    mine = PriorityRound.objects.filter(owner__in=actor.organisations(*WORKERS))
    return PriorityRound.objects.exclude(closed_on=None) | mine


def priorities(request: Any) -> HttpResponse:
    rows = _rounds(request.actor).select_related("owner")[:100]
    return render(
        request, "needs/priorities.html", {"rows": rows, "may_begin": home_of(request.actor, *OFFICE) is not None, "stage": "listen"}
    )


@login_required
def priorities_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    open_ones = list(needs_for(request.actor).filter(owner=owner, visibility="public", state__in=("raised", "asked", "answered"))[:200])
    fault = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("need"))
        try:
            made = begin_round(
                by=request.actor, owner=owner, title=text_of(request.POST, "title"), criteria=request.POST.get("criteria", "").splitlines(),
                needs=[n for n in open_ones if str(n.pk) in chosen], on=clock.today(), demonstration=owner.demonstration,
            )  # fmt: skip
            return redirect("priority_round", pk=made.pk)
        except BadInput as error:
            fault = error.faults[0].sentence
    suggested = "\n".join(
        [_("How many people are concerned"), _("How hard it is for them"), _("What the university can do about it"), _("How urgent it is")]
    )
    context = {
        "needs": open_ones,
        "fault": fault,
        "sent": request.POST,
        "suggested": suggested,
        "stage": "listen",
        "chosen": request.POST.getlist("need"),
    }
    return render(request, "needs/priorities_new.html", context, status=400 if fault else 200)


def priority_round(request: Any, pk: int) -> HttpResponse:
    found = scoped_or_404(_rounds(request.actor).select_related("owner"), pk=pk)
    works = request.actor.has(found.owner_id, *WORKERS)
    fault = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "close":
                close_round(by=request.actor, round=found, on=clock.today())
            else:
                _judge(request, found)
            messages.success(request, _("Saved."))
            return redirect("priority_round", pk=pk)
        except BadInput as error:
            fault = error.faults[0].sentence
    needs = {str(n.pk): n for n in Need.objects.filter(pk__in=found.needs)}
    own = PriorityJudgement.objects.filter(round=found, person=request.actor.person).first() if request.actor.person_id else None
    ranking = ranking_of(found) if found.closed_on or works and own else None
    context = {
        "round": found, "fault": fault, "stage": "listen", "judging": works and found.closed_on is None, "may_close": request.actor.has(found.owner_id, *OFFICE) and found.closed_on is None,
        "criteria": [(n, words, own.weights.get(str(n), 5) if own else 5) for n, words in enumerate(found.criteria)],
        "rows": [{"need": needs[str(pk)], "marks": [_mark(own, pk, n) for n in range(len(found.criteria))]} for pk in found.needs if str(pk) in needs],
        "ranking": ranking, "order": [(needs[n], round(100 * w), round(100 * ranking.stays[n])) for n, w in ranking.order if n in needs] if ranking else [],
        "agreement": None if ranking is None or ranking.agreement is None else round(100 * ranking.agreement), "marks": range(HIGHEST + 1),
    }  # fmt: skip
    return render(request, "needs/priority_round.html", context, status=400 if fault else 200)


def _mark(own: Any, need: int, criterion: int) -> Any:
    return own.marks.get(str(need), {}).get(str(criterion)) if own else None


def _judge(request: Any, found: PriorityRound) -> None:
    def number(word: str) -> int | None:
        return int(word) if word.isdecimal() and len(word) < 3 else None

    weights = [number(request.POST.get(f"w{n}", "")) or 0 for n in range(len(found.criteria))]
    marks = {pk: [number(request.POST.get(f"m{pk}-{n}", "")) for n in range(len(found.criteria))] for pk in found.needs}
    judge(by=request.actor, round=found, weights=weights, marks=marks)


def priorities_file(request: Any, pk: int) -> HttpResponse:
    """All judgements without names, from which `tertia priorities rank` gives the same order."""
    found = scoped_or_404(_rounds(request.actor).exclude(closed_on=None), pk=pk)
    answer = HttpResponse(json.dumps(judgements_of(found), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="priorities-{found.pk}.json"'
    return answer
