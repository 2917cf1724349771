"""Signs of gaming, for the office of the university that they concern."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tertia.core.actions.policies import OFFICE
from tertia.core.parties.queries import home_of
from tertia.measure.trust.queries import signs_for

__all__ = ["signs"]

SHOWN = 50


@login_required
def signs(request: Any) -> HttpResponse:
    """What deserves a question; nothing follows from it by itself."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    groups = [
        {"kind": kind, "title": title, "reason": reason, "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)}
        for kind, title, reason, rows in signs_for(owner, request.actor)
    ]
    return render(request, "trust/signs.html", {"owner": owner, "groups": groups, "stage": "measure"})
