"""Public pages for visitors without cookies are kept until the next event: the journal's head is the version of the site.

Every write leaves an event, so a kept page is never older than the data. What is kept: HTML answers to plain GETs of
visitors who carry no session and no form token, and whose page made none. The day is part of the key, since silence
grows by the day. It stands outside of sessions, languages and frames: what these add to an answer is kept with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse

from tertia.core.periods import clock

__all__ = ["page_cache"]

KEPT_FOR = 3600
LARGEST = 400_000
#: asked by monitors, also while the database is gone
UNCACHED = ("/healthz", "/readyz", "/metrics")


def page_cache(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: Any) -> HttpResponse:
        if not settings.TERTIA_PAGE_CACHE or not _plain(request):
            return get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers={**headers, "X-Page": "kept"})
        answer = get_response(request)
        if _may_keep(request, answer):
            cache.set(key, (answer.content, dict(answer.items())), KEPT_FOR)
        return answer

    return middleware


def _plain(request: Any) -> bool:
    cookies = request.COOKIES
    return (
        request.method == "GET"
        and request.path not in UNCACHED
        and settings.SESSION_COOKIE_NAME not in cookies
        and settings.CSRF_COOKIE_NAME not in cookies
        and "HX-Request" not in request.headers
        and "Authorization" not in request.headers
    )


def _key(request: Any) -> str:
    """Address, day and the digest of the last event. One small query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM actions_event ORDER BY id DESC LIMIT 1")
        head = cursor.fetchone()
    words = f"{request.get_host()}|{request.get_full_path()}|{request.headers.get('Accept-Language', '') if request.path == '/' else ''}|{clock.today()}|{head}"
    return "page:" + hashlib.sha256(words.encode()).hexdigest()


def _may_keep(request: Any, answer: Any) -> bool:
    return (
        answer.status_code == 200
        and not answer.streaming
        and answer.get("Content-Type", "").startswith("text/html")
        and "no-store" not in answer.get("Cache-Control", "")
        and not answer.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not request.session.modified
        and len(answer.content) < LARGEST
        and "mailbox" not in request.path
    )
