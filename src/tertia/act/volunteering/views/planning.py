"""For those who run it: writing what is needed, its shifts and people, moving, calling off, copying."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions import (
    add_shifts,
    call_off_shift,
    change_opportunity,
    copy_opportunity,
    make_desk,
    move_shift,
    offer_help_wanted,
)
from tertia.act.volunteering.forms import CopyForm, OpportunityForm, ShiftForm, TextForm
from tertia.act.volunteering.models import Opportunity, Shift, SignUp
from tertia.act.volunteering.queries import asked_day, days_of, of_day, opportunity_for, runs
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WRITERS
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, university_here
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.queries import record_named

__all__ = ["opportunity_new", "opportunity_plan"]

SHIFTS_A_PAGE = 100


@login_required
def opportunity_new(request: Any) -> HttpResponse:
    """A partner asks for its own organisation; whoever works at the university, for any host."""
    owner = home_of(request.actor, *WRITERS)
    hosts: Any = organisations() if owner else Organisation.objects.filter(pk__in=request.actor.organisations("partner"))
    owner = owner or (university_here() if hosts else None)
    if owner is None:
        raise Http404
    serves = record_named(request.actor, request.GET.get("from", ""), "measure", "need")
    works = request.actor.has(owner.pk, *WRITERS)
    form = OpportunityForm(
        request.POST or None, places=regions_on(clock.today()), hosts=hosts, units=Organisation.objects.filter(parent=owner) if works else Organisation.objects.none(),
        initial={"host": hosts[0].pk if not works else None, "place": owner.place_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = offer_help_wanted(
                by=request.actor, owner=owner, host=given["host"], unit=given["unit"], title=given["title"], summary=given["summary"], plan=form.plan(),
                shifts=form.shifts(_zone(given["host"])), helps_with=[serves] if serves else [], student_led=given["student_led"],
                demonstration=owner.demonstration,
            )  # fmt: skip
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(
                request, _("It is open: people may sign up.") if made.state == "open" else _("Kept. The office reads it and opens it.")
            )
            return redirect("opportunity_plan", slug=made.slug)
    return render(request, "volunteering/opportunity_new.html", {"form": form, "serves": serves, "stage": "act"})


def _zone(host: Organisation) -> Any:
    return Opportunity(time_zone=host.time_zone).zone


@login_required
def opportunity_plan(request: Any, slug: str) -> HttpResponse:
    record = opportunity_for(request.actor, slug)
    if record is None or not runs(request.actor, record):
        raise Http404
    doing = request.POST.get("do", "")
    text = TextForm(request.POST if doing == "change" else None, places=regions_on(clock.today()), initial=_initial(record))
    add = ShiftForm(request.POST if doing == "add" else None)
    copy = CopyForm(request.POST if doing == "copy" else None)
    form = {"change": text, "add": add, "copy": copy}.get(doing)
    fault = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _act(request, record, doing, form)
        except TertiaError as error:
            if form is None:
                fault = error.sentence()
            else:
                add_refusal(form, error)
    return render(request, "volunteering/opportunity_plan.html", _context(request, record, text, add, copy, fault))


def _act(request: Any, record: Opportunity, doing: str, form: Any) -> HttpResponse:
    back, by = redirect("opportunity_plan", slug=record.slug), request.actor
    if doing == "change":
        change_opportunity(
            by=by, opportunity=record, title=form.cleaned_data["title"], summary=form.cleaned_data["summary"], plan=form.plan()
        )
    elif doing == "add":
        add_shifts(by=by, opportunity=record, shifts=form.shifts(record.zone))
    elif doing == "copy":
        made = copy_opportunity(by=by, opportunity=record, first_day=form.cleaned_data["first_day"], invite=form.cleaned_data["invite"])
        return redirect("opportunity_plan", slug=made.slug)
    else:
        shift = scoped_or_404(
            Shift.objects.filter(opportunity=record).select_related("opportunity__owner", "opportunity__host"),
            pk=request.POST.get("shift") or 0,
        )
        if doing == "desk":
            return redirect("pass", token=make_desk(by=by, shift=shift).token)
        if doing == "call-off":
            call_off_shift(by=by, shift=shift)
        elif doing == "move":
            moved = ShiftForm(request.POST)
            if not moved.is_valid():
                messages.error(request, _("Write day, times and places of the shift."))
                return back
            times = moved.shifts(record.zone)[0]
            move_shift(by=by, shift=shift, starts_at=times.starts_at, ends_at=times.ends_at, places=times.places)
    messages.success(request, _("Saved."))
    return back


def _initial(record: Opportunity) -> dict[str, Any]:
    names = ("title", "summary", "where", "place", "languages", "skills", "access", "risks", "min_age", "contact")
    point = f"{record.latitude}, {record.longitude}" if record.latitude is not None else ""
    return {**{name: getattr(record, name) for name in names}, "point": point}


def _context(request: Any, record: Opportunity, text: Any, add: Any, copy: Any, fault: str) -> dict[str, Any]:
    past = "past" in request.GET
    rows = Shift.objects.filter(opportunity=record)
    rows = rows if past else rows.filter(listed_at=None, called_off=False)
    days = days_of(record, clock.now())
    day = asked_day(request.GET.get("day", ""))
    rows = rows.filter(of_day(record, day)) if day in days and day is not None else rows
    page = Pages(rows.select_related("activity__sheet"), SHIFTS_A_PAGE).get_page(request.GET.get("page"))
    shifts: list[Shift] = list(page.object_list)
    people: dict[int, list[SignUp]] = {}
    for row in SignUp.objects.filter(shift__in=shifts).select_related("person").order_by("number"):
        people.setdefault(row.shift_id, []).append(row)
    shown = []
    for shift in shifts:
        shift.opportunity = record
        starts, ends = shift.local()
        there = people.get(shift.pk, [])
        shown.append(
            {
                "shift": shift, "starts": starts, "ends": ends, "from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}", "begun": shift.starts_at <= clock.now(),
                "in": [r for r in there if not r.waiting], "queue": [r for r in there if r.waiting],
            }
        )  # fmt: skip
    return {
        "record": record, "rows": shown, "text": text, "add": add, "copy": copy, "fault": fault, "past": past, "stage": "act",
        "total": Shift.objects.filter(opportunity=record).count(), "page": page, "days": days if page.paginator.num_pages > 1 or day else [], "day": day,
    }  # fmt: skip
