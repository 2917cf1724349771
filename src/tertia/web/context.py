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


def shell(request: Any) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    path = request.get_full_path()
    return {
        "language": language,
        "languages": [(code, settings.LANGUAGE_SHORT[code], name, translate_url(path, code)) for code, name in settings.LANGUAGES],
        "stages": settings.STAGES,
        "actor": getattr(request, "actor", None),
        "university": SimpleLazyObject(_host),
        "demonstration_site": settings.TERTIA_DEMONSTRATION,
        "theme": getattr(getattr(request, "user", None), "theme", ""),
    }
