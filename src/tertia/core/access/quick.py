"""Addresses that take very many small writes of guests: answered before sessions, sign-in and page frames are looked at.

An app declares one. It is used only for JSON by POST without a session, so a guest's alone; everybody else goes the usual way and gets the
same answer. Such a request cannot come from a foreign page: JSON from elsewhere needs a permission (a CORS preflight) that is never given,
and an `Origin` that is not ours is refused (OWASP, Cross-Site Request Forgery Prevention, "custom request headers").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tertia.core.actions.actor import ANONYMOUS

__all__ = ["declare_quick", "quick"]

_QUICK: list[tuple[re.Pattern[str], Callable[..., HttpResponse]]] = []


def declare_quick(pattern: str, view: Callable[..., HttpResponse]) -> None:
    """`pattern` begins behind the language; its named groups are the view's arguments."""
    _QUICK.append((re.compile(rf"^/(?P<language>kk|ru|en)/{pattern}$"), view))


def quick(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: Any) -> HttpResponse:
        if request.method != "POST" or request.content_type != "application/json" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        for pattern, view in _QUICK:
            found = pattern.match(request.path_info)
            if found is not None and _ours(request):
                arguments = found.groupdict()
                request.actor = ANONYMOUS
                with translation.override(arguments.pop("language")):
                    answer = view(request, **arguments)
                answer.headers.setdefault("X-Content-Type-Options", "nosniff")
                answer.headers.setdefault("Cache-Control", "no-store")
                answer.headers.setdefault("Content-Length", str(len(answer.content)))
                return answer
        return get_response(request)

    return middleware


def _ours(request: Any) -> bool:
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return False
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or origin.split("://", 1)[-1] == request.get_host()
