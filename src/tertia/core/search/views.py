"""The page of search."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tertia.core.records.kinds import KINDS
from tertia.core.search.queries import search

__all__ = ["search_page"]

SHOWN = 50


def search_page(request: Any) -> HttpResponse:
    """Results as a page; htmx gets the list alone while somebody types."""
    text, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    found = search(request.actor, text, kind=kind if kind in KINDS else "", limit=SHOWN + 1) if text else []
    context = {"q": text, "kind": kind, "found": found[:SHOWN], "more": len(found) > SHOWN, "kinds": list(KINDS.values())}
    return render(request, "search/_results.html" if request.htmx else "search/search.html", context)
