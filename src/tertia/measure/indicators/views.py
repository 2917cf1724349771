"""Indicators, their figures, and the records behind every figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tertia.core.actions.policies import OFFICE
from tertia.core.parties.forms import KIND_WORDS
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, own_here
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.measure.indicators.beside import planned_beside
from tertia.measure.indicators.charts import year_chart
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.specification import specifications
from tertia.measure.indicators.models import Closing, Figure, Indicator
from tertia.measure.indicators.own import known
from tertia.measure.indicators.queries import behind, for_reader, indicators_for, latest_totals
from tertia.measure.indicators.words import definition_words

__all__ = ["catalogue_entry", "catalogue_page", "figure", "figure_list", "records"]


SHOWN_YEARS = 6  # bars of one picture; the table beneath has all


def figure_list(request: Any) -> HttpResponse:
    """The figures of the latest closed period, one row each."""
    rows = list(own_here(indicators_for(request.actor)).filter(state="chosen"))
    totals = latest_totals(rows, actor=request.actor)
    periods = sorted({f.period for f in Figure.objects.filter(indicator__in=rows)}) if rows else []
    period = request.GET.get("period", "")
    if period in periods:
        totals = latest_totals(rows, period, request.actor)
    shown = [{"indicator": r, "figure": totals.get(r.pk)} for r in rows]
    return render(request, "indicators/figure_list.html", {"rows": shown, "periods": periods, "period": period, "stage": "measure"})


def figure(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Indicator, slug=slug)
    figures = for_reader(record.figures.select_related("indicator").order_by("period", "breakdown"), request.actor)
    totals = [f for f in figures if not f.breakdown]
    period = request.GET.get("period", "")
    now = next((f for f in totals if f.period == period), latest_totals([record], actor=request.actor).get(record.pk))
    plans = planned_beside(record, request.actor)
    parts = _parts([f for f in figures if now and f.period == now.period and f.breakdown], plans)
    defined, entries = known([record.catalogue_id])
    definition, entry = defined.get(record.catalogue_id), entries[record.catalogue_id]
    context = record_context(
        request, record, now=now, totals=totals, parts=parts, entry=entry, years=[(f, plans.get((f.period, ""))) for f in totals],
        chart=year_chart(totals[-SHOWN_YEARS:], now.period if now else "", plans), plan=plans.get((now.period, "")) if now else None, definition=definition,
        closing=_closing(record, now), **_said(entry, definition),
    )  # fmt: skip
    return render(request, "indicators/figure.html", context)


def _closing(record: Indicator, now: Figure | None) -> Any:
    """The latest version of the closed period in which the figure stands."""
    return Closing.objects.filter(owner=record.owner_id, period=now.period).defer("snapshot").order_by("-number").first() if now else None


def _said(entry: Any, definition: Any) -> dict[str, Any]:
    """What is counted, the caveat, and the definition in words, in the reader's language as far as they are written in it."""
    language = (get_language() or "en")[:2]
    said = {name: entry.said(name, language) for name in ("counts", "caveat")}
    return {**said, "words": definition_words(definition) if definition else []}


def _parts(figures: list[Figure], plans: dict[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """The breakdowns of a figure, one table for each dimension, with the length of each bar."""
    names = {o.slug: o.name for o in Organisation.objects.filter(slug__in={f.breakdown.partition("=")[2] for f in figures})}
    groups: dict[str, list[dict[str, Any]]] = {}
    for figure in figures:
        dimension, _, label = figure.breakdown.partition("=")
        word = KIND_WORDS.get(label) if dimension in ("partner_kind", "party_kind") else None
        groups.setdefault(dimension, []).append(
            {"figure": figure, "label": word or label, "name": names.get(label), "plan": plans.get((figure.period, figure.breakdown))}
        )
    for rows in groups.values():
        reach = [v for r in rows for v in (r["figure"].value, r["plan"].value if r["plan"] else None) if v is not None]
        most = max(reach, default=Decimal(0)) or Decimal(1)
        for row in rows:
            row["width"] = round(float(row["figure"].value / most) * 212) if row["figure"].value is not None else None
            row["mark"] = round(float(row["plan"].value / most) * 212) if row["plan"] else None
    return [{"dimension": dimension, "rows": rows, "planned": any(r["plan"] for r in rows)} for dimension, rows in groups.items()]


def records(request: Any, slug: str) -> HttpResponse:
    """The rows behind a figure; the filters stand in the address."""
    record = record_for(request.actor, Indicator, slug=slug)
    period, breakdown = request.GET.get("period", ""), request.GET.get("breakdown", "")
    side = "denominator" if request.GET.get("side") == "denominator" else "numerator"
    there = Figure.objects.filter(indicator=record, period=period, breakdown=breakdown).select_related("indicator")
    found = next(iter(for_reader(there, request.actor)), None)
    if found is None or found.state == "suppressed" or record.catalogue_id not in known([record.catalogue_id])[0]:
        raise Http404
    shown = behind(record, period, breakdown, side, request.actor)
    context = {
        "record": record,
        "figure": found,
        "behind": shown,
        "side": side,
        "definition": known([record.catalogue_id])[0][record.catalogue_id],
        "stage": "measure",
    }
    return render(request, "indicators/records.html", context)


def catalogue_page(request: Any) -> HttpResponse:
    """The whole catalogue: which indicators can be computed today, and which records the others still lack."""
    computed = definitions()
    language = (get_language() or "en")[:2]
    rows = [{"entry": e, "computable": e.id in computed, "counts": e.said("counts", language)} for e in catalogue().values()]
    return render(
        request,
        "indicators/catalogue.html",
        {"rows": rows, "computable": len(computed), "owner": home_of(request.actor, *OFFICE), "stage": "measure"},
    )


def catalogue_entry(request: Any, slug: str) -> HttpResponse:
    """One indicator of the catalogue: its definition in plain words, a small table with the answer counted by hand, the caveat."""
    entry = catalogue().get(slug)
    if entry is None:
        raise Http404
    definition = definitions().get(slug)
    context = {
        "entry": entry, "definition": definition, "stage": "measure", **_said(entry, definition),
        "specification": specifications().get(slug), "chosen": indicators_for(request.actor).filter(catalogue_id=slug),
        "owner": home_of(request.actor, *OFFICE),
    }  # fmt: skip
    return render(request, "indicators/catalogue_entry.html", context)
