"""What became of it: the rounds of a resolution, and addressees beside each other."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.errors import NotAllowed, TertiaError
from tertia.core.files.cells import harmless
from tertia.core.files.download import attachment
from tertia.core.languages.templatetags.languages import plain
from tertia.core.periods import clock
from tertia.core.records.queries import record_for
from tertia.plan.conferences.actions import ask_follow_up
from tertia.plan.conferences.comparing import compare
from tertia.plan.conferences.models import Resolution
from tertia.plan.conferences.queries import resolutions_for

__all__ = ["PROGRESS", "addressees", "addressees_csv", "rounds"]

PROGRESS = {
    "not-begun": gettext_lazy("not begun"),
    "underway": gettext_lazy("under way"),
    "stopped": gettext_lazy("stopped"),
    "done": gettext_lazy("carried out"),
}


def _chosen(request: Any) -> tuple[list[Resolution], list[Resolution]]:
    """All adopted resolutions that the reader may see, and those of them that the address names (without a name, all)."""
    rows = [r for r in resolutions_for(request.actor) if r.adopted_on]
    slug = request.GET.get("resolution", "")
    return rows, [r for r in rows if r.slug == slug] or rows


def addressees(request: Any) -> HttpResponse:
    rows, chosen = _chosen(request)
    found = compare(chosen, clock.today())
    one = chosen[0] if len(chosen) == 1 else None
    context = {
        "rows": found, "resolutions": rows, "one": one, "stage": "plan", "progress_words": PROGRESS, "asked": sum(r.asked for r in found),
        "answered": sum(r.answered for r in found),
    }  # fmt: skip
    return render(request, "conferences/addressees.html", context)


def addressees_csv(request: Any) -> HttpResponse:
    """The comparison as a table: one row for each body."""
    _rows, chosen = _chosen(request)
    answer = attachment("", "text/csv; charset=utf-8", "addressees.csv")
    out = csv.writer(answer, lineterminator="\n")
    out.writerow(
        ["body", "name", "asked", "answered", "accepted", "declined", "done", "median_days", "longest_silence_days", "reminders", *PROGRESS]
    )
    for r in compare(chosen, clock.today()):
        cells = [
            r.asked,
            r.answered,
            r.accepted,
            r.declined,
            r.done,
            r.middle,
            r.silence,
            r.reminders,
            *(r.progress.get(k, 0) for k in PROGRESS),
        ]
        out.writerow([r.party.slug, harmless(plain(r.party.name)), *("" if c is None else c for c in cells)])
    return answer


@login_required
def rounds(request: Any, slug: str) -> HttpResponse:
    """The rounds of a resolution with what each body said; the office begins the next one, or lets the half year pass."""
    record = record_for(request.actor, Resolution, slug=slug)
    if not request.actor.has(record.owner_id, "office", "leader", "editor"):
        raise NotAllowed("conferences.ask_follow_up")
    if request.method == "POST":
        try:
            made = ask_follow_up(by=request.actor, resolution=record, on=clock.today())
            messages.success(request, _("Round %(n)d has begun; the letters are on their way.") % {"n": made.number})
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("follow_ups", slug=slug)
    found = list(record.follow_ups.prefetch_related("progress__owed__party", "progress__owed__record"))
    shown = [(r, list(r.progress.all()), sum(bool(p.state) for p in r.progress.all())) for r in found]
    context = {
        "record": record,
        "rounds": shown,
        "words": PROGRESS,
        "stage": "plan",
        "may_ask": request.actor.has(record.owner_id, "office", "leader"),
    }
    return render(request, "conferences/follow_ups.html", context)
