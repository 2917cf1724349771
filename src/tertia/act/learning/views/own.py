"""A student's own service: hours, reflections, credits, badges, the book; and reflections for those who read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.learning.actions import assess, give_feedback, hand_in, write_reflection
from tertia.act.learning.badges import issue_badge
from tertia.act.learning.book import record_of
from tertia.act.learning.models import Award, Badge, Course, Reflection, Tie
from tertia.act.learning.papers import record_pdf
from tertia.act.learning.queries import free_hours, served_with, signed_hours, teaches
from tertia.act.learning.rubric import rubric
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.parties.models import Organisation

__all__ = ["my_record", "my_record_pdf", "my_study", "reflection"]


@login_required
def my_study(request: Any) -> HttpResponse:
    person = request.actor.person
    if person is None:
        return redirect("today")
    fault = ""
    if request.method == "POST":
        try:
            _act(request, person)
            return redirect("my_study")
        except TertiaError as error:
            fault = error.sentence()
    rows = list(signed_hours(person))
    free = dict(free_hours(person))
    drafts = {r.course_id: r for r in Reflection.objects.filter(person=person).select_related("assessment")}
    served = Tie.objects.filter(opportunity__shifts__activity__sheet__participations__person=person).values("course")
    courses = [{"course": c, "reflection": drafts.get(c.pk)} for c in Course.objects.filter(Q(pk__in=served) | Q(pk__in=drafts)).distinct()]
    context = {
        "rows": [{"row": r, "free": free.get(r.pk)} for r in rows], "total": sum((r.counted for r in rows), Decimal(0)), "free": sum(free.values(), Decimal(0)),
        "courses": courses, "awards": Award.objects.filter(person=person).select_related("course"), "badges": Badge.objects.filter(person=person).select_related("course", "owner"),
        "fault": fault, "sent": request.POST, "stage": "act",
    }  # fmt: skip
    return render(request, "learning/my_study.html", context)


def _act(request: Any, person: Any) -> None:
    doing, by = request.POST.get("do"), request.actor
    if doing in ("draft", "hand-in"):
        course = scoped_or_404(Course.objects.visible_to(by), pk=request.POST.get("course") or 0)
        made = write_reflection(by=by, course=course, words=request.POST.get("words", ""))
        if doing == "hand-in":
            hand_in(by=by, reflection=made)
        messages.success(request, _("Handed in.") if doing == "hand-in" else _("Kept. Only you can read it."))
    elif doing == "badge":
        course = (
            Course.objects.filter(pk=request.POST["course"], awards__person=person).first()
            if request.POST.get("course", "").isdecimal()
            else None
        )
        owner = course.owner if course else person.home
        if owner is None:
            raise BadInput()
        issue_badge(by=by, owner=owner, person=person, course=course, language=(get_language() or "en")[:2])
        messages.success(request, _("Your badge is ready."))


@login_required
def my_record(request: Any) -> HttpResponse:
    """Everything on record of one's service, as JSON."""
    if request.actor.person is None:
        raise Http404
    answer = JsonResponse(record_of(request.actor.person), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="service.json"'
    return answer


@login_required
def my_record_pdf(request: Any) -> HttpResponse:
    """Everything on record of one's service, to be read and printed."""
    if request.actor.person is None:
        raise Http404
    answer = HttpResponse(record_pdf(request.actor.person, (get_language() or "en")[:2]), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="service.pdf"'
    return answer


@login_required
def reflection(request: Any, pk: int) -> HttpResponse:
    """One reflection: to its author, and once handed in to the teacher and to the hosts of the service."""
    found = scoped_or_404(Reflection.objects.select_related("course__owner", "person", "assessment"), pk=pk)
    actor = request.actor
    may_assess = teaches(actor, found.course)
    host = Organisation.objects.filter(
        pk__in=served_with(found.person, found.course) & actor.organisations("partner", "office", "leader")
    ).first()
    mine = actor.person_id == found.person_id
    if not mine and (found.handed_in_at is None or not (may_assess or host)):
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "feedback":
                give_feedback(by=actor, reflection=found, words=request.POST.get("words", ""), host=host)
            elif request.POST.get("do") == "assess":
                levels = {
                    c.code: int(request.POST[f"level-{c.code}"])
                    for c in rubric().criteria
                    if request.POST.get(f"level-{c.code}", "").isdecimal()
                }
                assess(by=actor, reflection=found, levels=levels, words=request.POST.get("words", ""))
            messages.success(request, _("Saved."))
            return redirect("reflection", pk=pk)
        except TertiaError as error:
            fault = error.sentence()
    language = (get_language() or "en")[:2]
    assessment = getattr(found, "assessment", None)
    given = assessment.levels if assessment else {}
    criteria = [
        {
            "code": c.code,
            "words": c.words[language],
            "levels": list(enumerate(c.levels[language])),
            "given": given.get(c.code),
            "said": c.levels[language][given[c.code]] if c.code in given else "",
        }
        for c in rubric().criteria
    ]
    context = {
        "found": found, "course": found.course, "teaches": may_assess, "host": host, "mine": mine, "criteria": criteria, "assessment": assessment, "fault": fault,
        "feedback": found.feedback.select_related("by_host", "person"), "stage": "act",
    }  # fmt: skip
    return render(request, "learning/reflection.html", context)
