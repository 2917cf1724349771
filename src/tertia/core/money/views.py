"""Money of one record: the list, a new sum, what was struck out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.files.store import take
from tertia.core.money.actions import MAY_WRITE, state_year, strike_out, write_money
from tertia.core.money.forms import MoneyForm, YearForm
from tertia.core.money.models import Money, YearTotal
from tertia.core.money.panels import MONEYED
from tertia.core.money.queries import money_for, sums_of
from tertia.core.money.words import KIND_WORDS, category_word
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for

__all__ = ["money", "year_totals"]


def money(request: Any, pk: int) -> HttpResponse:
    """Sums of a record, each with its day, its giver and what shows it."""
    record = record_for(request.actor, Record, pk=pk)
    if record.kind not in MONEYED:
        raise Http404
    writes = MAY_WRITE(request.actor, {"record": record})
    doing = request.POST.get("do", "")
    form = MoneyForm(
        request.POST if doing == "add" else None, request.FILES if doing == "add" else None, initial={"on": clock.today(), "kind": "spent"}
    )
    if doing == "add" and form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        try:
            write_money(
                by=request.actor, record=record, taken=take(upload) if upload else None, file_name=upload.name if upload else "", **given
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The sum is written down."))
            return redirect("money", pk=pk)
    if doing == "strike":
        row = scoped_or_404(money_for(request.actor), pk=id_of(request.POST.get("sum")), record=record)
        try:
            strike_out(by=request.actor, money=row, reason=request.POST.get("reason", ""))
            messages.success(request, _("The sum counts no longer."))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("money", pk=pk)
    rows: list[Money] = list(money_for(request.actor).filter(record=record)[:200])
    for row in rows:
        row.kind_word, row.category_word = KIND_WORDS[row.kind], category_word(row.category)  # type: ignore[attr-defined]
    sums = sums_of([record.pk]).get(record.pk, {})
    context = {
        "record": record, "rows": rows, "form": form if writes else None, "sums": [(KIND_WORDS[k], sums[k]) for k in KIND_WORDS if k in sums],
        "may_strike": request.actor.has(record.owner_id, "editor", "office", "leader"), "stage": record.declared.stage,
    }  # fmt: skip
    return render(request, "money/money.html", context)


@login_required
def year_totals(request: Any) -> HttpResponse:
    """What finance states of whole years: what shares are worked out of."""
    home = home_of(request.actor, "office", "leader", "administrator")
    if home is None:
        raise Http404
    form = YearForm(request.POST or None, initial={"year": clock.today().year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            state_year(by=request.actor, organisation=home, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("year_totals")
    return render(request, "money/years.html", {"rows": YearTotal.objects.filter(organisation=home), "form": form, "stage": "measure"})
