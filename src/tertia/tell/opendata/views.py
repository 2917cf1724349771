"""Open data: the list, the files, the descriptors, the catalogue."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from tertia.core.files.download import csv_stream
from tertia.core.parties.queries import university_here
from tertia.tell.opendata.datasets import Dataset, datasets, public_records
from tertia.tell.opendata.forms import FORMS, LICENCE, as_jsonld, as_parquet, catalogue, csv_rows, package

__all__ = ["open_data", "open_data_catalogue", "open_data_file", "open_data_package", "open_data_terms"]

LABELS = [("csv", "CSV"), ("jsonld", "JSON-LD"), ("parquet", "Parquet")]
_JSON = {"ensure_ascii": False, "indent": 1}


def _there() -> list[tuple[Dataset, int]]:
    """Datasets that have rows. Kinds are counted in one question."""
    counts = dict(public_records().order_by().values_list("kind").annotate(n=Count("pk")))
    every = datasets().values()
    found = [(d, counts.get(d.key, 0) if d.key in counts or d.primary == ("id",) else d.count()) for d in every]
    return [(d, n) for d, n in found if n]


def _one(key: str) -> Dataset:
    found = datasets().get(key)
    if found is None:
        raise Http404
    return found


def open_data(request: Any) -> HttpResponse:
    rows = [{"dataset": d, "count": n} for d, n in _there()]
    return render(request, "opendata/open_data.html", {"rows": rows, "forms": LABELS, "licence": LICENCE, "stage": "tell"})


def open_data_file(request: Any, key: str, form: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """A whole dataset in a stream; nothing is held in memory."""
    dataset = _one(key)
    name = f"{key}.{form}"
    if form == "parquet":
        return FileResponse(as_parquet(dataset), as_attachment=True, filename=name, content_type=FORMS[form])
    if form == "csv":
        return csv_stream(csv_rows(dataset), name)
    if form not in FORMS:
        raise Http404
    answer = StreamingHttpResponse(as_jsonld(dataset), content_type=f"{FORMS[form]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def open_data_package(request: Any, key: str) -> JsonResponse:
    return JsonResponse(package(_one(key)), json_dumps_params=_JSON)


def open_data_catalogue(request: Any) -> JsonResponse:
    modified = public_records().aggregate(at=Max("changed_at"))["at"]
    return JsonResponse(
        catalogue([d for d, _n in _there()], university_here(), modified), content_type="application/ld+json", json_dumps_params=_JSON
    )


def open_data_terms(request: Any) -> JsonResponse:
    """What each column means, to which the JSON-LD refers."""
    terms = {c.name: c.words for d in datasets().values() for c in d.columns}
    return JsonResponse(terms, json_dumps_params=_JSON)
