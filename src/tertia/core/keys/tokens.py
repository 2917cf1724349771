"""Signed words of other servers (JSON Web Tokens) read: signature, issuer, audience, times. No Django, no network.

Sources: RFC 7519 (JWT), RFC 7517 (key sets), OpenID Connect Core 1.0 §3.1.3.7 (what is checked of an ID token). Signatures by PyJWT,
with the algorithms that the reader names and never with what the token's own head asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import jwt

__all__ = ["MOST_AGE", "SKEW", "TokenRefused", "verified_claims"]

#: clocks of two servers may differ by so much, and a message is good for so long
SKEW, MOST_AGE = dt.timedelta(minutes=2), dt.timedelta(minutes=10)
MOST_BYTES = 100_000
_KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}

#: times, issuer and audience are judged here, each with a code of its own
_SIGNATURE_ONLY: Any = {
    "verify_signature": True, **dict.fromkeys(("verify_exp", "verify_iat", "verify_nbf", "verify_aud", "verify_iss", "verify_sub", "verify_jti"), False)
}  # fmt: skip


class TokenRefused(ValueError):
    """A token that is not believed. `code`: malformed, algorithm, unknown-key, forged, issuer, audience, expired, not-yet, nonce."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def verified_claims(
    token: str,
    keys: Mapping[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    now: dt.datetime,
    algorithms: Sequence[str] = ("RS256",),
) -> dict[str, Any]:
    """What a token says, after everything about it was checked. `keys` is the sender's key set, `now` is aware. Raises TokenRefused.

    That a nonce is used once is for the caller to keep: it alone knows what it has seen.
    """
    body = _signed(token, keys, algorithms)
    if body.get("iss") != issuer:
        raise TokenRefused("issuer")
    audience = body["aud"] if isinstance(body.get("aud"), list) else [body.get("aud")]
    if client_id not in audience or body.get("azp", client_id) != client_id or (len(audience) > 1 and "azp" not in body):
        raise TokenRefused("audience")
    _times(body, now)
    if not nonce or body.get("nonce") != nonce:
        raise TokenRefused("nonce")
    return body


def _signed(token: str, keys: Mapping[str, Any], algorithms: Sequence[str]) -> dict[str, Any]:
    if len(token) > MOST_BYTES:
        raise TokenRefused("malformed")
    try:
        head = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as error:
        raise TokenRefused("malformed") from error
    algorithm = str(head.get("alg"))
    if algorithm not in algorithms:
        raise TokenRefused("algorithm")
    rows = keys.get("keys")
    found = [
        k
        for k in (rows if isinstance(rows, list) else [])
        if isinstance(k, dict)
        and k.get("kty") == _KEY_TYPES[algorithm[:2]]
        and k.get("kid") == head.get("kid")
        and k.get("use", "sig") == "sig"
    ]
    if not found or not head.get("kid"):
        raise TokenRefused("unknown-key")
    try:
        body: Any = jwt.decode(token, jwt.PyJWK(found[0], algorithm=algorithm).key, algorithms=[algorithm], options=_SIGNATURE_ONLY)
    except jwt.InvalidSignatureError as error:
        raise TokenRefused("forged") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenRefused("malformed") from error
    return dict(body)


def _times(body: Mapping[str, Any], now: dt.datetime) -> None:
    until, since = body.get("exp"), body.get("iat")
    if isinstance(until, bool) or not isinstance(until, int | float) or isinstance(since, bool) or not isinstance(since, int | float):
        raise TokenRefused("malformed")
    at = now.timestamp()
    if at > until + SKEW.total_seconds() or at > since + (SKEW + MOST_AGE).total_seconds():
        raise TokenRefused("expired")
    if at < since - SKEW.total_seconds():
        raise TokenRefused("not-yet")
