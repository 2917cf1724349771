"""Assignments: the own one, those of a unit; writing, offering, agreeing; plan and report as papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.files.papers import FORMS, paper
from tertia.core.languages.templatetags.languages import current, plain
from tertia.core.parties.models import Person
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.models import Record
from tertia.plan.faculty.actions import (
    agree,
    begin_assignment,
    drop_line,
    offer,
    place,
    put_line,
    reopen,
    take_back,
    take_up,
    write_assignment,
)
from tertia.plan.faculty.actions.agreeing import remarks_of
from tertia.plan.faculty.forms import BesideForm, LineForm
from tertia.plan.faculty.models import Assignment, AssignmentLine
from tertia.plan.faculty.papers import plan_blocks, report_blocks
from tertia.plan.faculty.policies import side_of, units_led
from tertia.plan.faculty.queries import (
    assignments_for,
    done_of,
    norms_on,
    people_without,
    post_of,
    profile_for,
    standing_lines,
    year_by_label,
)
from tertia.plan.faculty.views.nav import nav, staff_home
from tertia.plan.faculty.vocabulary import WHOLE, YEAR, function_word, one_word, position_word

__all__ = ["assignment", "assignment_list", "assignment_new", "assignment_paper", "bound_words"]

STATES = ("draft", "offered", "agreed")


@login_required
def assignment_list(request: Any) -> HttpResponse:
    """My assignments; for whoever leads a unit, those of its people by state, and who has none."""
    home, today = staff_home(request.actor), clock.today()
    if home is None:
        raise Http404
    now = academic_year(today)
    year = year_by_label(request.GET.get("year", ""), now)
    led = units_led(request.actor, home.pk)
    sees = bool(led) or request.actor.has(home.pk, "office")
    mine = list(assignments_for(request.actor).filter(person=request.actor.person_id, organisation=home))
    rows = assignments_for(request.actor).filter(organisation=home, starts_on=year.start).exclude(person=request.actor.person_id)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    counts = {s: rows.filter(state=s).count() for s in STATES} if sees else {}
    waiting = rows.filter(state="offered", turn="head").count() if led else 0
    if state == "waiting":
        rows = rows.filter(state="offered", turn="head")
    elif state in STATES:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(person__key=text))
    page = Pages(rows.order_by("person__name", "pk"), 50).get_page(request.GET.get("page")) if sees else None
    without = people_without(home, year, led) if led and state in ("", "none") else Person.objects.none()
    post = post_of(request.actor.person, home, year) if request.actor.person_id else None
    context = {
        "home": home, "year": year, "years": [now, now.before, now.before.before], "mine": mine, "page": page, "rows": page.object_list if page else [], "state": state,
        "counts": counts, "waiting": waiting, "without": list(without[:30]), "without_count": without.count() if led else 0, "led": led, "sees": sees, "stage": "plan", "text": text,
        "may_begin": post is not None and not any(a.starts_on == year.start for a in mine), "post": post, "person": request.actor.person,
        "nav": nav(request, "assignments"),
    }  # fmt: skip
    return render(request, "faculty/assignment_list.html", context)


@login_required
def assignment_new(request: Any) -> HttpResponse:
    """Begin one: one's own, or that of somebody of a unit that one leads."""
    home = staff_home(request.actor)
    if home is None or request.method != "POST":
        raise Http404
    year = year_by_label(request.POST.get("year", ""), academic_year(clock.today()))
    people = Person.objects.filter(home=home)
    person = scoped_or_404(people, pk=id_of(request.POST.get("person")) or request.actor.person_id)
    try:
        made = begin_assignment(by=request.actor, person=person, organisation=home, year=year, post=post_of(person, home, year))
    except TertiaError as error:
        messages.error(request, error.sentence())
        return redirect("assignments")
    return redirect("assignment", pk=made.pk)


def _found(request: Any, pk: int) -> Assignment:
    found: Assignment = scoped_or_404(assignments_for(request.actor).prefetch_related("lines", "versions__head"), pk=pk)
    return found


@login_required
def assignment(request: Any, pk: int) -> HttpResponse:
    found = _found(request, pk)
    side, doing, year = side_of(request.actor, found), request.POST.get("do", ""), found.period
    turn = side == found.turn
    hidden = found.state == "draft" and not turn  # of a draft the other side sees what stands
    writing = [] if hidden else [x for x in found.lines.all() if not x.stands]
    editing = next((x for x in writing if str(x.pk) == request.GET.get("line", "")), None)
    measures = Record.objects.visible_to(request.actor).filter(owner=found.organisation_id, kind="measure").exclude(state__in=("done", "withdrawn")).order_by("number", "pk")  # fmt: skip
    line_form = LineForm(
        request.POST if doing == "line" else None, measures=measures,
        initial={k: getattr(editing, k) for k in ("function", "what", "times", "hours", "by_on", "measure")} if editing else {},
    )  # fmt: skip
    beside = {k: getattr(found, k) for k in ("other_hours", "words", "beyond_why")}
    beside_form = BesideForm(request.POST if doing == "beside" else None, initial=beside, auto_id="beside_%s")
    fault = ""
    if request.method == "POST" and side:
        try:
            if _act(request, found, doing, line_form, beside_form):
                return redirect("assignment", pk=pk)
        except TertiaError as error:
            form = {"line": line_form, "beside": beside_form}.get(doing)
            fault = "" if form is not None else error.sentence()
            if form is not None:
                add_refusal(form, error)
    norms = norms_on(found.organisation, year.start)
    standing = standing_lines(found)
    context = {
        "assignment": found, "side": side, "turn": turn, "hidden": hidden, "writing": writing, "standing": standing, "line_form": line_form, "beside_form": beside_form,
        "fault": fault, "doing": doing, "editing": editing, "year": year, "words": {x.function: function_word(x.function) for x in found.lines.all()},
        "position": position_word(found.position), "remarks": [_remark(r) for r in remarks_of(found)] if writing else [], "stage": "plan",
        "pieces": [(function_word(k), one_word(k), n.each) for k, n in norms.items() if n.each is not None],
        "bounds": [(bound_words(k), _times(n.fewest, found.rate), _times(n.most, found.rate)) for k, n in norms.items() if k in (WHOLE, YEAR)],
        "done": _done(found, standing), "versions": list(found.versions.all()), "whole": sum(x.hours for x in writing), "whole_standing": sum(x.hours for x in standing),
        "profile": profile_for(found.organisation, found.position, found.unit), "today": clock.today(), "in_profile": set(),
    }  # fmt: skip
    if context["profile"]:
        context["in_profile"] = [function_word(f["function"]) for f in context["profile"].content["functions"]]
    return render(request, "faculty/assignment.html", context, status=400 if fault else 200)


def _times(bound: float | None, rate: Any) -> float | None:
    return None if bound is None else round(bound * float(rate), 2)


def bound_words(code: str) -> str:
    return {WHOLE: _("all of the third mission"), YEAR: _("all work of a year")}.get(code) or function_word(code)


def _remark(remark: Any) -> dict[str, Any]:
    return {"about": bound_words(remark.function), "what": remark.what, "hours": remark.hours, "bound": remark.bound}


def _done(found: Assignment, standing: list[AssignmentLine]) -> Any:
    """Delivery of what stands, line by line in the order of the plan, with the records behind each."""
    if not standing:
        return None
    done = done_of(found)

    def told(works: Any) -> list[dict[str, Any]]:
        return [{"work": w, "record": done.records[w.record], "deed": done.deeds[w.record]} for w in works]

    lines = [{"line": x, "one": done.delivery.lines[x.function], "works": told(done.delivery.lines[x.function].works)} for x in standing]
    planned, counted = done.delivery.planned, done.delivery.counted
    return {
        "lines": lines,
        "beside": told(done.delivery.beside),
        "planned": planned,
        "counted": counted,
        "share": round(100 * counted / planned),
    }


def _act(request: Any, found: Assignment, doing: str, line_form: LineForm, beside_form: BesideForm) -> bool:
    by, given_ = request.actor, request.POST
    if doing == "line" and line_form.is_valid():
        put_line(by=by, assignment=found, **line_form.cleaned_data)
    elif doing == "beside" and beside_form.is_valid():
        write_assignment(by=by, assignment=found, **beside_form.cleaned_data)
    elif doing == "drop":
        rows = AssignmentLine.objects.select_related("assignment").filter(assignment=found)
        drop_line(by=by, line=scoped_or_404(rows, pk=id_of(given_.get("line"))))
    elif doing == "offer":
        offer(by=by, assignment=found)
        messages.success(request, _("The other side reads it now. You are told when it answers."))
    elif doing == "back":
        take_back(by=by, assignment=found)
    elif doing == "up":
        take_up(by=by, assignment=found)
    elif doing == "agree":
        agree(by=by, assignment=found, on=clock.today(), reason=found.words if found.versions.all() else "")
        messages.success(request, _("It is agreed. From now on it is held against what is confirmed."))
    elif doing == "reopen":
        reopen(by=by, assignment=found, reason=given_.get("reason", ""))
    elif doing == "place":
        record = scoped_or_404(Record.objects.filter(owner=found.organisation_id), pk=id_of(given_.get("record")))
        place(by=by, assignment=found, record=record, function=given_.get("function", ""))
    else:
        return False
    return True


@login_required
def assignment_paper(request: Any, pk: int, what: str, form: str) -> HttpResponse:
    """The plan or the report as DOCX or PDF; what is not agreed yet says that it is a draft."""
    found = _found(request, pk)
    if form not in FORMS:
        raise Http404
    lines, language = standing_lines(found), current()
    if what == "plan":
        if not lines and (found.state != "draft" or side_of(request.actor, found) == found.turn):
            lines = list(found.lines.filter(stands=False).select_related("measure"))
        blocks, title = plan_blocks(found, lines, language), _("Individual plan: the third mission")
    elif what == "report" and lines:
        done = done_of(found)
        blocks = report_blocks(found, lines, done, language, lambda record: f"{request.get_host()}{record.thread_url()}")
        title = _("Report on the individual plan: the third mission")
    else:
        raise Http404
    return paper(
        blocks, title=title, language=language, form=form, name=f"{what}-{found.label}-{found.pk}", running=plain(found.organisation.name)
    )
