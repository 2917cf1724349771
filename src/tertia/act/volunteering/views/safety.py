"""Reporting what went wrong, and the desk of those who read it: reports, checks of hosts, suspension."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions import check_host, close_incident, lift_suspension, name_keeper, report_incident, suspend_host
from tertia.act.volunteering.actions.safety import WORKERS, reads
from tertia.act.volunteering.forms import CheckForm, IncidentForm
from tertia.act.volunteering.models import Incident, Keeper, Suspension
from tertia.act.volunteering.queries import checks_of, opportunity_for
from tertia.act.volunteering.words import INCIDENTS
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, workers_of
from tertia.core.periods import clock

__all__ = ["desk", "report"]


def report(request: Any, slug: str) -> HttpResponse:
    """For anybody, with or without an account: the page says by name who will read it."""
    record = opportunity_for(request.actor, slug)
    if record is None:
        raise Http404
    keeper = Keeper.objects.filter(organisation=record.owner).select_related("person").first()
    form = IncidentForm(request.POST or None, initial={"happened_on": clock.today()})
    sent = False
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            report_incident(by=request.actor, opportunity=record, confidential=not given.pop("open_to_office"), **given)
            sent = True
        except TertiaError as error:
            add_refusal(form, error)
    return render(request, "volunteering/report.html", {"record": record, "form": form, "keeper": keeper, "sent": sent, "stage": "act"})


@login_required
def desk(request: Any) -> HttpResponse:
    keeps = Keeper.objects.filter(person=request.actor.person).select_related("organisation").first() if request.actor.person else None
    owner = home_of(request.actor, *WORKERS) or (keeps.organisation if keeps else None)
    if owner is None:
        raise Http404
    works = request.actor.has(owner.pk, *WORKERS)
    check, fault = CheckForm(request.POST if request.POST.get("do") == "check" else None), ""
    if request.method == "POST":
        try:
            if _act(request, owner, check):
                messages.success(request, _("Saved."))
                return redirect("safety")
        except TertiaError as error:
            fault = error.sentence()
    rows = [i for i in Incident.objects.filter(owner=owner).select_related("opportunity")[:200] if reads(request.actor, i)]
    context = {
        "owner": owner, "works": works, "rows": [{"incident": i, "kind": INCIDENTS[i.kind]} for i in rows], "hosts": checks_of(owner) if works else [], "fault": fault,
        "hidden": Incident.objects.filter(owner=owner, closed_at=None).count() - sum(i.closed_at is None for i in rows), "today": clock.today(), "stage": "act",
        "keeper": Keeper.objects.filter(organisation=owner).select_related("person").first(), "names_keeper": request.actor.has(owner.pk, "leader", "administrator"),
        "people": workers_of(owner, clock.today()) if works else [], "check": check, "sent": request.POST,
    }  # fmt: skip
    return render(request, "volunteering/safety.html", context, status=400 if fault else 200)


def _act(request: Any, owner: Organisation, check: CheckForm) -> bool:
    doing, by, post = request.POST.get("do"), request.actor, request.POST

    def host() -> Organisation:
        found = scoped_or_404(Organisation.objects.filter(opportunities__owner=owner).distinct(), pk=post.get("host") or 0)
        return found  # type: ignore[no-any-return]

    if doing == "close":
        close_incident(
            by=by,
            incident=scoped_or_404(Incident.objects.filter(owner=owner), pk=post.get("incident") or 0),
            outcome=post.get("outcome", ""),
        )
    elif doing == "keeper":
        name_keeper(by=by, organisation=owner, person=scoped_or_404(workers_of(owner, clock.today()), pk=post.get("person") or 0))
    elif doing == "check":
        if not check.is_valid():
            return False
        given = {k: v for k, v in check.cleaned_data.items() if k != "host"}
        check_host(by=by, owner=owner, host=host(), **given)
    elif doing == "suspend":
        suspend_host(by=by, owner=owner, host=host(), reason=post.get("reason", ""))
    elif doing == "lift":
        lift_suspension(by=by, suspension=scoped_or_404(Suspension.objects.filter(owner=owner, lifted_on=None), host=post.get("host") or 0))
    else:
        return False
    return True
