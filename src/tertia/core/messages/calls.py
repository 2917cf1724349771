"""Calls to other servers: encrypted, bounded in time and size, no redirects, and never into the installation's own network.

A university's administrator registers addresses that this server then calls, so an address that leads inwards would open what no
stranger may reach (server-side request forgery). `TERTIA_INNER_CALLS=yes` lifts this for an installation whose learning platform
stands in the same closed network.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit

from django.conf import settings

__all__ = ["CallFailed", "call", "refusal_of"]

SECONDS, MOST_BYTES = 10, 1_000_000


class CallFailed(Exception):
    """The other server did not answer as asked: `code` is address, unreachable, refused, too-long or not-json; `status` its own."""

    def __init__(self, code: str, words: str = "", status: int = 0) -> None:
        super().__init__(f"{code} {status or ''} {words}".strip())
        self.code, self.status = code, status


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler())


def refusal_of(url: str) -> str:
    """Empty where an address may be called, else why not: `scheme`, `host` or `inner`."""
    parts = urlsplit(url)
    if settings.TERTIA_INNER_CALLS:
        return "" if parts.scheme in ("https", "http") and parts.hostname else "scheme"
    if parts.scheme != "https" or parts.username or not parts.hostname:
        return "scheme"
    try:
        found = {row[4][0] for row in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return "host"
    return "" if found and all(ipaddress.ip_address(str(a).split("%")[0]).is_global for a in found) else "inner"


def call(url: str, *, form: dict[str, str] | None = None, body: Any = None, kind: str = "application/json", token: str = "", accept: str = "application/json") -> Any:  # fmt: skip
    """Ask with GET, or POST a form or JSON; the answer's JSON (None where it is empty). Raises CallFailed."""
    if reason := refusal_of(url):
        raise CallFailed("address", reason)
    head = {"Accept": accept, "User-Agent": "Tertia"}
    data = None
    if form is not None:
        data, head["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif body is not None:
        data, head["Content-Type"] = json.dumps(body).encode(), kind
    if token:
        head["Authorization"] = f"Bearer {token}"
    try:
        with _OPENER.open(urllib.request.Request(url, data, head), timeout=SECONDS) as answer:
            raw = answer.read(MOST_BYTES + 1)
    except HTTPError as error:
        raise CallFailed("refused", error.reason or "", error.code) from error
    except (URLError, OSError, ValueError) as error:
        raise CallFailed("unreachable", str(getattr(error, "reason", error))) from error
    if len(raw) > MOST_BYTES:
        raise CallFailed("too-long")
    try:
        return json.loads(raw) if raw.strip() else None
    except ValueError as error:
        raise CallFailed("not-json") from error
