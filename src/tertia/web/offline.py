"""What lets a page be opened without network: the service worker and the manifest. Only pages that ask for it are kept."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

__all__ = ["manifest", "worker"]

_SCRIPT = Path(__file__).parent / "offline_worker.js"


@functools.cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def worker(request: Any) -> HttpResponse:
    """It stands at the root so that it may keep pages of every language; it is read anew by browsers at each visit."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def manifest(request: Any) -> JsonResponse:
    """Web app manifest: the site can be put on the home screen of a telephone; it opens at the arriving page."""
    return JsonResponse(
        {
            "name": "Tertia", "short_name": "Tertia", "start_url": reverse("check_in"), "scope": "/", "display": "standalone",
            "background_color": "#FBFBFA", "theme_color": "#00616B",
            "icons": [{"src": static("tertia.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )  # fmt: skip
