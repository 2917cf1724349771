"""The published rules with the public log, and the desk of appeals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import BadInput
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.listen.moderation.actions import decide_appeal
from tertia.listen.moderation.queries import appeal_days, counted, public_log, texts_of, waiting_appeals
from tertia.listen.moderation.words import MODERATED, RULES

__all__ = ["appeals", "log"]


def log(request: Any) -> HttpResponse:
    rows = [
        (row, MODERATED[row.what].label if row.what in MODERATED else row.what, RULES.get(row.rule, (row.rule, ""))[0])
        for row in public_log()
    ]
    context = {"rules": counted(), "rows": rows, "days": appeal_days(), "stage": "listen"}
    return render(request, "moderation/log.html", context)


@login_required
def appeals(request: Any) -> HttpResponse:
    owners = request.actor.organisations(*WORKERS)
    if home_of(request.actor, *WORKERS) is None:
        raise Http404
    waiting = waiting_appeals(owners)
    fault: tuple[int, str] | None = None
    if request.method == "POST":
        number = request.POST.get("ruling", "")
        ruling = scoped_or_404(waiting, pk=int(number) if number.isdecimal() else 0)
        try:
            decide_appeal(
                by=request.actor,
                ruling=ruling,
                reverse=request.POST.get("do") == "reverse",
                words=text_of(request.POST, "words"),
                on=clock.today(),
            )
        except BadInput as error:
            fault = (ruling.pk, error.sentence())
        else:
            messages.success(request, _("Decided. The author is told."))
            return redirect("appeals")
    rows = list(waiting[:100])
    texts = texts_of(rows)
    shown = [
        {
            "ruling": r,
            "text": texts.get(r.pk),
            "rule": RULES.get(r.rule, (r.rule, ""))[0],
            "fault": fault[1] if fault and fault[0] == r.pk else "",
        }
        for r in rows
    ]
    return render(
        request, "moderation/appeals.html", {"rows": shown, "sent": request.POST, "stage": "listen"}, status=400 if fault else 200
    )
