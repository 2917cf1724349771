"""The page behind a member's link: everything that a member does without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.plan.councils.models import Invitation
from tertia.plan.councils.views.room import part

__all__ = ["seat_letter"]


def _words(held: Any) -> str:
    one = Invitation.objects.select_related("meeting__council").filter(pk=held.subject_id).first()
    if one is None:
        return ""
    return _("%(council)s: say whether you come, read the papers, and take part:") % {
        "council": one.meeting.council.title.read((get_language() or "en")[:2]).text
    }


@declare_pass_page("councils.seat", _words)
def seat_letter(request: Any, held: Any) -> HttpResponseBase:
    page = ("meeting__council__owner", "meeting__owner", "tenure__seat", "organisation")
    rows = Invitation.objects.select_related(*(("meeting",) if request.POST.get("do") == "cast" else page))
    return part(request, scoped_or_404(rows, pk=held.subject_id), Actor.holding(held))
