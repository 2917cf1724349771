"""Activities and their hours; the page on which the host signs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.actions import amend_hours, ask_host, claim_hours, write_activity
from tertia.act.activities.forms import ActivityForm, AmendForm, ClaimForm
from tertia.act.activities.models import Activity, HoursSheet
from tertia.act.activities.queries import activities_for, sheet_totals
from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import WRITERS
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import home_of, organisations
from tertia.core.periods import clock
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named

__all__ = ["activity", "activity_list", "activity_new", "calendar", "hours", "read_claim_lines"]


def activity_list(request: Any) -> HttpResponse:
    past = "past" in request.GET
    rows = activities_for(request.actor) if past else activities_for(request.actor, after=clock.today())
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "past": past, "stage": "act", "may_add": bool(request.actor.organisations(*WRITERS))}
    return render(request, "activities/activity_list.html", context)


def calendar(request: Any) -> HttpResponse:
    """What is still to come, as iCalendar."""
    language = (get_language() or "en")[:2]
    entries = (
        CalendarEntry(
            f"activity-{row.pk}@{settings.MESSAGE_ID_DOMAIN}", row.title.read(language).text, row.starts_at, row.ends_at, row.changed_at, row.where,
            cancelled=row.state == "withdrawn",
        )
        for row in activities_for(request.actor, after=clock.today())[:500]
    )  # fmt: skip
    return HttpResponse(calendar_file(entries), content_type="text/calendar; charset=utf-8")


@login_required
def activity_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *WRITERS)
    if owner is None:
        raise Http404
    carries = record_named(request.actor, request.GET.get("from", ""), "measure", "need")
    form = ActivityForm(request.POST or None, hosts=organisations(), units=Organisation.objects.filter(parent=owner))
    if request.method == "POST" and form.is_valid():
        starts, ends = form.times()
        given = {k: v for k, v in form.cleaned_data.items() if k not in ("day", "from_time", "to_time")}
        try:
            made = write_activity(
                by=request.actor, owner=owner, starts_at=starts, ends_at=ends, carries_out=[carries] if carries else [],
                demonstration=owner.demonstration, **given,
            )  # fmt: skip
        except BadInput as error:
            add_refusal(form, BadInput(*(Fault("to_time" if f.where == "ends_at" else f.where, f.sentence) for f in error.faults)))
        else:
            return redirect("activity", slug=made.slug)
    return render(request, "activities/activity_new.html", {"form": form, "carries": carries, "stage": "act"})


def activity(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Activity, slug=slug)
    writes = request.actor.has(record.owner_id, *WRITERS)
    sheet = HoursSheet.objects.filter(activity=record).first()
    claim_form = ClaimForm(request.POST or None) if writes and (sheet is None or sheet.state in ("claimed", "asked")) else None
    if request.method == "POST" and claim_form is not None and claim_form.is_valid():
        try:
            sheet = claim_hours(by=request.actor, activity=record, rows=read_claim_lines(claim_form.cleaned_data["lines"], record))
        except TertiaError as error:
            if isinstance(error, BadInput):
                error = BadInput(*(Fault("lines", f.sentence) for f in error.faults))
            add_refusal(claim_form, error)
        else:
            return redirect("hours", slug=sheet.slug)
    context = record_context(
        request, record, sheet=sheet, claim_form=claim_form, totals=sheet_totals([sheet.pk]).get(sheet.pk) if sheet else None
    )
    return render(request, "activities/activity.html", context)


def read_claim_lines(text: str, record: Activity) -> list[tuple[Any, Any, Decimal, str]]:
    """`S00012 3,5` lines into people and hours. Raises BadInput with every fault and its line."""
    people = {
        p.key: p for p in Person.objects.filter(home=record.owner, key__in=[line.split()[0] for line in text.splitlines() if line.split()])
    }
    rows, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        person = people.get(parts[0])
        try:
            given = Decimal(parts[1].replace(",", "."))
        except (IndexError, InvalidOperation):
            faults.append(Fault("lines", _("Line %(n)d: write the hours as a number, for example 3,5.") % {"n": number}))
            continue
        if person is None:
            faults.append(
                Fault(
                    "lines",
                    _("Line %(n)d: there is nobody with the number %(key)s in the list of people.") % {"n": number, "key": parts[0]},
                )
            )
            continue
        rows.append((person, record.unit, given, "staff" if parts[0].startswith("T") else "student"))
    if faults:
        raise BadInput(*faults)
    return rows


def hours(request: Any, slug: str) -> HttpResponse:
    """A sheet of hours: totals to everybody, names only to those who work here and to the host."""
    record = record_for(request.actor, HoursSheet, slug=slug)
    writes = request.actor.has(record.owner_id, *WRITERS)
    sees_names = request.actor.has(record.owner_id, "editor", "office", "leader", "administrator")
    if request.method == "POST" and request.POST.get("do") == "ask":
        sheet = ask_host(by=request.actor, sheet=record, on=clock.today())
        messages.success(request, _("The host is asked to sign."))
        return redirect("pass_share", pk=sheet.link.pk) if sees_names else redirect("hours", slug=slug)
    may_amend = record.state == "signed" and request.actor.has(record.owner_id, "editor", "office", "leader")
    amend = AmendForm(request.POST if request.POST.get("do") == "amend" else None) if may_amend else None
    if request.method == "POST" and amend is not None and amend.is_valid():
        try:
            rows = read_claim_lines(amend.cleaned_data["lines"], record.activity)
            sheet = amend_hours(by=request.actor, sheet=record, rows=rows, reason=amend.cleaned_data["reason"], on=clock.today())
            messages.success(request, _("The host is asked to sign."))
            return redirect("pass_share", pk=sheet.link.pk)
        except TertiaError as error:
            add_refusal(amend, error)
    claimed, signed, people = sheet_totals([record.pk]).get(record.pk, (Decimal(0), Decimal(0), 0))
    rows = record.participations.select_related("person", "unit") if sees_names else []
    mine = record.participations.filter(person=request.actor.person).first() if request.actor.person else None
    may_ask = writes and record.state in ("claimed", "asked", "refused") and record.activity.host_id is not None
    waited = (clock.today() - record.asked_on).days if record.state == "asked" and record.asked_on else None
    context = record_context(
        request, record, activity=record.activity, claimed=claimed, signed=signed, people=people, rows=rows, mine=mine, may_ask=may_ask, waited=waited, amend=amend,
        links=record.passes.order_by("-issued_at")[:5] if sees_names else [],
    )  # fmt: skip
    return render(request, "activities/hours.html", context)
