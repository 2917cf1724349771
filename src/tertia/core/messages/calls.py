"""Calls to other servers: encrypted, bounded in time and size, no redirects, and never into the installation's own network.

A university's administrator registers addresses that this server then calls, so an address that leads inwards would open what no
stranger may reach (server-side request forgery). `TERTIA_INNER_CALLS=yes` lifts this for an installation whose learning platform
stands in the same closed network.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import socket
import time
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlencode, urljoin, urlsplit

from django.conf import settings

__all__ = ["Answer", "CallFailed", "ask", "call", "fetch", "refusal_of"]

SECONDS, MOST_BYTES = 10, 1_000_000
#: of a page or a feed of others: so long in all, and so many addresses after each other
WHOLE_SECONDS, MOST_REDIRECTS = 20, 3


class CallFailed(Exception):
    """The other server did not answer as asked: `code` is address, unreachable, refused, too-long, too-slow, redirects or not-json; `status` its own."""

    def __init__(self, code: str, words: str = "", status: int = 0) -> None:
        super().__init__(f"{code} {status or ''} {words}".strip())
        self.code, self.status = code, status


@dataclass(frozen=True)
class Answer:
    """What another server said: its status, its headers (names in small letters), its bytes, and at which address it was found in the end."""

    status: int
    headers: dict[str, str]
    data: bytes
    url: str


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


def ask(url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None, *, method: str = "", most: int = MOST_BYTES, seconds: float = SECONDS) -> Answer:  # fmt: skip
    """One request, one answer of any status, bounded in bytes (unpacked) and in time as a whole; it follows nobody. Raises CallFailed."""
    if reason := refusal_of(url):
        raise CallFailed("address", reason)
    head = {"User-Agent": "Tertia", "Accept-Encoding": "gzip", **(headers or {})}
    until = time.monotonic() + seconds
    try:
        request = urllib.request.Request(url, data, head, method=method or None)
        try:
            answer = _OPENER.open(request, timeout=min(seconds, SECONDS))
        except HTTPError as error:
            answer = error  # type: ignore[assignment]
        with answer:
            raw = _bounded(answer, most, until)
            found: Message = answer.headers
            return Answer(answer.status, {k.lower(): v for k, v in found.items()}, raw, url)
    except (URLError, OSError, ValueError) as error:
        raise CallFailed("unreachable", str(getattr(error, "reason", error))) from error


def _bounded(answer: Any, most: int, until: float) -> bytes:
    """The body, unpacked as it comes, so that a small packed answer cannot grow without end."""
    packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    parts, size = [], 0
    while chunk := answer.read1(65_536):
        if time.monotonic() > until:
            raise CallFailed("too-slow")
        try:
            part = unpack.decompress(chunk, most + 1 - size) if unpack else chunk
        except zlib.error as error:
            raise CallFailed("unreachable", "gzip") from error
        size += len(part)
        if size > most or (unpack and unpack.unconsumed_tail):
            raise CallFailed("too-long")
        parts.append(part)
    return b"".join(parts)


def fetch(url: str, headers: Mapping[str, str] | None = None, *, most: int = MOST_BYTES, seconds: float = WHOLE_SECONDS) -> Answer:
    """A page or a feed of others, led on at most three times; each address is looked at before it is called. Raises CallFailed."""
    until = time.monotonic() + seconds
    for _turn in range(MOST_REDIRECTS + 1):
        left = until - time.monotonic()
        if left <= 0:
            raise CallFailed("too-slow")
        answer = ask(url, None, headers, most=most, seconds=left)
        if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
            return answer
        url = urljoin(url, answer.headers["location"])
    raise CallFailed("redirects")


def call(url: str, *, form: dict[str, str] | None = None, body: Any = None, kind: str = "application/json", token: str = "", basic: tuple[str, str] | None = None, accept: str = "application/json") -> Any:  # fmt: skip
    """Ask with GET, or POST a form or JSON; the answer's JSON (None where it is empty). Raises CallFailed."""
    head = {"Accept": accept}
    data = None
    if form is not None:
        data, head["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif body is not None:
        data, head["Content-Type"] = json.dumps(body).encode(), kind
    if token:
        head["Authorization"] = f"Bearer {token}"
    if basic is not None:  # RFC 6749 §2.3.1: both are form-encoded before they are put together
        head["Authorization"] = "Basic " + base64.b64encode(":".join(map(quote_plus, basic)).encode()).decode()
    answer = ask(url, data, head)
    if not 200 <= answer.status < 300:
        raise CallFailed("refused", "", answer.status)
    try:
        return json.loads(answer.data) if answer.data.strip() else None
    except ValueError as error:
        raise CallFailed("not-json") from error
