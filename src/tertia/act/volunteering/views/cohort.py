"""Proposals for a whole cohort: what would be proposed, which places stay empty and why, and the letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tertia.act.volunteering.actions.cohort import PLANNERS, begin_plan, drop_plan, send_proposals
from tertia.act.volunteering.cohort_models import CohortPlan
from tertia.act.volunteering.cohort_work import plan_cohort, start_plan
from tertia.act.volunteering.models import Shift
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Membership, Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock

__all__ = ["cohort_plan", "cohort_plans"]

#: so many students are planned for at once, more by the worker
SMALL, SHOWN = 500, 200


class _Unit(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class CohortForm(forms.Form):
    unit = _Unit(
        label=gettext_lazy("Students of"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("the whole university"),
    )
    days = forms.IntegerField(label=gettext_lazy("Shifts of the next days"), min_value=1, max_value=120, initial=30)
    told_only = forms.BooleanField(label=gettext_lazy("Only those who have said what they can do"), required=False, initial=True)

    def __init__(self, *args: Any, owner: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organisation.objects.filter(parent=owner).order_by("slug")  # type: ignore[attr-defined]


@login_required
def cohort_plans(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *PLANNERS)
    if owner is None:
        raise Http404
    form = CohortForm(request.POST or None, owner=owner)
    if request.method == "POST" and form.is_valid():
        plan = begin_plan(by=request.actor, owner=owner, **form.cleaned_data)
        students = Membership.objects.in_force(clock.today()).filter(organisation=owner, standing="student")
        start_plan(plan)
        if students.count() <= SMALL:
            plan_cohort(plan.pk)  # the worker then finds it done; were this broken off, it would go on
        return redirect("cohort_plan", pk=plan.pk)
    rows = CohortPlan.objects.filter(owner=owner).select_related("unit")[:30]
    return render(request, "volunteering/cohort_plans.html", {"form": form, "rows": rows, "stage": "act"})


@login_required
def cohort_plan(request: Any, pk: int) -> HttpResponse:
    rows = CohortPlan.objects.select_related("owner", "unit").filter(owner__in=request.actor.organisations(*PLANNERS))
    plan = scoped_or_404(rows, pk=pk)
    fault = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "send":
                sent = send_proposals(by=request.actor, plan=plan)
                messages.success(
                    request, ngettext("%(n)d letter is written.", "%(n)d letters are written.", sent.letters) % {"n": sent.letters}
                )
                return redirect("cohort_plan", pk=pk)
            if request.POST.get("do") == "drop":
                drop_plan(by=request.actor, plan=plan)
                messages.success(request, _("The plan is thrown away."))
                return redirect("cohort_plans")
        except TertiaError as error:
            fault = error.sentence()
    shifts = Shift.objects.select_related("opportunity__host").in_bulk([row[0] for row in plan.empty[:SHOWN]])
    empty = [
        {"shift": shifts[s], "left": left, "why": why, "times": shifts[s].local()} for s, left, why in plan.empty[:SHOWN] if s in shifts
    ]
    context = {
        "plan": plan, "empty": empty, "more": max(len(plan.empty) - SHOWN, 0), "left": sum(row[1] for row in plan.empty), "fault": fault,
        "stage": "act",
    }  # fmt: skip
    return render(request, "volunteering/_cohort_state.html" if request.htmx else "volunteering/cohort_plan.html", context)
