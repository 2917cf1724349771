"""What holds for every answer of the API: a limit for each minute with its headers, and ETags by which nothing is sent twice.

The limit follows draft-ietf-httpapi-ratelimit-headers in the form with three fields; ETag and If-None-Match RFC 9110. Who has a token is
counted by it, others by their network. Counts are shared by all processes and threads of the server.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from tertia.core.access.api import problem
from tertia.core.access.counts import SharedCounts
from tertia.core.access.voices import visitor_address

__all__ = ["api_rules"]

_one_at_a_time = threading.Lock()  # locks on a file are of the process, not of the thread


@cache
def _counts(home: str) -> SharedCounts:
    return SharedCounts(Path(home) / "api-counts")


def api_rules(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        who, most = _who(request)
        now = int(time.time())
        with _one_at_a_time:
            came = _counts(str(settings.HOME)).bump(who, now // 60)
        wait = 60 - now % 60
        if came > most:
            answer: Any = problem(
                429, "too-many", "Too many requests", f"At most {most} in a minute. Wait {wait} seconds and go on where you stopped."
            )
            answer["Retry-After"] = str(wait)
        else:
            answer = _unless_known(request, get_response(request))
        answer["RateLimit-Limit"], answer["RateLimit-Remaining"], answer["RateLimit-Reset"] = str(most), str(max(most - came, 0)), str(wait)
        return answer  # type: ignore[no-any-return]

    return middleware


def _who(request: HttpRequest) -> tuple[str, int]:
    """By what a caller is counted, as a hash, and how many requests a minute he has. A token that is none counts like one: guessing is slow too."""
    token = request.headers.get("Authorization", "")
    words = f"token {token}" if token else f"network {visitor_address(request)}"
    return hashlib.sha256(words.encode()).hexdigest(), settings.TERTIA_API_LIMITS[0 if token else 1]


def _unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 where the caller has it already."""
    if request.method not in ("GET", "HEAD") or answer.status_code != 200 or answer.streaming:
        return answer
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    answer.setdefault("Cache-Control", "private, no-cache")
    known: HttpResponse | None = get_conditional_response(request, etag=etag, response=answer)
    return known if known is not None else answer
