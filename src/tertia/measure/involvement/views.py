"""Self-assessments: the list, one with its heat map, judging, deciding; universities among their peers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.country.intake import wanted_period
from tertia.measure.country.queries import indicators_there, keeper_here
from tertia.measure.involvement.actions import Decided, decide, invite, judge, open_assessment, publish
from tertia.measure.involvement.framework import frameworks
from tertia.measure.involvement.letters import levels_of, sheet_rows
from tertia.measure.involvement.models import Assessment, Assessor
from tertia.measure.involvement.queries import assessments_for, heat_map, peer_page

#: figures that are weighed together, each from another side of the mission
SEVERAL = ("student-volunteers-share", "staff-engaged-share", "needs-addressed-share", "confirmed-records-share", "partner-retention-rate")

__all__ = ["assessment", "assessment_decide", "assessment_judge", "assessment_list", "peers"]


def assessment_list(request: Any) -> HttpResponse:
    """Every self-assessment that the reader may see, the frameworks, and for the office the way to open one."""
    owner, error = home_of(request.actor, *OFFICE), None
    if request.method == "POST":
        if owner is None:
            raise Http404
        try:
            made = open_assessment(
                by=request.actor, owner=owner, framework=request.POST.get("framework", ""), period=request.POST.get("period", "").strip(), demonstration=owner.demonstration
            )  # fmt: skip
            return redirect(made)
        except BadInput as found:
            error = found
    language = (get_language() or "en")[:2]
    known = [{"framework": f, "title": f.title.read(language), "cells": len(f.cells)} for f in frameworks().values()]
    last = academic_year(clock.today()).before.label
    context = {
        "rows": list(assessments_for(request.actor)),
        "frameworks": known,
        "owner": owner,
        "period": last,
        "error": error,
        "stage": "measure",
    }
    return render(request, "involvement/assessment_list.html", context, status=400 if error else 200)


def assessment(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Assessment, slug=slug)
    works = request.actor.has(record.owner_id, *OFFICE)
    error = None
    if request.method == "POST":
        try:
            _do(request, record)
            messages.success(request, _("Saved."))
            return redirect(record)
        except BadInput as found:
            error = found
    mine = record.assessors.filter(person=request.actor.person_id).first() if request.actor.person_id else None
    # judgements are kept apart until the levels are decided, so that nobody follows the others
    heat = heat_map(record, with_judgements=record.state == "closed" or works)
    context = record_context(
        request, record, heat=heat, error=error, works=works, mine=mine, assessors=list(record.assessors.select_related("link")), language=(get_language() or "en")[:2],
        dialogues=list(record.dialogues.all()), judged=record.assessors.exclude(judged_on=None).count(), outside=record.assessors.filter(outsider=True).exclude(judged_on=None).count(),
    )  # fmt: skip
    return render(request, "involvement/assessment.html", context, status=400 if error else 200)


def _do(request: Any, record: Assessment) -> None:
    doing = request.POST.get("do")
    if doing == "invite":
        invite(
            by=request.actor, assessment=record, name=request.POST.get("name", ""), speaks_for=request.POST.get("speaks_for", ""),
            outsider=request.POST.get("outsider") == "yes", language=(get_language() or "en")[:2],
        )  # fmt: skip
    elif doing == "join" and request.actor.has(record.owner_id, *OFFICE):
        if not record.assessors.filter(person=request.actor.person_id).exists():
            invite(by=request.actor, assessment=record, name=request.actor.person.name, person=request.actor.person)
    elif doing == "publish":
        publish(by=request.actor, assessment=record)
    else:
        raise Http404


@login_required
def assessment_judge(request: Any, slug: str) -> HttpResponse:
    """The same form as behind the link, for an assessor with an account."""
    record = record_for(request.actor, Assessment, slug=slug)
    assessor = Assessor.objects.filter(assessment=record, person=request.actor.person_id).first()
    if assessor is None:
        raise Http404
    framework, error = frameworks()[record.framework], None
    given = {(j.row, j.column): j.level for j in assessor.judgements.all()}
    if request.method == "POST":
        given = levels_of(framework, request.POST)
        try:
            judge(by=request.actor, assessor=assessor, levels=given, on=clock.today())
            messages.success(request, _("Your levels are kept."))
            return redirect(record)
        except TertiaError as found:
            error = found
    context = {
        "assessor": assessor,
        "framework": framework,
        "rows": sheet_rows(framework, given),
        "error": error,
        "assessment": record,
        "stage": "measure",
    }
    return render(request, "involvement/judge.html", context, status=400 if error else 200)


@login_required
def assessment_decide(request: Any, slug: str) -> HttpResponse:
    """The dialogue written down: who was there, what was said, and the level of each cell with its reason."""
    record = record_for(request.actor, Assessment, slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE) or record.state != "open":
        raise Http404
    heat, faults, language = heat_map(record, with_judgements=True), {}, (get_language() or "en")[:2]
    if request.method == "POST":
        try:
            _decide(request, record)
            messages.success(request, _("The dialogue and its levels are kept."))
            return redirect(record)
        except BadInput as error:
            faults = {f.where: f.sentence for f in error.faults}
    lines = [
        {"cell": c, "fault": faults.get(c.name), "chosen": request.POST.get(c.name) or (str(c.level) if c.level else ""), "reason": request.POST.get(f"{c.name}-reason", "")}
        for c in heat.cells
    ]  # fmt: skip
    context = {
        "record": record, "heat": heat, "lines": lines, "faults": faults, "post": request.POST, "today": clock.today(), "stage": "measure", "language": language,
    }  # fmt: skip
    return render(request, "involvement/decide.html", context, status=400 if faults else 200)


def _decide(request: Any, record: Assessment) -> None:
    post, framework = request.POST, frameworks()[record.framework]
    try:
        held_on = dt.date.fromisoformat(post.get("held_on", ""))
    except ValueError as error:
        raise BadInput(Fault("held_on", _("Write the day of the dialogue."))) from error
    cells = {
        (row, column): Decided(level, text_of(post, f"cell-{row}-{column}-reason"))
        for (row, column), level in levels_of(framework, post).items()
    }  # fmt: skip
    people = {name: int(post[name]) if post.get(name, "").isdecimal() else 0 for name in ("insiders", "outsiders")}
    decide(
        by=request.actor, assessment=record, held_on=held_on, present=post.get("present", ""), minutes=text_of(post, "minutes"),
        cells=cells, **people,
    )  # fmt: skip


def peers(request: Any) -> HttpResponse:
    """Like with like: a group of universities by stated features, each with the interval of its figure and of its place."""
    keeper = keeper_here()
    entries = [e for e in indicators_there(keeper) if e.aggregation == "ratio-of-sums"] if keeper else []
    if keeper is None or not entries:
        return render(request, "country/empty.html", {"keeper": keeper, "stage": "measure"})
    day = clock.today()
    entry = next(
        (e for e in entries if e.id == request.GET.get("indicator")),
        next((e for e in entries if e.id == "student-volunteers-share"), entries[0]),
    )
    together = [e for e in entries if e.id in SEVERAL] if request.GET.get("indicator") == "several" else []
    several, mine = len(together) > 1, request.GET.get("university", "")
    found = peer_page(keeper, together if several else [entry], request.GET.get("period", wanted_period(day)), mine, day)
    high = max([p.high for _o, p in found.rows if p.value is not None], default=1.0) or 1.0
    rows = [{"organisation": o, "place": p, **(_place_bar(p) if several else _bar(p, high))} for o, p in found.rows]
    half = None
    if found.middle_half and not several:
        low, top = (value / high * 300 for value in found.middle_half)
        half = {"x": round(low), "width": round(top - low)}
    context = {
        "found": found,
        "rows": rows,
        "half": half,
        "entries": entries,
        "mine": mine,
        "together": together if several else [],
        "stage": "measure",
    }
    return render(request, "involvement/peers.html", context)


def _place_bar(place: Any) -> dict[str, Any]:
    """From the first to the last place of the interval."""
    return {
        "x": round((place.first - 1) / place.of * 300),
        "width": max(2, round((place.last - place.first + 1) / place.of * 300)),
        "mark": None,
        "known": True,
    }


def _bar(place: Any, high: float) -> dict[str, Any]:
    low = round(min(place.low / high, 1) * 300)
    return {
        "x": low, "width": max(2, round(min(place.high / high, 1) * 300) - low), "mark": round(float(place.value) / high * 300) if place.value is not None else None,
    }  # fmt: skip
