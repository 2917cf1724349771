"""Decisions in which the third mission counted, training of staff, and a person's sheet for attestation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.files.papers import FORMS, paper
from tertia.core.languages.templatetags.languages import current, plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import home_of, members_of
from tertia.core.periods import clock
from tertia.core.records.deeds import deeds_of
from tertia.core.records.models import Record
from tertia.plan.faculty.actions import add_training, confirm_trained, note_trained, recognise
from tertia.plan.faculty.actions.posts import STAFFING
from tertia.plan.faculty.actions.recognising import YEARS_BACK
from tertia.plan.faculty.forms import PartForm, RecognitionForm, TrainingForm
from tertia.plan.faculty.models import Assignment, Recognition, Training, TrainingPart
from tertia.plan.faculty.papers import sheet_blocks
from tertia.plan.faculty.policies import leads
from tertia.plan.faculty.queries import done_of, standing_lines
from tertia.plan.faculty.views.nav import nav, staff_home
from tertia.plan.faculty.vocabulary import RECOGNITIONS

__all__ = ["person_sheet", "recognition_new", "recognitions", "training", "trainings"]


@login_required
def recognitions(request: Any) -> HttpResponse:
    """Decisions of personnel: all of them for the office, one's own for everybody else of the staff."""
    home = staff_home(request.actor)
    if home is None:
        raise Http404
    keeps = request.actor.has(home.pk, *STAFFING)
    rows: Any = Recognition.objects.filter(organisation=home).select_related("person", "unit").prefetch_related("grounds__record")
    rows = rows if keeps else rows.filter(person=request.actor.person_id)
    text = request.GET.get("q", "").strip()[:100]
    people = Person.objects.none()
    if keeps and text:
        staff = members_of(home, clock.today(), text).filter(standing="staff")
        people = Person.objects.filter(home=home, pk__in=staff.values("person")).order_by("name")[:20]
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    counted = rows.filter(grounds__isnull=False).distinct().count()
    context = {
        "rows": page.object_list, "page": page, "keeps": keeps, "people": people, "text": text, "kinds": RECOGNITIONS, "counted": counted, "count": page.paginator.count, "stage": "plan",
        "me": request.actor.person, "nav": nav(request, "recognitions"),
    }  # fmt: skip
    return render(request, "faculty/recognitions.html", context)


@login_required
def recognition_new(request: Any) -> HttpResponse:
    """Write down a decision about somebody; the confirmed work of the last years is offered as grounds."""
    home, today = home_of(request.actor, *STAFFING), clock.today()
    if home is None:
        raise Http404
    person = scoped_or_404(Person.objects.filter(home=home), pk=id_of(request.GET.get("person")))
    since = dt.date(today.year - YEARS_BACK, today.month, 1)
    deeds = [d for d in deeds_of(home, [person.pk], since, today + dt.timedelta(days=1)) if d.signed]
    records = Record.objects.in_bulk({d.record for d in deeds})
    form = RecognitionForm(request.POST or None, initial={"decided_on": today})
    chosen = [id_of(v) for v in request.POST.getlist("record")]
    if request.method == "POST" and form.is_valid():
        try:
            recognise(by=request.actor, organisation=home, person=person, records=chosen, **form.cleaned_data)
            messages.success(request, _("The decision is on record."))
            return redirect("recognitions")
        except TertiaError as error:
            add_refusal(form, error)
    context = {
        "form": form,
        "person": person,
        "deeds": [(d, records[d.record]) for d in reversed(deeds)],
        "chosen": chosen,
        "stage": "plan",
    }
    return render(request, "faculty/recognition_new.html", context)


@login_required
def trainings(request: Any) -> HttpResponse:
    home = staff_home(request.actor)
    if home is None:
        raise Http404
    keeps = request.actor.has(home.pk, "office", "leader")
    form = TrainingForm(request.POST or None)
    if request.method == "POST" and keeps and form.is_valid():
        try:
            made = add_training(by=request.actor, organisation=home, **form.cleaned_data)
            return redirect("training", pk=made.pk)
        except TertiaError as error:
            add_refusal(form, error)
    rows: Any = Training.objects.filter(organisation=home).annotate(
        finished=Count("parts", filter=Q(parts__confirmed_on__isnull=False)), asked=Count("parts", filter=Q(parts__confirmed_on=None))
    ).order_by("-ended_on", "-pk")  # fmt: skip
    mine = {p.training_id: p for p in TrainingPart.objects.filter(person=request.actor.person_id, training__organisation=home)}
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, mine.get(row.pk)) for row in page.object_list],
        "page": page,
        "keeps": keeps,
        "form": form,
        "stage": "plan",
        "sent": request.method == "POST",
        "nav": nav(request, "trainings"),
    }
    return render(request, "faculty/trainings.html", context)


@login_required
def training(request: Any, pk: int) -> HttpResponse:
    """One training: the office names who finished it and confirms what others said; everybody else says so of himself."""
    home = staff_home(request.actor)
    if home is None:
        raise Http404
    found = scoped_or_404(Training.objects.filter(organisation=home), pk=pk)
    keeps, doing, today = request.actor.has(home.pk, "office", "leader"), request.POST.get("do", ""), clock.today()
    form, fault = PartForm(request.POST if doing == "people" else None, home=home), ""
    if request.method == "POST":
        try:
            if doing == "people" and keeps and form.is_valid():
                there = set(found.parts.filter(confirmed_on__isnull=False).values_list("person", flat=True))
                for person in form.cleaned_data["numbers"]:
                    if person.pk not in there:
                        note_trained(by=request.actor, training=found, person=person, on=today)
                return redirect("training", pk=pk)
            if doing == "confirm":
                part = scoped_or_404(
                    TrainingPart.objects.filter(training=found).select_related("training__organisation"), pk=id_of(request.POST.get("part"))
                )
                confirm_trained(by=request.actor, part=part, on=today)
                return redirect("training", pk=pk)
            if doing == "mine":
                note_trained(by=request.actor, training=found, person=request.actor.person, on=today, paper=request.POST.get("paper", ""))
                messages.success(request, _("Written down. It counts when the office has confirmed it."))
                return redirect("training", pk=pk)
        except TertiaError as error:
            fault = error.sentence()
    parts = found.parts.select_related("person", "unit").order_by("confirmed_on", "person__name")
    mine = next(iter(parts.filter(person=request.actor.person_id)), None)
    context = {
        "training": found, "keeps": keeps, "form": form, "fault": fault, "parts": list(parts) if keeps else [], "mine": mine, "stage": "plan", "doing": doing,
        "count": found.parts.filter(confirmed_on__isnull=False).count(),
    }  # fmt: skip
    return render(request, "faculty/training.html", context, status=400 if fault else 200)


@login_required
def person_sheet(request: Any, pk: int, form: str) -> HttpResponse:
    """What counts of a person for attestation: for the person, the office, and the head of the unit."""
    home: Organisation | None = staff_home(request.actor)
    if home is None or form not in FORMS:
        raise Http404
    person = scoped_or_404(Person.objects.filter(home=home), pk=pk)
    rows = list(
        Assignment.objects.filter(person=person, organisation=home, agreed_on__isnull=False)
        .select_related("organisation")
        .order_by("starts_on", "pk")
        .prefetch_related("lines")
    )
    last = rows[-1] if rows else None
    head = last is not None and leads(request.actor, home.pk, last.unit_id, last.chair_id)
    if not (person.pk == request.actor.person_id or request.actor.has(home.pk, *STAFFING) or head):
        raise Http404
    years = [(a.label, standing_lines(a), done_of(a)) for a in rows[-YEARS_BACK:]]
    decisions = list(Recognition.objects.filter(person=person, organisation=home).prefetch_related("grounds"))
    trained = list(TrainingPart.objects.filter(person=person, training__organisation=home).select_related("training"))
    language, title = current(), _("Work in the third mission: sheet for attestation")
    blocks = sheet_blocks(person, home, years, decisions, trained, language, clock.today())
    return paper(blocks, title=title, language=language, form=form, name=f"sheet-{person.pk}", running=plain(home.name))
