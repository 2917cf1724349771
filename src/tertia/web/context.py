"""What every page of the shell needs: whose site it is, the five verbs, the languages with the same page in each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import university_here

__all__ = ["shell"]


def _host() -> Organisation | None:
    return university_here()


def canonical_path(request: Any) -> str:
    """The address by which a page is known: without what only sorts or remembers, with the number of a list's page."""
    page = request.GET.get("page", "")
    return request.path + (f"?page={page}" if page.isdecimal() and page != "1" else "")


def shell(request: Any) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    path = request.get_full_path()
    base = settings.BASE_URL.rstrip("/")
    return {
        "base_url": base,
        "canonical": base + canonical_path(request),
        "default_address": base + translate_url(canonical_path(request), "kk"),
        "language": language,
        "languages": [(code, settings.LANGUAGE_SHORT[code], name, translate_url(path, code)) for code, name in settings.LANGUAGES],
        "stages": settings.STAGES,
        "actor": getattr(request, "actor", None),
        "university": SimpleLazyObject(_host),
        "demonstration_site": settings.TERTIA_DEMONSTRATION,
        "theme": getattr(getattr(request, "user", None), "theme", ""),
    }
