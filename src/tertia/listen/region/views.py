"""Statistics of the regions: the list, one statistic with its map, one region with what it needs and what was studied there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput
from tertia.core.actions.forms import add_refusal, carried_out
from tertia.core.actions.policies import OFFICE
from tertia.core.files.download import csv_stream
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.places.drawing import districts_of
from tertia.core.places.models import Place
from tertia.core.places.queries import regions_on
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.listen.region.actions import keep_series, note_break, revise_series, withdraw_series
from tertia.listen.region.drawing import map_in, said, small_multiples
from tertia.listen.region.forms import BreakForm, FileForm, SeriesForm
from tertia.listen.region.models import Series
from tertia.listen.region.places import COUNTRY
from tertia.listen.region.queries import Table, like_regions, series_for, table_of, values_of_place
from tertia.listen.region.reading import taken_from
from tertia.listen.region.words import note_words, unread_words

__all__ = ["region", "regions", "series", "series_file", "series_new"]


def names_today() -> dict[str, str]:
    """Names of regions in the reader's language by code; the country too."""
    language = (get_language() or "en")[:2]
    return {p.code: p.name.read(language).text for p in Place.objects.filter(kind__in=("region", "city"))} | {COUNTRY: _("Kazakhstan")}


def regions(request: Any) -> HttpResponse:
    """All statistics, and the regions."""
    rows = list(series_for(request.actor))
    counts = _counts(request.actor)
    places = [(p, counts.get(p.pk, {})) for p in regions_on(clock.today())]
    context = {"rows": rows, "places": places, "may_add": home_of(request.actor, *OFFICE) is not None, "stage": "listen"}
    return render(request, "region/regions.html", context)


def _counts(actor: Any) -> dict[int, dict[str, int]]:
    """How many needs, questions and studies of each place are to be seen. One query."""
    found: dict[int, dict[str, int]] = {}
    rows = (
        Record.objects.visible_to(actor)
        .filter(kind__in=("need", "regional-question", "study"), place__isnull=False)
        .exclude(state__in=("merged", "withdrawn", "declined"))
    )
    for place, kind in rows.order_by().values_list("place", "kind"):
        one = found.setdefault(place, {})
        one[kind.replace("regional-", "")] = one.get(kind.replace("regional-", ""), 0) + 1
    return found


def series(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Series, slug=slug)
    keeps = request.actor.has(record.owner_id, *OFFICE) and record.state == "kept"
    given, doing = (request.POST if request.method == "POST" else None), request.POST.get("do", "")
    forms = {}
    if keeps:
        forms = {
            "revise": FileForm(given if doing == "revise" else None, request.FILES if doing == "revise" else None, auto_id="revise_%s"),
            "break": BreakForm(given if doing == "break" else None, auto_id="break_%s"),
        }  # fmt: skip
        if request.method == "POST" and _act(request, record, forms, doing):
            return redirect("series", slug=slug)
    number = request.GET.get("revision", "")
    table = table_of(record, int(number) if number.isdecimal() and len(number) < 5 else None)
    if table is None:
        raise Http404
    names = names_today()
    year = _year(request, table)
    context = record_context(
        request, record, table=table, map=map_in(table, year, names) if year else None, year=year, years=table.years[::-1], small=small_multiples(table, names),
        rows=_rows(table, year, names), notes=note_words(table.notes, names), unread=unread_words(table.revision.unread), forms=forms, keeps=keeps,
        revisions=list(record.revisions.order_by("-number")), definition_breaks=list(record.breaks.all()),
    )  # fmt: skip
    return render(request, "region/series.html", context)


def _year(request: Any, table: Table) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) in table.years else (table.years[-1] if table.years else 0)


def _rows(table: Table, year: int, names: dict[str, str]) -> list[dict[str, Any]]:
    """The table below the map, by name; the country first."""
    rows = []
    for code in sorted(table.values, key=lambda c: (c != COUNTRY, names.get(c, c))):
        value = table.values[code].get(year)
        grown = table.grown(code)
        rows.append(
            {
                "code": "" if code == COUNTRY else code, "name": names.get(code, code), "value": said(value) if value is not None else "",
                "state": table.states.get((code, year), ""), "grown": grown, "percent": said(grown.percent, 1) if grown else ""
            }
        )  # fmt: skip
    return rows


def _act(request: Any, record: Series, forms: dict[str, Any], doing: str) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    form = forms.get(doing)

    def act() -> None:
        if doing == "revise" and form is not None:
            given = form.cleaned_data
            taken = taken_from(given["file"], part=given["part"], sheet=given["sheet"], year=given["year"])
            revise_series(by=request.actor, series=record, taken=taken, on=clock.today(), note=given["note"])
        elif doing == "break" and form is not None:
            note_break(by=request.actor, series=record, **form.cleaned_data)
        elif doing == "withdraw":
            withdraw_series(by=request.actor, series=record)

    return carried_out(request, form, act)


@login_required
def series_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    form = SeriesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        asked = {name: given.pop(name) for name in ("part", "sheet", "year")}
        try:
            made = keep_series(
                by=request.actor,
                owner=owner,
                taken=taken_from(given.pop("file"), **asked),
                on=clock.today(),
                demonstration=owner.demonstration,
                **given,
            )
        except BadInput as error:
            add_refusal(form, error)
        else:
            return redirect("series", slug=made.slug)
    return render(request, "region/series_new.html", {"form": form, "stage": "listen"})


def series_file(request: Any, slug: str) -> StreamingHttpResponse:
    """Open data: the revision that counts, one value a line, in the form of SDMX-CSV 1.0's observations, with its states."""
    record = record_for(request.actor, Series, slug=slug)
    table = table_of(record)
    if table is None:
        raise Http404
    codes = {"measured": "A", "provisional": "P", "estimated": "E", "imputed": "I", "projected": "F"}

    def rows() -> Iterator[list[Any]]:
        yield ["DATAFLOW", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"]
        unit, flow = record.unit_words.read("en").text, f"TERTIA:{record.slug}({table.revision.number}.0)"
        for code in sorted(table.values):
            for year, value in sorted(table.values[code].items()):
                yield [flow, code, year, f"{value:f}", codes[table.states.get((code, year), "measured")], unit]

    return csv_stream(rows(), f"{record.slug}.csv")


def region(request: Any, code: str) -> HttpResponse:
    """A region: its figures beside like ones, what is missing there, what science was asked, what was studied."""
    place = get_object_or_404(regions_on(clock.today()), code=code)
    found = values_of_place(request.actor, place.code)
    compared = next((s for s, _y, _v, _s in found if s.adds), None)
    table = table_of(compared) if compared else None
    names = names_today()
    like = like_regions(table, place.code) if table else []
    records = (
        Record.objects.visible_to(request.actor).filter(place=place, kind__in=("need", "regional-question", "study"))
        .exclude(state__in=("merged", "withdrawn", "declined")).select_related("owner").order_by("-created_at", "-pk")
    )  # fmt: skip
    context = {
        "place": place, "figures": _beside(request, found, place.code, like), "like": [(c, names.get(c, c)) for c in like], "compared": compared,
        "districts": districts_of(place.code, (get_language() or "en")[:2]), "needs": list(records.filter(kind="need")[:10]), "questions_of": list(records.filter(kind="regional-question")[:10]), "studies_of": list(records.filter(kind="study")[:10]),
        "stage": "listen",
    }  # fmt: skip
    return render(request, "region/region.html", context)


def _beside(request: Any, found: list[Any], code: str, like: list[str]) -> list[dict[str, Any]]:
    """Each series of the place with the same year of like regions; where one of them has no figure, that is said."""
    others = {c: {s.pk: (y, v) for s, y, v, _state in values_of_place(request.actor, c)} for c in like}
    rows = []
    for one, year, value, state in found:
        cells = []
        for c in like:
            there = others[c].get(one.pk)
            cells.append(said(there[1]) if there and there[0] == year else "")
        rows.append({"series": one, "year": year, "value": said(value), "state": state, "cells": cells})
    return rows
