"""What came of an activity or a project: outcomes and pictures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.act.activities.actions import add_photo, confirm_outcome, remove_photo, write_learners, write_outcome
from tertia.act.activities.actions.writing import MAY_CHANGE
from tertia.act.activities.forms import LearnersForm, OutcomeForm, PhotoForm
from tertia.act.activities.models import Activity, Photo, SocialOutcome
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import WORKERS
from tertia.core.files.store import take
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for

__all__ = ["learners", "outcomes", "photos"]


@login_required
def outcomes(request: Any, pk: int) -> HttpResponse:
    """What changed, how that is seen, and who besides the university says so."""
    record = record_for(request.actor, Record, pk=pk)
    if record.kind not in ("activity", "project"):
        raise Http404
    mine = request.actor.person_id in (record.author_id, record.responsible_id) and request.actor.person_id is not None
    may = request.actor.has(record.owner_id, *WORKERS) or mine
    bodies = (
        Organisation.objects.filter(pk__in=request.actor.organisations("office", "leader", "partner"))
        .exclude(pk=record.owner_id)
        .exclude(parent=record.owner_id)
    )
    body = bodies.filter(hosted__pk=record.pk).first() or bodies.filter(agreement_parties__agreement__owner=record.owner_id).first()
    if not may and body is None:
        raise Http404
    doing = request.POST.get("do", "")
    form = OutcomeForm(request.POST if doing == "write" else None, request.FILES if doing == "write" else None)
    try:
        if doing == "write" and form.is_valid():
            given = dict(form.cleaned_data)
            upload = given.pop("file")
            write_outcome(
                by=request.actor,
                record=record,
                on=clock.today(),
                taken=take(upload) if upload else None,
                file_name=upload.name if upload else "",
                **given,
            )
            messages.success(request, _("Kept."))
            return redirect("outcomes", pk=pk)
        if doing == "confirm" and body is not None:
            row = scoped_or_404(SocialOutcome.objects.filter(record=record), pk=id_of(request.POST.get("which")))
            confirm_outcome(by=request.actor, outcome=row, organisation=body, on=clock.today())
            return redirect("outcomes", pk=pk)
    except TertiaError as error:
        if doing == "write":
            add_refusal(form, error)
        else:
            messages.error(request, error.sentence())
            return redirect("outcomes", pk=pk)
    rows = list(record.seen_outcomes.select_related("confirmed_by", "evidence"))
    return render(
        request, "activities/outcomes.html", {"record": record, "rows": rows, "form": form if may else None, "body": body, "stage": "act"}
    )


@login_required
def learners(request: Any, slug: str) -> HttpResponse:
    """Who took a course: counted, and known again by a hash alone."""
    record = record_for(request.actor, Activity, slug=slug)
    if not MAY_CHANGE(request.actor, {"activity": record}):
        raise Http404
    form = LearnersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = write_learners(by=request.actor, activity=record, on=clock.today(), **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, ngettext("%(n)d learner is counted.", "%(n)d learners are counted.", count) % {"n": count})
            return redirect("learners", slug=slug)
    found = record.learners.aggregate(
        n=Count("pk"),
        half=Count("pk", filter=Q(half=True)),
        older=Count("pk", filter=Q(older=True)),
        staff=Count("pk", filter=Q(own_staff=True)),
    )
    return render(request, "activities/learners.html", {"record": record, "form": form, "found": found, "stage": "act"})


@login_required
def photos(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Activity, slug=slug)
    if not MAY_CHANGE(request.actor, {"activity": record}):
        raise Http404
    doing = request.POST.get("do", "")
    form = PhotoForm(request.POST if doing == "add" else None, request.FILES if doing == "add" else None)
    try:
        if doing == "add" and form.is_valid():
            given = form.cleaned_data
            add_photo(
                by=request.actor, activity=record, taken=take(given["file"]), file_name=given["file"].name, words=given["words"], consent=given["consent"], on=clock.today()
            )  # fmt: skip
            return redirect("activity_photos", slug=slug)
        if doing == "remove":
            photo = scoped_or_404(Photo.objects.filter(activity=record).select_related("file"), pk=id_of(request.POST.get("which")))
            remove_photo(by=request.actor, activity=record, photo=photo)
            messages.success(request, _("The picture is gone."))
            return redirect("activity_photos", slug=slug)
    except TertiaError as error:
        add_refusal(form, error)
    rows = list(record.photos.select_related("file"))
    return render(request, "activities/photos.html", {"record": record, "rows": rows, "form": form, "stage": "act"})
