"""Who works in which post; the university's norms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.plan.faculty.actions import end_post, fill_post, set_norm
from tertia.plan.faculty.actions.posts import STAFFING
from tertia.plan.faculty.forms import NormForm, PostForm
from tertia.plan.faculty.models import Norm, Post
from tertia.plan.faculty.queries import norms_on, posts_on
from tertia.plan.faculty.views.assignments import bound_words
from tertia.plan.faculty.views.nav import nav, staff_home
from tertia.plan.faculty.vocabulary import WHOLE, YEAR, functions, one_word, position_word

__all__ = ["norms", "posts"]


@login_required
def posts(request: Any) -> HttpResponse:
    home = home_of(request.actor, *STAFFING)
    if home is None:
        raise Http404
    today, doing = clock.today(), request.POST.get("do", "")
    year = academic_year(today)
    form = PostForm(request.POST if doing == "fill" else None, home=home, initial={"starts_on": year.start, "rate": 1})
    fault = ""
    if request.method == "POST":
        try:
            if doing == "end":
                end_post(
                    by=request.actor,
                    post=scoped_or_404(Post.objects.filter(organisation=home), pk=id_of(request.POST.get("post"))),
                    on=today,
                )
                return redirect("faculty_posts")
            if doing == "fill" and form.is_valid():
                said = dict(form.cleaned_data)
                fill_post(by=request.actor, organisation=home, person=said.pop("number"), **said)
                return redirect("faculty_posts")
        except TertiaError as error:
            fault = "" if doing == "fill" else error.sentence()
            if doing == "fill":
                add_refusal(form, error)
    text = request.GET.get("q", "").strip()[:100]
    rows = posts_on(home, today, year.end)
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(person__key=text))
    page = Pages(rows.order_by("person__name", "pk"), 50).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, position_word(row.position)) for row in page.object_list], "page": page, "form": form, "fault": fault, "doing": doing, "text": text,
        "count": page.paginator.count, "stage": "plan", "today": today, "nav": nav(request, "faculty_posts"),
    }  # fmt: skip
    return render(request, "faculty/posts.html", context)


@login_required
def norms(request: Any) -> HttpResponse:
    """The norms in force and the earlier ones. Everybody of the staff may read by what the own assignment is measured."""
    home = staff_home(request.actor)
    if home is None:
        raise Http404
    keeps, today = request.actor.has(home.pk, "office", "leader"), clock.today()
    form = NormForm(request.POST or None, initial={"valid_from": academic_year(today).end})
    if request.method == "POST" and keeps and form.is_valid():
        try:
            set_norm(by=request.actor, organisation=home, **form.cleaned_data)
            return redirect("faculty_norms")
        except TertiaError as error:
            add_refusal(form, error)
    present = norms_on(home, today)
    order = [WHOLE, YEAR, *functions()]
    rows = sorted(
        Norm.objects.filter(organisation=home),
        key=lambda n: (order.index(n.function) if n.function in order else 99, -n.valid_from.toordinal()),
    )
    context = {
        "rows": [(n, bound_words(n.function), one_word(n.function), n.valid_from == getattr(present.get(n.function), "valid_from", None), n.valid_from > today) for n in rows],
        "form": form, "keeps": keeps, "stage": "plan", "nav": nav(request, "faculty_norms"), "sent": request.method == "POST",
    }  # fmt: skip
    return render(request, "faculty/norms.html", context)
