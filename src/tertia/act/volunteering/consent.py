"""The page behind a parent's link: may your child help? A yes is kept with the name, a no leaves nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions import give_consent, refuse_consent
from tertia.act.volunteering.models import Consent
from tertia.act.volunteering.words import RISKS, words_of
from tertia.core.access.pages import declare_pass_page
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput

__all__ = ["parent_consent"]


@declare_pass_page("volunteering.consent", lambda held: _("May your child help as a volunteer? Please decide here:"))
def parent_consent(request: Any, held: Any) -> HttpResponse:
    consent = Consent.objects.select_related("opportunity__host", "opportunity__owner", "person").filter(pk=held.subject_id).first()
    fault, done = "", ""
    if consent is None:
        done = "refused"
    elif request.method == "POST":
        try:
            if request.POST.get("do") == "refuse":
                refuse_consent(by=Actor.holding(held), consent=consent)
                consent, done = None, "refused"
            else:
                consent = give_consent(by=Actor.holding(held), consent=consent, parent=request.POST.get("parent", ""))
        except BadInput as error:
            fault = error.sentence()
    context: dict[str, Any] = {"consent": consent, "held": held, "fault": fault, "done": done}
    if consent is not None:
        record = consent.opportunity
        context |= {
            "record": record,
            "risks": words_of(record.risks, RISKS),
            "shifts": [(*s.local(), s) for s in record.shifts.filter(called_off=False)[:12]],
        }
    return render(request, "volunteering/consent.html", context, status=400 if fault else 200)
