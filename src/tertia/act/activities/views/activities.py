"""Activities: the list, writing one down, its page, changing and repeating it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.act.activities.actions import (
    ask_host,
    change_activity,
    claim_hours,
    confirm_entry,
    evaluate,
    move_activity,
    repeat_activity,
    say_engagement,
    write_activity,
)
from tertia.act.activities.actions.writing import MAY_CHANGE
from tertia.act.activities.engagement import kind_word, question
from tertia.act.activities.forms import FIRST, ActivityForm, ClaimForm, RepeatForm
from tertia.act.activities.models import Activity, HoursSheet
from tertia.act.activities.queries import activities_for, hosts_lately, sheet_totals
from tertia.act.activities.views.hours import read_claim_lines
from tertia.core.access.queries import id_of
from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WRITERS
from tertia.core.languages.forms import text_of
from tertia.core.parties.groups import group_words
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, own_here
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named

__all__ = ["activity", "activity_change", "activity_list", "activity_new"]


def activity_list(request: Any) -> HttpResponse:
    past = "past" in request.GET
    rows = own_here(activities_for(request.actor) if past else activities_for(request.actor, after=clock.today()))
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "past": past, "stage": "act", "may_add": bool(request.actor.organisations(*WRITERS))}
    return render(request, "activities/activity_list.html", context)


def _form(request: Any, owner: Organisation, *, changing: bool = False, **initial: Any) -> ActivityForm:
    measures = (
        Record.objects.visible_to(request.actor)
        .filter(kind="measure", owner=owner, state__in=("planned", "underway"))
        .order_by("number", "pk")
    )
    return ActivityForm(
        request.POST or None, owner=owner, units=Organisation.objects.filter(parent=owner), measures=measures, lately=hosts_lately(owner, clock.today()),
        day=clock.today(), changing=changing, initial=initial,
    )  # fmt: skip


def _said(activity: Activity) -> dict[str, Any]:
    """An activity as the form shows it."""
    starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    names = (
        "title",
        "summary",
        "where",
        "host",
        "unit",
        "open_to_public",
        "engagement",
        "reached",
        "groups",
        "planned_together",
        "staff_days",
        "learner_days",
        "paid",
        "outputs",
    )
    return {name: getattr(activity, name) for name in names} | {
        "day": starts.date(),
        "from_time": f"{starts:%H:%M}",
        "to_time": f"{ends:%H:%M}",
    }


@login_required
def activity_new(request: Any) -> HttpResponse:
    """A new activity; with `from` it carries out a measure or serves a need, with `copy` last year's is the beginning."""
    owner = home_of(request.actor, *WRITERS)
    if owner is None:
        raise Http404
    carries = record_named(request.actor, request.GET.get("from", ""), "measure", "need", "project")
    old = activities_for(request.actor).filter(pk=id_of(request.GET.get("copy")), owner=owner).first()
    initial: dict[str, Any] = {"day": clock.today()}
    if old is not None:
        # the same day of the week a year later; who came and what came out is not known yet
        initial = _said(old) | {"day": old.starts_on + dt.timedelta(days=364), "reached": None, "outputs": None}  # type: ignore[operator]
    form = _form(request, owner, **initial)
    if request.method == "POST" and form.is_valid():
        try:
            made, held = _write(request, owner, form, carries, old)
        except TertiaError as error:
            if isinstance(error, BadInput):
                error = BadInput(
                    *(
                        Fault("to_time" if f.where == "ends_at" else "lines" if f.where.startswith("hours-") else f.where, f.sentence)
                        for f in error.faults
                    )
                )
            add_refusal(form, error)
        else:
            if held is not None:
                messages.success(request, _("Written down; the host is asked to sign the hours."))
            return redirect("activity", slug=made.slug)
    more_open = any(name not in FIRST for name in form.errors)
    context = {
        "form": form,
        "carries": carries,
        "old": old,
        "first": FIRST,
        "more_open": more_open,
        "stage": "act",
        "heading": _("Write down an activity"),
    }
    return render(request, "activities/activity_new.html", context)


@transaction.atomic
def _write(request: Any, owner: Organisation, form: ActivityForm, carries: Record | None, old: Activity | None) -> tuple[Activity, Any]:
    """The activity, who took part, and the question to the host: all of it or nothing."""
    given, today = form.cleaned_data, clock.today()
    starts, ends = form.times()
    above = [r for r in (carries, given["carries"]) if r is not None]
    if old is not None and not above:
        above = list(
            Record.objects.filter(
                links_down__lower=old,
                links_down__relation__in=("carries-out", "serves"),
                state__in=("planned", "underway", "raised", "asked", "answered"),
            )
        )
    made = write_activity(
        by=request.actor, owner=owner, title=given["title"], summary=given["summary"], starts_at=starts, ends_at=ends, host=given["host"], unit=given["unit"],
        where=given["where"], place=owner.place, carries_out=above, open_to_public=given["open_to_public"], held=starts <= clock.now(),
        demonstration=owner.demonstration, details=form.details(), copied_from=old, entered_for=given["entered_for"],
    )  # fmt: skip
    if not given["lines"].strip():
        return made, None
    rows = read_claim_lines(given["lines"], owner, given["unit"], usual=form.usual_hours())
    sheet = claim_hours(by=request.actor, activity=made, rows=rows)
    waits = made.entered_for_id is not None
    return made, ask_host(by=request.actor, sheet=sheet, on=today) if made.host is not None and made.state == "held" and not waits else None


@login_required
def activity_change(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Activity, slug=slug)
    if not MAY_CHANGE(request.actor, {"activity": record}) or record.state == "withdrawn":
        raise Http404
    form = _form(request, record.owner, changing=True, **_said(record))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        starts, ends = form.times()
        try:
            change_activity(
                by=request.actor, activity=record, starts_at=starts, ends_at=ends, details=form.details(),
                **{name: given[name] for name in ("title", "summary", "host", "unit", "where", "open_to_public")},
            )  # fmt: skip
        except BadInput as error:
            add_refusal(form, BadInput(*(Fault("to_time" if f.where == "ends_at" else f.where, f.sentence) for f in error.faults)))
        else:
            messages.success(request, _("Saved."))
            return redirect("activity", slug=slug)
    context = {"form": form, "first": FIRST, "more_open": True, "stage": "act", "heading": _("Change the activity"), "record": record}
    return render(request, "activities/activity_new.html", context)


def activity(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Activity, slug=slug)
    writes = request.actor.has(record.owner_id, *WRITERS)
    may_change = MAY_CHANGE(request.actor, {"activity": record})
    sheet = HoursSheet.objects.filter(activity=record).first()
    doing = request.POST.get("do", "claim" if "lines" in request.POST else "")
    open_sheet = writes and record.state != "withdrawn" and (sheet is None or sheet.state in ("claimed", "asked"))
    claim_form = ClaimForm(request.POST if doing == "claim" else None) if open_sheet else None
    repeat_form = RepeatForm(request.POST if doing == "repeat" else None)
    if request.method == "POST":
        try:
            answer = _act(request, record, doing, claim_form, repeat_form)
            if answer is not None:
                return answer
        except TertiaError as error:
            form = {"claim": claim_form, "repeat": repeat_form}.get(doing)
            if form is None:
                messages.error(request, error.sentence())
                return redirect("activity", slug=slug)
            if doing == "claim" and isinstance(error, BadInput):
                error = BadInput(*(Fault("lines", f.sentence) for f in error.faults))
            add_refusal(form, error)
    asking = question(request.GET.get("kind", "")) if may_change and not record.engagement and record.state != "withdrawn" else None
    context = record_context(
        request, record, sheet=sheet, claim_form=claim_form, totals=sheet_totals([sheet.pk]).get(sheet.pk) if sheet else None, may_change=may_change,
        repeat_form=repeat_form, asking=asking, engagement=kind_word(record.engagement), groups=group_words(record.groups),
        outcomes=list(record.seen_outcomes.select_related("confirmed_by", "evidence")), photos=list(record.photos.select_related("file")),
        others=list(activities_for(request.actor).filter(series=record.series_id or record.pk).exclude(pk=record.pk).order_by("starts_at", "pk")[:20]) if record.series_id or record.repeats.exists() else [],
        mine_to_confirm=record.entered_for_id is not None and record.entered_for_id == request.actor.person_id and record.confirmed_on is None,
        waits_for_entry=record.entered_for_id is not None and record.confirmed_on is None, over=record.starts_at <= clock.now(),
    )  # fmt: skip
    return render(request, "activities/activity.html", context)


def _act(request: Any, record: Activity, doing: str, claim_form: Any, repeat_form: RepeatForm) -> HttpResponse | None:
    """Do what the button says. None where a form has to be shown again."""
    by, today = request.actor, clock.today()
    if doing == "claim":
        if claim_form is None or not claim_form.is_valid():
            return None
        sheet = claim_hours(by=by, activity=record, rows=read_claim_lines(claim_form.cleaned_data["lines"], record.owner, record.unit))
        return redirect("hours", slug=sheet.slug)
    if doing == "repeat":
        if not repeat_form.is_valid():
            return None
        made = repeat_activity(by=by, activity=record, **repeat_form.cleaned_data)
        messages.success(request, ngettext("%(n)d time is planned.", "%(n)d times are planned.", len(made)) % {"n": len(made)})
    elif doing == "kind":
        say_engagement(by=by, activity=record, engagement=request.POST.get("engagement", ""))
    elif doing in ("held", "withdrawn"):
        move_activity(by=by, activity=record, state=doing)
    elif doing in ("confirm", "not-mine"):
        confirm_entry(by=by, activity=record, on=today, right=doing == "confirm")
        messages.success(request, _("Thank you. It is seen and counted now.") if doing == "confirm" else _("It is called off."))
        if doing == "not-mine":
            return redirect("activities")
    elif doing == "evaluate":
        evaluate(by=by, activity=record, words=text_of(request.POST, "words"))
    return redirect("activity", slug=record.slug)
