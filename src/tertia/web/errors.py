"""What a request gets that cannot be answered: a page in the reader's language, or problem details for a program."""

from __future__ import annotations

import errno
import sys
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import get_language

from tertia.core.access.api import problem
from tertia.core.records.moved import moved_to
from tertia.web.language import activate_from_path

__all__ = ["bad_request", "csrf_failure", "forbidden", "not_found", "server_error"]

#: characters of a form that the page of a resting site gives back to be sent again
MOST_GIVEN_BACK = 500_000
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, "http", "Refused", "Check the address and the request; the contract lies at /api/v1/openapi.json.")
    with activate_from_path(request.path):
        return render(request, f"errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """An address that once led somewhere leads there still (core/records/moved.py)."""
    new = moved_to(request.path) if request.method in ("GET", "HEAD") else ""
    return redirect(new, permanent=True) if new else _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or a database that is gone and a disk that is full: these pass, and what somebody was sending is not lost.

    Without a database nothing of a page is known, not even who reads: the words stand alone then.
    """
    if not _passes(sys.exc_info()[1]):
        return _error(request, 500)
    wait = {"Retry-After": "15"}
    if request.path.startswith("/api/"):
        answer = problem(
            503, "resting", "The site rests for a moment", "Nothing of this request was kept. Send it again with the same Idempotency-Key."
        )
        answer["Retry-After"] = wait["Retry-After"]
        return answer
    with activate_from_path(request.path):
        sent, files, whole = _sent(request)
        page = loader.get_template("errors/503.html")
        context = {"spoken": (get_language() or "en")[:2], "sent": sent, "files": files, "whole": whole, "posted": request.method == "POST"}
        return HttpResponse(page.render(context), status=503, headers=wait)


def _passes(error: BaseException | None) -> bool:
    return isinstance(error, (InterfaceError, OperationalError)) or (isinstance(error, OSError) and error.errno in _FULL)


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], bool, bool]:
    """The fields that were being sent, whether files were among them, and whether all of it is there. Passwords are typed again."""
    if request.method != "POST":
        return [], False, True
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values if "password" not in name]
        files = bool(request.FILES)
    except (OSError, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return [], False, False
    if sum(len(value) for _name, value in fields) > MOST_GIVEN_BACK:
        return [], files, False
    return fields, files, True
