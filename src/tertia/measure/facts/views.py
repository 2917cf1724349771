"""Which fact tables there are, to read and as a machine-readable schema."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from tertia.core.facts.declare import FACTS
from tertia.measure.facts.export import schema_body

__all__ = ["facts_page", "facts_schema"]


def facts_page(request: Any) -> HttpResponse:
    return render(request, "facts/facts.html", {"tables": [FACTS[k] for k in sorted(FACTS)], "stage": "measure"})


def facts_schema(request: Any) -> JsonResponse:
    return JsonResponse(schema_body(), json_dumps_params={"ensure_ascii": False, "indent": 1})
