"""Returns: the list of forms, one filled, the file, the rows behind a cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.measure.indicators.queries import behind_definition
from tertia.tell.returns.fill import fill, said
from tertia.tell.returns.mapping import DATA, BadMapping, Mapping, mappings
from tertia.tell.returns.write import as_docx, as_xlsx

__all__ = ["filled", "return_behind", "return_file", "returns"]

READERS = ("office", "leader", "editor", "analyst", "administrator")


def _home(request: Any) -> Organisation:
    found = home_of(request.actor, *READERS)
    if found is None:
        raise Http404
    return found


def _all() -> dict[str, Mapping | BadMapping]:
    """The forms that come with Tertia, and the university's own in `HOME/returns`."""
    return mappings(DATA, Path(settings.HOME) / "returns")


def _one(slug: str) -> Mapping:
    found = _all().get(slug)
    if not isinstance(found, Mapping):
        raise Http404
    return found


def _periods(kind: str) -> list[str]:
    """The running period and three before it, the last closed one first."""
    today = clock.today()
    if kind == "calendar-year":
        years = [str(today.year - n) for n in range(4)]
    else:
        years, day = [], today
        for _turn in range(4):
            year = academic_year(day)
            years.append(year.label)
            day = year.start.replace(year=year.start.year - 1) if year.start.month > 1 else year.start
    return [years[1], years[0], *years[2:]]


@login_required
def returns(request: Any) -> HttpResponse:
    _home(request)
    rows = [
        {"name": name, "title": said(m.title), "source": said(m.source), "form": m.form.upper(), "fault": ""}
        if isinstance(m, Mapping)
        else {"name": name, "title": name, "fault": str(m)}
        for name, m in _all().items()
    ]
    return render(request, "returns/returns.html", {"rows": rows, "stage": "tell"})


def _chosen(request: Any, mapping: Mapping) -> tuple[str, list[str]]:
    periods = _periods(mapping.period)
    wanted = request.GET.get("period", periods[0])
    return (wanted if wanted in periods else periods[0]), periods


@login_required
def filled(request: Any, slug: str) -> HttpResponse:
    owner, mapping = _home(request), _one(slug)
    period, periods = _chosen(request, mapping)
    found = fill(mapping, owner, period)
    context = {
        "mapping": mapping,
        "filled": found,
        "period": period,
        "periods": sorted(periods),
        "title": said(mapping.title),
        "note": said(mapping.note),
        "owner": owner,
        "stage": "tell",
    }
    return render(request, "returns/filled.html", context | {"source": said(context["mapping"].source)})


@login_required
def return_file(request: Any, slug: str) -> HttpResponse:
    owner, mapping = _home(request), _one(slug)
    period, _all_periods = _chosen(request, mapping)
    language = (get_language() or "en")[:2]
    found, name = fill(mapping, owner, period), owner.name.read(language).text
    if mapping.form == "docx":
        body = as_docx(found, name, language, demonstration=owner.demonstration)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    else:
        body = as_xlsx(found, name, demonstration=owner.demonstration)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{mapping.name}-{period}-{language}.{mapping.form}"'
    return answer


@login_required
def return_behind(request: Any, slug: str, cell: str) -> HttpResponse:
    """The records behind one cell."""
    owner, mapping = _home(request), _one(slug)
    if cell not in mapping.cells:
        raise Http404
    period, _all_periods = _chosen(request, mapping)
    breakdown = request.GET.get("of", "")
    found = behind_definition(owner, mapping.cells[cell], period, breakdown, "numerator", request.actor)
    return render(
        request,
        "returns/behind.html",
        {
            "mapping": mapping,
            "cell": cell,
            "period": period,
            "found": found,
            "of": breakdown,
            "title": said(mapping.title),
            "stage": "tell",
        },
    )
