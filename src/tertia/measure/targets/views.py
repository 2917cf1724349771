"""Targets: the list, proposing one, its page, the table in and out."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.actions.errors import BadInput, Fault, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.files.sheets import SheetRow
from tertia.core.files.store import take
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, workers_of
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year, calendar_year, label_of
from tertia.core.records.models import Link
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.indicators.models import Indicator
from tertia.measure.targets.actions import comment_lag, decide_target, propose_target, save_sheet, withdraw_target
from tertia.measure.targets.forms import DecisionForm, LagForm, TargetForm
from tertia.measure.targets.models import Target
from tertia.measure.targets.plan import weighted
from tertia.measure.targets.queries import standings, targets_for
from tertia.measure.targets.sheet import DryRun, check_rows, read_targets, write_targets

__all__ = ["target", "target_list", "target_new", "target_sheet"]

SALT = "tertia.targets.sheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def target_list(request: Any) -> HttpResponse:
    """Plan and fact of one period, the whole university first, then unit by unit."""
    today = clock.today()
    seen = targets_for(request.actor)
    periods = sorted(set(seen.values_list("period", flat=True)))
    period = request.GET.get("period", "")
    if period not in periods:
        period = academic_year(today).label if academic_year(today).label in periods else (periods[-1] if periods else "")
    rows = standings(seen.filter(period=period), today, request.actor)
    groups = []
    for unit, some in groupby(rows, key=lambda s: s.target.unit):
        inside = list(some)
        done, known = weighted((s.plan, s.fact) for s in inside if s.target.state == "approved")
        groups.append(
            {"unit": unit, "rows": inside, "done": done, "known": known, "approved": sum(s.target.state == "approved" for s in inside)}
        )
    owner = home_of(request.actor, *OFFICE)
    if request.GET.get("format") == "xlsx":
        return _table(request, rows, owner, period)
    counts: dict[str, int] = {}
    for s in rows:
        if s.target.state == "approved":
            counts[s.words] = counts.get(s.words, 0) + 1
    context = {"groups": groups, "periods": periods, "period": period, "owner": owner, "counts": counts, "rows": rows, "stage": "measure"}
    return render(request, "targets/target_list.html", context)


def _table(request: Any, rows: list[Any], owner: Any, period: str) -> HttpResponse:
    """The table; whoever works for the university gets its indicators without a target as rows to fill in."""
    empty = Indicator.objects.filter(owner=owner, state="chosen").order_by("pk") if owner else []
    response = HttpResponse(write_targets(rows, owner, clock.today(), empty), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="targets-{period or "new"}.xlsx"'
    return response


def _home(request: Any) -> Organisation:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    return owner


@login_required
def target_new(request: Any) -> HttpResponse:
    """Propose a target, or another value of one that stands."""
    owner, today = _home(request), clock.today()
    year = academic_year(today)
    periods = [label_of(y) for y in range(year.start.year - 1, year.start.year + 4)]
    periods += [str(calendar_year(today).start.year + n) for n in range(-1, 4)]
    indicators = Indicator.objects.filter(owner=owner, state="chosen").order_by("pk")
    initial = {"period": year.label, "weight": 1}
    stands = targets_for(request.actor).filter(owner=owner, slug=request.GET.get("change", "")).first()
    if stands is not None:
        initial |= {
            name: getattr(stands, name) for name in ("indicator", "unit", "period", "baseline", "baseline_period", "value", "weight", "responsible")
        }  # fmt: skip
    else:
        initial["indicator"] = indicators.filter(slug=request.GET.get("indicator", "")).first()
    form = TargetForm(
        request.POST or None, initial=initial, indicators=indicators, units=Organisation.objects.filter(parent=owner).order_by("slug"),
        people=workers_of(owner, today), periods=periods,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_target(by=request.actor, owner=owner, proposal=form.proposal, demonstration=owner.demonstration)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The target is proposed. It counts when a leader of the university has approved it."))
            return redirect("target", slug=made.slug)
    return render(request, "targets/target_new.html", {"form": form, "stands": stands, "stage": "measure", "any": indicators.exists()})


def target(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Target, slug=slug)
    standing = standings([record], clock.today(), request.actor)[0]
    lag, decision = LagForm(), DecisionForm()
    if request.method == "POST":
        try:
            _do(request, record, standing)
        except BadInput as error:
            lag, decision = LagForm(request.POST), DecisionForm(request.POST)
            form = lag if request.POST.get("do") == "comment" else decision
            form.is_valid()
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(record)
    corrective = [
        link.lower for link in Link.objects.filter(upper=record, relation="corrects").select_related("lower").order_by("pk")
        if link.lower.visibility == "public" or request.actor.has(record.owner_id, *OFFICE)
    ]  # fmt: skip
    context = record_context(
        request, record, standing=standing, lag=lag, decision=decision, corrective=corrective, comments=list(record.comments.select_related("person")),
        decides=request.actor.has(record.owner_id, "leader") and record.state == "proposed", address=_figure_address(record),
        may_withdraw=request.actor.has(record.owner_id, "office", "leader") and record.state != "withdrawn",
    )  # fmt: skip
    return render(request, "targets/target.html", context)


def _figure_address(record: Target) -> str:
    return f"{reverse('figure', kwargs={'slug': record.indicator.slug})}?period={record.period}"


def _do(request: Any, record: Target, standing: Any) -> None:
    doing, today = request.POST.get("do"), clock.today()
    if doing == "comment":
        form = LagForm(request.POST)
        form.is_valid()
        words = form.cleaned_data.get("words")
        comment_lag(by=request.actor, target=record, words=words, on=today, fact=standing.fact, standing=standing.state)
    elif doing in ("approve", "return"):
        form = DecisionForm(request.POST)
        form.is_valid()
        decide_target(by=request.actor, target=record, approve=doing == "approve", on=today, words=form.cleaned_data.get("words"))
    elif doing == "withdraw":
        withdraw_target(by=request.actor, target=record)
    else:
        raise Http404


@login_required
def target_sheet(request: Any) -> HttpResponse:
    """The table comes in: first a dry run that shows what it would change, then, when somebody says so, the change."""
    owner = _home(request)
    dry, error, kept = None, None, ""
    if request.method == "POST":
        try:
            dry = _from_request(request, owner)
            if request.POST.get("do") == "save" and not dry.faults:
                count = save_sheet(by=request.actor, owner=owner, proposals=dry.proposals)
                messages.success(request, ngettext("%(n)d target is proposed.", "%(n)d targets are proposed.", count) % {"n": count})
                return redirect("targets")
            kept = signing.dumps([[line.line, line.said] for line in dry.lines], salt=SALT, compress=True)
        except BadInput as found:
            error = found
    context = {"dry": dry, "error": error, "kept": kept, "owner": owner, "stage": "measure"}
    return render(request, "targets/target_sheet.html", context, status=400 if error else 200)


def _from_request(request: Any, owner: Any) -> DryRun:
    if request.POST.get("do") == "save":
        try:
            rows = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=24 * 3600)
        except signing.BadSignature as error:
            raise BadInput(
                Fault("file", _("The check is older than a day or was changed on the way. Send the table once more."))
            ) from error
        return check_rows(owner, [SheetRow(line, said, {}) for line, said in rows])
    if "file" not in request.FILES:
        raise BadInput(Fault("file", _("Choose a file.")))
    return read_targets(owner, take(request.FILES["file"]).data)
