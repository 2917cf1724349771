"""What every part of the API shares: tokens with scopes, problem details (RFC 9457), idempotency keys.

An `Idempotency-Key` makes a repeated POST give the first answer again; the same key with another body is refused
(IETF draft-ietf-httpapi-idempotency-key-header).
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import typing
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from tertia.core.access.models import IdempotencyKey
from tertia.core.access.queries import api_token
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.periods import clock

__all__ = ["PROBLEMS", "SCOPES", "Problem", "TokenAuth", "idempotent", "optional_token", "problem", "refuse_as_problems", "scope"]

#: what a token may be made for
SCOPES = {
    "read": _("read what you may read"), "needs:write": _("raise needs"),
    "listen:write": _("listening: needs, conversations, proposals, surveys, research"),
    "plan:write": _("planning: resolutions, strategy, councils, offers, assignments of staff"),
    "act:write": _("acting: activities, hours, volunteering, learning, partnerships, projects"),
    "measure:write": _("measuring: indicators, targets, reviews, tables of the country"),
    "tell:write": _("telling: stories, mentions, reports, channels"),
    "organisation:write": _("organisations, people, money, files and links between records"),
}  # fmt: skip


class Problem(Schema):
    """Problem details: what went wrong, where, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[dict[str, str]] = []


#: declared for every operation
PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 503), Problem)


def problem(status: int, kind: str, title: str, detail: str, faults: list[dict[str, str]] | None = None) -> JsonResponse:
    body = {"type": f"urn:tertia:problem:{kind}", "title": title, "status": status, "detail": detail, "faults": faults or []}
    return JsonResponse(body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})


class TokenAuth(HttpBearer):
    """A bearer token of a person; `request.actor` becomes this person, bounded by the token's scopes."""

    openapi_description = "Token made on /me/tokens/"

    def authenticate(self, request: Any, token: str) -> Any:
        found = api_token(token)
        if found is None:
            return None
        request.actor, request.token = Actor.of(found.person, clock.today()), found
        return found


class OptionalToken(TokenAuth):
    """Reading what is public needs no token; a wrong token is refused all the same."""

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" not in request.headers:
            request.actor, request.token = ANONYMOUS, None  # type: ignore[attr-defined]
            return True
        return super().__call__(request)


optional_token = OptionalToken()


def _signed_as(function: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    """Give a wrapper the types of what it wraps: ninja reads them in the wrapper's own module."""
    hints = typing.get_type_hints(function)
    plain = inspect.signature(function)
    run.__signature__ = plain.replace(  # type: ignore[attr-defined]
        parameters=[p.replace(annotation=hints.get(p.name, p.annotation)) for p in plain.parameters.values()], return_annotation=Any
    )
    return run


def scope(name: str) -> Callable[..., Any]:
    """The operation needs this scope of the token."""
    assert name in SCOPES

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.token is None or name not in request.token.scopes:
                raise HttpError(403, f"This token lacks the scope {name}.")
            return function(request, *args, **kwargs)

        return _signed_as(function, run)

    return wrap


def idempotent(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the first answer again for the same key and the same request; refuse the same key for another one with 422.

    The key is written in the transaction of the effect, so the effect happens once though two requests race.
    """

    @functools.wraps(function)
    def run(request: Any, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")[:200]
        if not key:
            return function(request, *args, **kwargs)
        digest = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
        try:
            with transaction.atomic():
                kept = IdempotencyKey(token=request.token, key=key, request_digest=digest)
                kept.save(force_insert=True)
                status, body = function(request, *args, **kwargs)
                kept.status, kept.body = status, json.loads(json.dumps(body, cls=DjangoJSONEncoder))
                kept.save()
                return status, body
        except IntegrityError:
            there = IdempotencyKey.objects.filter(token=request.token, key=key).first()
            if there is None:
                raise
        if there.request_digest != digest:
            raise HttpError(422, "This idempotency key was used for another request. Use a new key.")
        return there.status, there.body

    return _signed_as(function, run)


def refuse_as_problems(api: NinjaAPI) -> None:
    """Every refusal leaves as problem details."""

    @api.exception_handler(TertiaError)
    def refused(request: HttpRequest, error: TertiaError) -> HttpResponse:
        faults = [{"where": f.where, "sentence": f.sentence, "code": f.code} for f in error.faults] if isinstance(error, BadInput) else []
        return problem(error.status, type(error).__name__, "Refused; nothing was changed", error.sentence(), faults)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [{"where": ".".join(str(p) for p in e["loc"]), "sentence": str(e["msg"]), "code": str(e["type"])} for e in error.errors]
        return problem(422, "invalid", "The request does not fit the contract", "Correct the named places and send it again.", faults)

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "refused", "Refused", str(error))

    @api.exception_handler(AuthenticationError)
    def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "token", "A good token is needed", "Make one on /me/tokens/ and send it as Authorization: Bearer TOKEN.")

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not-found", "There is no such thing for you", "Check the address.")
