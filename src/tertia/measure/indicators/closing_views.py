"""Closed periods: which, in how many versions, who closed them and why, what a correction changed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput
from tertia.core.facts.declare import FACTS
from tertia.core.keys.actions import own_key
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.measure.indicators.actions import close_period
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.models import Closing, Figure
from tertia.measure.indicators.nightly import follow
from tertia.measure.indicators.queries import INSIDE, current_facts, is_over
from tertia.measure.indicators.snapshot import differences

__all__ = ["closed_list", "closed_period"]


def closed_list(request: Any) -> HttpResponse:
    """Every closed period with its latest version, and for the office those that wait to be closed."""
    latest = {}
    for closing in Closing.objects.select_related("owner").order_by("owner__slug", "-period", "number"):
        latest[closing.owner_id, closing.period] = closing
    owner = home_of(request.actor, "office", "leader")
    waiting: list[str] = []
    if owner is not None:
        there = set(Figure.objects.filter(indicator__owner=owner).values_list("period", flat=True))
        waiting = sorted((p for p in there if is_over(p) and (owner.pk, p) not in latest), reverse=True)
    context = {"rows": list(latest.values()), "owner": owner, "waiting": waiting, "stage": "measure"}
    return render(request, "indicators/closed_list.html", context)


def closed_period(request: Any, slug: str, period: str) -> HttpResponse:
    """One period of one university: its versions, the latest first, and what each changed."""
    owner = get_object_or_404(Organisation, slug=slug, hosts=True)
    versions = list(Closing.objects.filter(owner=owner, period=period).select_related("person").order_by("-number"))
    closes = request.actor.has(owner.pk, "office", "leader")
    if not versions and not (closes and Figure.objects.filter(indicator__owner=owner, period=period).exists()):
        raise Http404
    error = None
    if request.method == "POST":
        try:
            _close(request, owner, period)
        except BadInput as found:
            error = found
        else:
            messages.success(request, _("The period is closed."))
            return redirect("closed_period", slug=slug, period=period)
    inside = request.actor.has(owner.pk, *INSIDE)
    if request.GET.get("format") == "json":
        return _snapshot(versions, request.GET.get("number", ""), inside)
    context = {
        "owner": owner, "period": period, "closes": closes, "inside": inside, "error": error, "stage": "measure", "over": is_over(period),
        "versions": [{"closing": c, "changes": _changes(c, versions, inside)} for c in versions],
    }  # fmt: skip
    return render(request, "indicators/closed_period.html", context, status=400 if error else 200)


def _close(request: Any, owner: Organisation, period: str) -> None:
    """Close or correct; the university's key is made on its first closing."""
    if not request.actor.has(owner.pk, "office", "leader"):
        raise Http404
    today = clock.today()
    key = own_key(owner, today)
    with current_facts(owner, *FACTS) as facts, transaction.atomic():
        close_period(by=request.actor, owner=owner, period=period, facts=facts, key=key, reason=request.POST.get("reason", ""))
        follow(owner, facts, today)


def _changes(closing: Closing, versions: list[Closing], inside: bool) -> list[dict[str, Any]]:
    """What a version changed against the one before it; parts of a figure are listed to those who work there only."""
    before = next((c for c in versions if c.number == closing.number - 1), None)
    if before is None:
        return []
    found = differences(before.snapshot, closing.snapshot)
    return [{"entry": catalogue().get(d.indicator), "difference": d} for d in found if inside or not d.breakdown]


def _snapshot(versions: list[Closing], number: str, inside: bool) -> HttpResponse:
    """The signed file. It holds counts of few people, so it is given to those who work for the university."""
    chosen = next((c for c in versions if str(c.number) == number), versions[0] if versions else None)
    if chosen is None or not inside:
        raise Http404
    response = HttpResponse(json.dumps(chosen.snapshot, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{chosen.owner.slug}-{chosen.period}-v{chosen.number}.json"'
    return response
