"""OpenID Connect: what is asked of a provider, and its answer verified.

Sources: OpenID Connect Core 1.0 (authorization code flow, §3.1), Discovery 1.0, RFC 7636 (PKCE, S256), RFC 9207 (issuer in the answer).
The signature of the ID token is always verified, though the standard allows to trust the line by which it came.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from tertia.core.keys.key_sets import with_keys
from tertia.core.keys.tokens import TokenRefused, verified_claims
from tertia.core.messages.calls import CallFailed, call
from tertia.core.signin.claims import Claims, Refused, read_claims
from tertia.core.signin.models import IdentityProvider

__all__ = ["claims_of_answer", "discover", "login_url"]

ALGORITHMS = ("RS256", "PS256", "ES256")


def discover(issuer: str) -> dict[str, str]:
    """The addresses that a provider publishes of itself. Raises CallFailed, Refused (issuer: it says that it is another one)."""
    said = call(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if not isinstance(said, dict) or str(said.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise Refused("issuer")
    wanted = {"auth_url": "authorization_endpoint", "token_url": "token_endpoint", "keys_url": "jwks_uri"}
    found = {ours: str(said.get(theirs) or "") for ours, theirs in wanted.items()}
    if not all(found.values()):
        raise Refused("description")
    methods = said.get("token_endpoint_auth_methods_supported")
    basic = isinstance(methods, list) and "client_secret_post" not in methods and "client_secret_basic" in methods
    userinfo = str(said.get("userinfo_endpoint") or "")
    return {**found, "issuer": str(said["issuer"]), "userinfo_url": userinfo, "basic": "yes" if basic else ""}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def login_url(provider: IdentityProvider, *, return_url: str, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes to sign in."""
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": return_url, "state": state, "nonce": nonce,
        "scope": "openid" if provider.kind == IdentityProvider.Kind.ORCID else "openid profile email",
        "code_challenge": _challenge(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    parts = urlsplit(provider.endpoints["auth_url"])
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(asked))))))


def claims_of_answer(
    provider: IdentityProvider, said: Mapping[str, str], *, return_url: str, nonce: str, verifier: str, now: dt.datetime
) -> Claims:
    """The code exchanged, the ID token verified, what else the provider says of the person asked for. Raises Refused, CallFailed."""
    if said.get("error"):
        raise Refused("cancelled" if said["error"] in ("access_denied", "login_required", "interaction_required") else "provider")
    if said.get("iss", provider.issuer) != provider.issuer:
        raise Refused("issuer")
    if not said.get("code"):
        raise Refused("malformed")
    try:
        answer = _exchange(provider, said["code"], return_url, verifier)
    except CallFailed as error:
        raise (Refused("code") if error.code == "refused" and error.status in (400, 401) else error) from error
    token = answer.get("id_token") if isinstance(answer, dict) else None
    if not isinstance(token, str):
        raise Refused("malformed")
    body = _verified(provider, token, nonce, now)
    subject = str(body.get("sub") or "")
    # who does not write name and address into the token is asked for them, and has to mean the same person (Core §5.3.2)
    if provider.endpoints.get("userinfo_url") and not {"email", "name", "groups"} <= set(body):
        more = call(provider.endpoints["userinfo_url"], token=str(answer.get("access_token", "")))
        if isinstance(more, dict):
            if str(more.get("sub") or "") != subject:
                raise Refused("no-user")
            body = {**more, **body}
    return read_claims(
        body, subject=subject, once=f"nonce {nonce}", names=provider.names, email_verified=body.get("email_verified") is True
    )


def _exchange(provider: IdentityProvider, code: str, return_url: str, verifier: str) -> Any:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_url, "code_verifier": verifier}
    if provider.endpoints.get("basic"):
        return call(provider.endpoints["token_url"], form=form, basic=(provider.client_id, provider.secret))
    return call(provider.endpoints["token_url"], form={**form, "client_id": provider.client_id, "client_secret": provider.secret})


def _verified(provider: IdentityProvider, token: str, nonce: str, now: dt.datetime) -> dict[str, Any]:
    def read(keys: Mapping[str, Any]) -> dict[str, Any]:
        return verified_claims(
            token, keys, issuer=provider.issuer, client_id=provider.client_id, nonce=nonce, now=now, algorithms=ALGORITHMS
        )

    try:
        return with_keys(f"signin-keys-{provider.pk}", provider.endpoints["keys_url"], read)
    except TokenRefused as error:
        raise Refused(error.code) from error
