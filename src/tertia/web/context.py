"""What every page of the shell needs: whose site it is, the five verbs, the languages with the same page in each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tertia.core.languages.text import LANGUAGES
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import university_here

__all__ = ["shell"]


def _host() -> Organisation | None:
    return university_here()


def canonical_path(request: Any) -> str:
    """The address by which a page is known: without what only sorts or remembers, with the number of a list's page."""
    page = request.GET.get("page", "")
    return request.path + (f"?page={page}" if page.isdecimal() and page != "1" else "")


def in_language(path: str, language: str) -> str:
    """The same address in another language: it is the first part of every page's address. What has no language stays as it is."""
    _nothing, first, *rest = path.split("/", 2) if path.startswith("/") else ("", "")
    return f"/{language}/{rest[0]}" if rest and first in LANGUAGES else path


def shell(request: Any) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    path = request.get_full_path()
    base = settings.BASE_URL.rstrip("/")
    return {
        "base_url": base,
        "canonical": base + canonical_path(request),
        "default_address": base + in_language(canonical_path(request), "kk"),
        "language": language,
        "languages": [(code, settings.LANGUAGE_SHORT[code], name, in_language(path, code)) for code, name in settings.LANGUAGES],
        "stages": settings.STAGES,
        "actor": getattr(request, "actor", None),
        "university": SimpleLazyObject(_host),
        "demonstration_site": settings.TERTIA_DEMONSTRATION,
        "theme": getattr(getattr(request, "user", None), "theme", ""),
    }
