"""Programmes with the place of the third mission in them, courses with outcomes and students, the registrar's list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.learning.actions import (
    award_course,
    drop_practitioner,
    import_study,
    note_practitioner,
    take_template,
    templates,
    tie_opportunity,
    untie_opportunity,
    write_outcome,
)
from tertia.act.learning.forms import OutcomeForm, PractitionerForm, StudyFileForm, TieForm
from tertia.act.learning.models import Course, Outcome, OutcomeChange, PractitionerSession, Programme, Tie
from tertia.act.learning.platform_models import CourseLink, PassBack
from tertia.act.learning.queries import programmes, served_for, teaches, where_it_stands
from tertia.act.learning.study_file import read_study
from tertia.act.volunteering.models import Opportunity
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.parties.models import Person
from tertia.core.parties.queries import home_of, organisations, own_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for

__all__ = ["course", "programme", "programme_list", "study_import"]


def programme_list(request: Any) -> HttpResponse:
    page = Pages(own_here(programmes(request.actor)), 50).get_page(request.GET.get("page"))
    may_import = bool(request.actor.organisations("office", "administrator", "leader"))
    return render(
        request,
        "learning/programme_list.html",
        {
            "page": page,
            "rows": page.object_list,
            "may_import": may_import,
            "administers": bool(request.actor.organisations("administrator")),
            "stage": "act",
        },
    )


def programme(request: Any, slug: str) -> HttpResponse:
    """Where the third mission is in the programme, and where it is not."""
    record = record_for(request.actor, Programme, slug=slug)
    rows = where_it_stands(record)
    outcomes = [o for row in rows for o in row["outcomes"]]
    context = record_context(
        request, record, rows=rows, courses_with=sum(row["has"] for row in rows), outcome_count=len(outcomes), outcomes_with=sum(o.third_mission for o in outcomes),
    )  # fmt: skip
    return render(request, "learning/programme.html", context)


def course(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Course, slug=slug)
    may_teach = teaches(request.actor, record)
    if request.method == "POST" and not may_teach:
        raise Http404
    doing = request.POST.get("do", "")
    opportunities = Opportunity.objects.filter(owner=record.owner_id, state__in=("open", "closed", "draft")).order_by("-starts_on", "-pk")
    outcomes = Outcome.objects.filter(course=record, withdrawn=False)
    outcome_form = OutcomeForm(request.POST if doing == "outcome" else None)
    tie_form = TieForm(request.POST if doing == "tie" else None, opportunities=opportunities, outcomes=outcomes)
    guest_form = PractitionerForm(
        request.POST if doing == "guest" else None, organisations=organisations().filter(hosts=False), auto_id="guest_%s"
    )
    form, fault = {"outcome": outcome_form, "tie": tie_form, "guest": guest_form}.get(doing), ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _act(request, record, doing, form)
            return redirect("course", slug=slug)
        except TertiaError as error:
            if form is None:
                fault = error.sentence()
            else:
                add_refusal(form, error)
    context = record_context(
        request, record, teaches=may_teach, outcomes=outcomes, outcome_form=outcome_form, tie_form=tie_form, fault=fault,
        ties=Tie.objects.filter(course=record).select_related("opportunity__host").prefetch_related("outcomes"),
        served=served_for(record) if may_teach else [], changes=OutcomeChange.objects.filter(outcome__course=record).select_related("outcome")[:12],
        guest_form=guest_form, guests=list(record.practitioner_sessions.select_related("organisation")), programmes=record.programmes.all(), platform_links=CourseLink.objects.filter(course=record).select_related("platform") if may_teach else [],
        not_told=PassBack.objects.filter(link__course=record).exclude(fault="").select_related("link__platform", "reflection__person") if may_teach else [],
    )  # fmt: skip
    return render(request, "learning/course.html", context)


def _act(request: Any, record: Course, doing: str, form: Any) -> None:
    by, today = request.actor, clock.today()
    if doing == "outcome":
        write_outcome(by=by, course=record, on=today, **form.cleaned_data)
    elif doing == "tie":
        tie_opportunity(by=by, course=record, opportunity=form.cleaned_data["opportunity"], outcomes=list(form.cleaned_data["outcomes"]))
    elif doing == "guest":
        note_practitioner(by=by, course=record, on=today, **form.cleaned_data)
    elif doing == "drop-guest":
        rows = PractitionerSession.objects.filter(course=record)
        drop_practitioner(by=by, course=record, session=scoped_or_404(rows, pk=id_of(request.POST.get("guest"))))
    elif doing == "untie":
        untie_opportunity(by=by, course=record, tie=scoped_or_404(Tie.objects.filter(course=record), pk=request.POST.get("tie") or 0))
    elif doing == "award":
        person = scoped_or_404(Person.objects.filter(reflections__course=record), pk=request.POST.get("person") or 0)
        made = award_course(by=by, course=record, person=person, on=today)
        messages.success(
            request, _("%(credits)s credits awarded for %(hours)s hours.") % {"credits": f"{made.credits:f}", "hours": f"{made.hours:f}"}
        )
        return
    messages.success(request, _("Saved."))


@login_required
def study_import(request: Any) -> HttpResponse:
    """Check a list first; take it in only when no line is wrong."""
    owner = home_of(request.actor, "office", "administrator", "leader")
    if owner is None:
        raise Http404
    form = StudyFileForm(request.POST or None, request.FILES or None, initial={"language": (get_language() or "kk")[:2]})
    found, counts = None, None
    if request.method == "POST" and request.POST.get("do") == "template":
        made = take_template(
            by=request.actor, owner=owner, name=request.POST.get("template", ""), on=clock.today(), demonstration=owner.demonstration
        )
        return redirect("course", slug=made.slug)
    if request.method == "POST" and form.is_valid():
        try:
            found = read_study(form.cleaned_data["file"].read())
            if not found.faults and request.POST.get("do") == "take":
                counts = import_study(
                    by=request.actor,
                    owner=owner,
                    rows=found.rows,
                    language=form.cleaned_data["language"],
                    on=clock.today(),
                    demonstration=owner.demonstration,
                )
        except BadInput as error:
            add_refusal(form, error)
    return render(
        request, "learning/study_import.html", {"form": form, "found": found, "counts": counts, "ready": _ready(), "stage": "act"}
    )


def _ready() -> list[dict[str, str]]:
    """Ready courses in the reader's language."""
    language = (get_language() or "en")[:2]
    return [{"name": name, "title": row[language], "summary": row[f"summary_{language}"]} for name, row in templates().items()]
