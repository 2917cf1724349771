"""Published roll calls of a council: the list, one of them, and how often two voters voted alike."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.pages import Pages
from tertia.core.records.queries import record_for
from tertia.plan.councils.models import Council, Roll, RollVoice, RollVoter
from tertia.plan.councils.vocabulary import CHOICES

__all__ = ["roll", "rolls"]


def rolls(request: Any, slug: str) -> HttpResponse:
    """All roll calls, the latest first; with two voters named, in how many both voted and in how many alike."""
    council = record_for(request.actor, Council, slug=slug)
    rows, words = Roll.objects.filter(council=council), request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(words__icontains=words) | Q(number__icontains=words))
    voters = list(RollVoter.objects.filter(council=council).exclude(code="").order_by("name", "code"))
    chosen = [next((v for v in voters if v.code == request.GET.get(key)), None) for key in ("a", "b")]
    context: dict[str, Any] = {
        "record": council, "page": (page := Pages(rows, 50).get_page(request.GET.get("page"))), "rows": page.object_list, "q": words, "voters": voters, "stage": "plan",
        "a": chosen[0], "b": chosen[1],
    }  # fmt: skip
    if chosen[0] is not None and chosen[1] is not None:
        both = RollVoice.objects.filter(voter=chosen[0])
        context["both"] = both.filter(roll__voices__voter=chosen[1]).count()
        context["alike"] = both.filter(roll__voices__voter=chosen[1], roll__voices__choice=F("choice")).count()
    return render(request, "councils/rolls.html", context)


def roll(request: Any, slug: str, code: str) -> HttpResponse:
    council = record_for(request.actor, Council, slug=slug)
    found = scoped_or_404(Roll.objects.filter(council=council), code=code)
    by_choice: dict[str, list[str]] = {c: [] for c in CHOICES}
    for choice, name, voter in found.voices.order_by("voter__name", "voter__code").values_list("choice", "voter__name", "voter__code"):
        by_choice[choice].append(name or voter)
    words = {"for": _("In favour"), "against": _("Against"), "abstain": _("Abstained")}
    sides = [(words[c], names) for c, names in by_choice.items()]
    return render(request, "councils/roll.html", {"record": council, "roll": found, "sides": sides, "stage": "plan"})
