"""Profiles of positions, and the review of all of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, university_here, workers_of
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.plan.faculty.actions import (
    approve_profile,
    begin_review,
    change_profile,
    close_review,
    drop_function,
    hand_line,
    put_function,
    retire_profile,
    review_line,
    write_profile,
)
from tertia.plan.faculty.actions.profiles import content_of
from tertia.plan.faculty.forms import FunctionForm, ProfileForm, ReviewForm
from tertia.plan.faculty.models import Profile, ProfileFunction, ProfileReview, ReviewLine
from tertia.plan.faculty.views.nav import nav
from tertia.plan.faculty.vocabulary import OUTCOMES, function_word, position_word, positions

__all__ = ["profile", "profile_list", "profile_new", "profile_review", "profile_review_new"]

INSIDE = ("member", "editor", "office", "leader", "administrator", "analyst")


def profile_list(request: Any) -> HttpResponse:
    """All profiles by position with the functions that are in force, for everybody; the reviews with their progress."""
    home = home_of(request.actor, *INSIDE) or university_here()
    order = list(positions())
    rows = list(
        Profile.objects.visible_to(request.actor)
        .filter(owner=home)
        .exclude(state="retired")
        .select_related("unit")
        .prefetch_related("versions", "functions")
    )
    rows.sort(key=lambda p: (order.index(p.position) if p.position in order else len(order), p.unit_id or 0))
    for row in rows:
        version = next(iter(row.versions.all()), None)
        row.position_words, row.version = position_word(row.position), version
        row.in_force = [function_word(f["function"]) for f in version.content["functions"]] if version else []
    reviews: Any = ProfileReview.objects.visible_to(request.actor).filter(owner=home)
    reviews = reviews.annotate(whole=Count("lines", distinct=True), looked=Count("lines__done_on")).order_by("-starts_on", "pk")
    context = {
        "rows": rows, "reviews": list(reviews), "may_add": home is not None and request.actor.has(home.pk, *OFFICE), "stage": "plan",
        "may_review": home is not None and request.actor.has(home.pk, "office", "leader"), "nav": nav(request, "profiles"),
        "named": sum(bool(r.in_force) for r in rows), "approved": sum(r.version is not None for r in rows),
    }  # fmt: skip
    return render(request, "faculty/profile_list.html", context)


@login_required
def profile_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    form = ProfileForm(request.POST or None, units=Organisation.objects.filter(parent=owner, kind="unit").order_by("slug"))
    if request.method == "POST" and form.is_valid():
        try:
            made = write_profile(by=request.actor, owner=owner, **form.cleaned_data)
            return redirect("profile", slug=made.slug)
        except TertiaError as error:
            add_refusal(form, error)
    context = {"form": form, "heading": _("Write a profile"), "button": _("Write it"), "stage": "plan"}
    return render(request, "parties/form.html", context)


def profile(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Profile, slug=slug)
    works, doing = request.actor.has(record.owner_id, *OFFICE), request.POST.get("do", "")
    form = FunctionForm(request.POST if doing == "function" else None)
    basics = {k: getattr(record, k) for k in ("title", "qualification", "summary")}
    basics_form = ProfileForm(request.POST if doing == "basics" else None, initial=basics, auto_id="basics_%s")
    fault = ""
    if request.method == "POST" and works:
        try:
            if _act(request, record, doing, form, basics_form):
                return redirect("profile", slug=slug)
        except TertiaError as error:
            shown = {"function": form, "basics": basics_form}.get(doing)
            fault = "" if shown is not None else error.sentence()
            if shown is not None:
                add_refusal(shown, error)
    versions = list(record.versions.select_related("by"))
    written = list(record.functions.all())
    context = record_context(
        request, record, functions=[(f, function_word(f.function)) for f in written], form=form, basics_form=basics_form, fault=fault, doing=doing,
        may_write=works and record.state != "retired", may_approve=request.actor.has(record.owner_id, "office", "leader") and record.state != "retired",
        position=position_word(record.position), versions=[(v, [(function_word(f["function"]), Text.from_stored(f["words"])) for f in v.content["functions"]]) for v in versions],
        pending=not versions or versions[0].content != content_of(record), asked=_asked(record, request.actor), outcomes=OUTCOMES,
    )  # fmt: skip
    return render(request, "faculty/profile.html", context, status=400 if fault else 200)


def _asked(record: Profile, actor: Any) -> ReviewLine | None:
    """The line of a review under way for which the reader may say what is found."""
    line = record.review_lines.filter(review__state="underway", done_on=None).select_related("review").first()
    mine = line is not None and (actor.person_id == line.responsible_id or actor.has(record.owner_id, "office", "leader"))
    return line if mine else None


def _act(request: Any, record: Profile, doing: str, form: FunctionForm, basics_form: ProfileForm) -> bool:
    by, given = request.actor, request.POST
    if doing == "function" and form.is_valid():
        put_function(by=by, profile=record, **form.cleaned_data)
    elif doing == "basics" and basics_form.is_valid():
        change_profile(by=by, profile=record, **basics_form.cleaned_data)
    elif doing == "drop":
        rows = ProfileFunction.objects.select_related("profile").filter(profile=record)
        drop_function(by=by, function=scoped_or_404(rows, pk=id_of(given.get("function"))))
    elif doing == "approve":
        approve_profile(by=by, profile=record, on=clock.today(), source=given.get("source", ""))
        messages.success(request, _("The profile is in force from today."))
    elif doing == "retire":
        retire_profile(by=by, profile=record, on=clock.today())
    elif doing == "review":
        line = scoped_or_404(
            ReviewLine.objects.filter(profile=record).select_related("review__owner", "profile"), pk=id_of(given.get("line"))
        )
        review_line(
            by=by, review=line.review, line=line, outcome=given.get("outcome", ""), reason=given.get("reason", ""), on=clock.today()
        )
    else:
        return False
    return True


@login_required
def profile_review_new(request: Any) -> HttpResponse:
    """Begin a review, of itself or out of a measure, a recommendation or a decision that asks for it."""
    owner = home_of(request.actor, "office", "leader")
    if owner is None:
        raise Http404
    source = record_named(request.actor, request.GET.get("from", ""), "measure", "recommendation", "decision")
    form = ReviewForm(request.POST or None, initial={"title": source.title} if source else {})
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_review(by=request.actor, owner=owner, source=source, on=clock.today(), **form.cleaned_data)
            return redirect("profile_review", slug=made.slug)
        except TertiaError as error:
            add_refusal(form, error)
    lead = _(
        "Every profile comes on the list. Of a faculty’s own profile its dean is asked, of the others you are; hand them on as you like."
    )
    context = {
        "form": form,
        "heading": _("Review the profiles of positions"),
        "lead": lead,
        "button": _("Begin the review"),
        "stage": "plan",
    }
    return render(request, "parties/form.html", context)


@login_required
def profile_review(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, ProfileReview, slug=slug)
    runs, doing = request.actor.has(record.owner_id, "office", "leader"), request.POST.get("do", "")
    lines = record.lines.select_related("profile__unit", "responsible")
    fault = ""
    if request.method == "POST":
        try:
            if doing == "close":
                close_review(by=request.actor, review=record, on=clock.today())
            elif doing in ("line", "hand"):
                line = scoped_or_404(lines, pk=id_of(request.POST.get("line")))
                if doing == "line":
                    said = {k: request.POST.get(k, "") for k in ("outcome", "reason")}
                    review_line(by=request.actor, review=record, line=line, on=clock.today(), **said)
                else:
                    person = scoped_or_404(workers_of(record.owner, clock.today()), pk=id_of(request.POST.get("person")))
                    hand_line(by=request.actor, review=record, line=line, person=person)
            return redirect("profile_review", slug=slug)
        except TertiaError as error:
            fault = error.sentence()
    rows = list(lines)
    looked = sum(line.done_on is not None for line in rows)
    context = record_context(
        request, record, lines=rows, looked=looked, whole=len(rows), changed=sum(line.outcome == "changed" for line in rows), outcomes=OUTCOMES, fault=fault, runs=runs,
        people=list(workers_of(record.owner, clock.today())) if runs and record.state == "underway" else [], which=request.POST.get("line", ""),
        late=record.state == "underway" and record.due_on is not None and record.due_on < clock.today(), person_id=request.actor.person_id,
    )  # fmt: skip
    return render(request, "faculty/profile_review.html", context, status=400 if fault else 200)
