"""Indicators, their figures, and the records behind every figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tertia.core.parties.models import Organisation
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.indicators.charts import bars_of
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.models import Figure, Indicator
from tertia.measure.indicators.queries import behind, indicators_for, latest_totals

__all__ = ["catalogue_page", "figure", "figure_list", "records"]


def figure_list(request: Any) -> HttpResponse:
    """The figures of the latest closed period, one row each."""
    rows = list(indicators_for(request.actor).filter(state="chosen"))
    totals = latest_totals(rows)
    periods = sorted({f.period for f in Figure.objects.filter(indicator__in=rows)}) if rows else []
    period = request.GET.get("period", "")
    if period in periods:
        totals = latest_totals(rows, period)
    shown = [{"indicator": r, "figure": totals.get(r.pk)} for r in rows]
    return render(request, "indicators/figure_list.html", {"rows": shown, "periods": periods, "period": period, "stage": "measure"})


def figure(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Indicator, slug=slug)
    figures = list(record.figures.order_by("period", "breakdown"))
    totals = [f for f in figures if not f.breakdown]
    period = request.GET.get("period", "")
    now = next((f for f in totals if f.period == period), latest_totals([record]).get(record.pk))
    parts = [f for f in figures if now and f.period == now.period and f.breakdown]
    most = max((p.value for p in parts if p.value is not None), default=Decimal(0)) or Decimal(1)
    names = {o.slug: o.name for o in Organisation.objects.filter(slug__in=[p.breakdown.partition("=")[2] for p in parts])}
    rows = [
        {
            "figure": p,
            "label": p.breakdown.partition("=")[2],
            "name": names.get(p.breakdown.partition("=")[2]),
            "width": round(float(p.value / most) * 220) if p.value is not None else None,
        }
        for p in parts
    ]
    definition, entry = definitions().get(record.catalogue_id), catalogue()[record.catalogue_id]
    context = record_context(
        request, record, now=now, totals=totals, parts=rows, bars=bars_of(totals, now.period if now else ""), entry=entry, definition=definition,
        dimension=parts[0].breakdown.partition("=")[0] if parts else "",
    )  # fmt: skip
    return render(request, "indicators/figure.html", context)


def records(request: Any, slug: str) -> HttpResponse:
    """The rows behind a figure; the filters stand in the address."""
    record = record_for(request.actor, Indicator, slug=slug)
    period, breakdown = request.GET.get("period", ""), request.GET.get("breakdown", "")
    side = "denominator" if request.GET.get("side") == "denominator" else "numerator"
    found = Figure.objects.filter(indicator=record, period=period, breakdown=breakdown).first()
    if found is None or record.catalogue_id not in definitions():
        raise Http404
    shown = behind(record, period, breakdown, side, request.actor)
    context = {
        "record": record,
        "figure": found,
        "behind": shown,
        "side": side,
        "definition": definitions()[record.catalogue_id],
        "stage": "measure",
    }
    return render(request, "indicators/records.html", context)


def catalogue_page(request: Any) -> HttpResponse:
    """The whole catalogue: which indicators can be computed today, and which records the others still lack."""
    known = definitions()
    rows = [{"entry": e, "computable": e.id in known} for e in catalogue().values()]
    return render(request, "indicators/catalogue.html", {"rows": rows, "computable": len(known), "stage": "measure"})
