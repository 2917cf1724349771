"""Which fact tables there are, to read and as a machine-readable schema."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tertia.core.facts.declare import FACTS
from tertia.core.facts.dictionary import said
from tertia.measure.facts.export import schema_body

__all__ = ["facts_page", "facts_schema"]


def facts_page(request: Any) -> HttpResponse:
    """The data dictionary in the reader's language."""
    language = (get_language() or "en")[:2]
    tables = [
        {
            "name": table.name, "version": table.version, "meaning": said(table.meaning, language),
            "columns": [{"name": c.name, "type": c.type, "unit": said(c.unit, language), "meaning": said(c.meaning, language)} for c in table.columns],
        }
        for _name, table in sorted(FACTS.items())
    ]  # fmt: skip
    return render(request, "facts/facts.html", {"tables": tables, "stage": "measure"})


def facts_schema(request: Any) -> JsonResponse:
    return JsonResponse(schema_body(), json_dumps_params={"ensure_ascii": False, "indent": 1})
