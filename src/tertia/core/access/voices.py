"""Who votes, as a keyed hash: the same person has the same voice in a conversation, and nobody can read back who it is.

Somebody who has signed in is hashed from his number, a guest from a random mark in a signed cookie. Each conversation has its own hash,
so voices of two conversations cannot be joined; the hash of an author differs from the hash of his voice.
"""

from __future__ import annotations

import datetime as dt
import functools
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

from tertia.core.access.secrets import derived_key

__all__ = ["COOKIE", "Speaker", "keep_mark", "network_of", "visitor_address", "speaker_of"]

COOKIE = "tertia_voice"
_YEAR = 365 * 24 * 3600


def _hash(use: str, *parts: object) -> str:
    return hmac.digest(derived_key("voice"), "|".join([use, *map(str, parts)]).encode(), "sha256").hex()[:32]


@dataclass(frozen=True)
class Speaker:
    """Whoever takes part: a person, or a guest by his mark. `new_mark` is a mark that the answer has to set."""

    person: Any = None
    mark: str = ""
    new_mark: str = ""
    network: str = ""

    def voice_key(self, conversation_id: int) -> str:
        who = f"person:{self.person.pk}" if self.person else f"guest:{self.mark}"
        return _hash("voice", conversation_id, who)

    def guest_key(self, conversation_id: int) -> str:
        """The voice that the same device had as a guest; empty where it has no mark."""
        return _hash("voice", conversation_id, f"guest:{self.mark}") if self.mark else ""

    def author_key(self, conversation_id: int) -> str:
        return _hash("author", conversation_id, self.mark) if self.mark else ""


def speaker_of(request: Any, day: dt.date) -> Speaker:
    """Who speaks in a request. A guest without a mark gets a new one, which `keep_mark` puts into the answer."""
    mark, new = "", ""
    try:
        mark = signing.Signer(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""))
    except signing.BadSignature:
        mark = new = secrets.token_hex(16)
    return Speaker(request.actor.person, mark, new, network_of(visitor_address(request), day))


def visitor_address(request: Any) -> str:
    """From where somebody comes, as the last server that we trust says it; empty where that is this machine itself, which says nothing."""
    proxies = settings.TERTIA_PROXIES
    if not proxies:
        address = str(request.META.get("REMOTE_ADDR", ""))
        return "" if address in ("127.0.0.1", "::1") else address
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return said[-proxies] if len(said) >= proxies else ""


def keep_mark(answer: Any, speaker: Speaker) -> Any:
    if speaker.new_mark and not speaker.person:
        answer.set_cookie(
            COOKIE, signing.Signer(salt=COOKIE).sign(speaker.new_mark), max_age=_YEAR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer


@functools.lru_cache(maxsize=4096)
def network_of(address: str, day: dt.date) -> str:
    """A day's hash of the network (IPv4 /24, IPv6 /48) from which somebody votes; no address is kept."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return _hash("network", day, ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))[:16]
