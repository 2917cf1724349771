"""What happens around every request: the bound of its size, who acts, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.files.store import too_large
from tertia.core.parties.here import asked_host
from tertia.core.periods.clock import today
from tertia.web.language import activate_from_path

__all__ = ["actor", "here", "refusals", "upload_limit"]

Answer = Callable[[HttpRequest], HttpResponse]


def upload_limit(get_response: Answer) -> Answer:
    """Refuse a request that is too large before a byte of its body is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > settings.TERTIA_MAX_REQUEST:
            with activate_from_path(request.path):
                answer = render(request, "errors/413.html", {"sentence": too_large(size).sentence}, status=413)
            answer["Connection"] = "close"
            return answer
        return get_response(request)

    return middleware


def actor(get_response: Answer) -> Answer:
    """Put `request.actor` beside `request.user`: the person with his roles of today, or nobody."""

    def find(request: Any) -> Actor:
        person = getattr(request.user, "person", None) if request.user.is_authenticated else None
        return Actor.of(person, today()) if person else ANONYMOUS

    def middleware(request: Any) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: find(request))
        return get_response(request)

    return middleware


def here(get_response: Answer) -> Answer:
    """Remember under which name the site was asked for; the installation's own name is none."""
    own = {urlsplit(settings.BASE_URL).hostname, "localhost", "127.0.0.1", "[::1]", "testserver"}

    def middleware(request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0].lower()
        token = asked_host.set("" if host in own else host)
        try:
            return get_response(request)
        finally:
            asked_host.reset(token)

    return middleware


class refusals:
    """A refusal becomes a page with its sentence in the reader's language; nothing was written."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError):  # the database cannot hold what was sent (a character 0, a number beyond all bounds)
            return render(request, "errors/400.html", status=400)
        if not isinstance(exception, TertiaError):
            return None
        return render(request, "errors/refused.html", {"error": exception, "sentence": exception.sentence()}, status=exception.status)
