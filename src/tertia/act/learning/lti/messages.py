"""The messages between a learning platform and Tertia as its tool, written and read. No Django, no network.

Sources: 1EdTech Learning Tools Interoperability Core 1.3 (16 April 2019), 1EdTech Security Framework 1.0 §5.1 (third-party initiated
login, authentication response validation) and §4.1 (client credentials with a signed assertion), Deep Linking 2.0, Assignment and Grade
Services 2.0; RFC 7638 for the name of the key. Signatures by `core/keys/tokens`: RS256 only.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tertia.core.keys.tokens import TokenRefused, verified_claims

__all__ = ["Endpoint", "Launch", "LtiRefused", "Platform", "ToolKey", "client_assertion", "deep_link_answer", "line_item", "login_url", "new_tool_key", "read_launch", "score", "scores_url"]  # fmt: skip

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP = "https://purl.imsglobal.org/spec/lti-dl/claim/"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCOPE_SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
SCOPE_LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
KINDS = {"LtiResourceLinkRequest": "resource", "LtiDeepLinkingRequest": "deep-link"}
_TEACHING = ("#Instructor", "#Administrator", "#ContentDeveloper", "#Faculty", "#TeachingAssistant")


class LtiRefused(TokenRefused):
    """A message that is not acted upon. `code` says why: malformed, algorithm, unknown-key, forged, issuer, audience, expired, not-yet,
    nonce, version, kind, deployment, no-user, no-link, deep-link; used (by whoever keeps what was seen)."""


@dataclass(frozen=True)
class Platform:
    """A learning platform as it was registered: its name for itself, our name there, its deployments and its three addresses."""

    issuer: str
    client_id: str
    deployments: tuple[str, ...]
    auth_url: str
    token_url: str
    keys_url: str


@dataclass(frozen=True)
class Endpoint:
    """Where grades of a link go: its own line item, the list in which one may be made, and what we may do there."""

    item: str = ""
    items: str = ""
    scopes: tuple[str, ...] = ()

    @property
    def takes_scores(self) -> bool:
        return SCOPE_SCORE in self.scopes and bool(self.item or (self.items and SCOPE_LINE_ITEM in self.scopes))


@dataclass(frozen=True)
class Launch:
    """A launch that was verified. `kind`: resource or deep-link. `number` is the person's number in the university's own register."""

    kind: str
    deployment: str
    subject: str
    nonce: str
    name: str = ""
    email: str = ""
    number: str = ""
    roles: tuple[str, ...] = ()
    context: str = ""
    link: str = ""
    link_title: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    grades: Endpoint = field(default_factory=Endpoint)
    return_url: str = ""
    data: str = ""

    @property
    def teaches(self) -> bool:
        return any(role.endswith(_TEACHING) for role in self.roles)


@dataclass(frozen=True)
class ToolKey:
    """Tertia's own key towards platforms: RSA, as PEM. `public` is what the platform reads at our address of keys."""

    pem: bytes

    @property
    def _numbers(self) -> rsa.RSAPublicNumbers:
        key = serialization.load_pem_private_key(self.pem, None)
        assert isinstance(key, rsa.RSAPrivateKey)
        return key.public_key().public_numbers()

    @property
    def public(self) -> dict[str, str]:
        numbers = self._numbers
        body = {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}
        name = hashlib.sha256(json.dumps(body, separators=(",", ":"), sort_keys=True).encode()).digest()
        return {**body, "alg": "RS256", "use": "sig", "kid": _word(name)}


def new_tool_key() -> ToolKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ToolKey(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )  # fmt: skip


def login_url(platform: Platform, *, launch_url: str, login_hint: str, message_hint: str, state: str, nonce: str) -> str:
    """Where the browser goes to be authenticated by its platform (OpenID Connect, implicit flow, answer by POST)."""
    asked = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none", "client_id": platform.client_id,
        "redirect_uri": launch_url, "login_hint": login_hint, "state": state, "nonce": nonce,
    }  # fmt: skip
    if message_hint:
        asked["lti_message_hint"] = message_hint
    parts = urlsplit(platform.auth_url)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(asked))))))


def read_launch(token: str, platform: Platform, keys: Mapping[str, Any], *, nonce: str, now: dt.datetime) -> Launch:
    """A verified launch. `keys` is the platform's key set, `nonce` what we sent with this state, `now` is aware. Raises LtiRefused.

    That a nonce is used once is for the caller to keep: it alone knows what it has seen.
    """
    try:
        body = verified_claims(token, keys, issuer=platform.issuer, client_id=platform.client_id, nonce=nonce, now=now)
    except TokenRefused as error:
        raise LtiRefused(error.code) from error
    if body.get(f"{CLAIM}version") != "1.3.0":
        raise LtiRefused("version")
    kind = KINDS.get(_text(body.get(f"{CLAIM}message_type")))
    if kind is None:
        raise LtiRefused("kind")
    deployment = _text(body.get(f"{CLAIM}deployment_id"))
    if deployment not in platform.deployments:
        raise LtiRefused("deployment")
    subject = _text(body.get("sub"))
    if not subject:
        raise LtiRefused("no-user")
    link, context, person, grades = (_map(body.get(k)) for k in (f"{CLAIM}resource_link", f"{CLAIM}context", f"{CLAIM}lis", GRADES))
    settings = _map(body.get(f"{DEEP}deep_linking_settings"))
    if kind == "resource" and not _text(link.get("id")):
        raise LtiRefused("no-link")
    if kind == "deep-link" and ("ltiResourceLink" not in _list(settings.get("accept_types")) or not _web(settings.get("deep_link_return_url"))):  # fmt: skip
        raise LtiRefused("deep-link")
    return Launch(
        kind, deployment, subject[:255], nonce, name=_text(body.get("name")), email=_text(body.get("email")).lower(),
        number=_text(person.get("person_sourcedid")), roles=tuple(map(_text, _list(body.get(f"{CLAIM}roles")))), context=_text(context.get("title"))[:300],
        link=_text(link.get("id"))[:255], link_title=_text(link.get("title"))[:300],
        custom={str(k): _text(v) for k, v in _map(body.get(f"{CLAIM}custom")).items()},
        grades=Endpoint(_web(grades.get("lineitem")), _web(grades.get("lineitems")), tuple(map(_text, _list(grades.get("scope"))))),
        return_url=_web(settings.get("deep_link_return_url")), data=_text(settings.get("data")),
    )  # fmt: skip


def deep_link_answer(key: ToolKey, platform: Platform, launch: Launch, items: Sequence[Mapping[str, Any]], *, now: dt.datetime) -> str:
    """The signed answer that takes chosen links back into the platform's course. Each item: title, text, url, custom, grade (a number
    of points, or None where nothing is graded), number (lasting name of what is graded)."""
    content = []
    for item in items:
        one: dict[str, Any] = {
            "type": "ltiResourceLink", "title": item["title"], "text": item.get("text", ""), "url": item["url"], "custom": dict(item.get("custom", {})),
            "window": {"targetName": "_blank"},
        }  # fmt: skip
        if item.get("grade") is not None:
            one["lineItem"] = {"scoreMaximum": item["grade"], "label": item["title"], "resourceId": item["number"]}
        content.append(one)
    body = {
        "iss": platform.client_id, "aud": [platform.issuer], "iat": int(now.timestamp()), "exp": int((now + dt.timedelta(minutes=5)).timestamp()),
        "nonce": uuid.uuid4().hex, f"{CLAIM}deployment_id": launch.deployment, f"{CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}version": "1.3.0", f"{DEEP}content_items": content,
    }  # fmt: skip
    if launch.data:
        body[f"{DEEP}data"] = launch.data
    return _signed(key, body)


def client_assertion(key: ToolKey, platform: Platform, *, now: dt.datetime) -> dict[str, str]:
    """The form with which an access token for grades is asked for (RFC 7523)."""
    body = {
        "iss": platform.client_id, "sub": platform.client_id, "aud": platform.token_url, "iat": int(now.timestamp()),
        "exp": int((now + dt.timedelta(minutes=5)).timestamp()), "jti": uuid.uuid4().hex,
    }  # fmt: skip
    return {
        "grant_type": "client_credentials", "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": _signed(key, body), "scope": f"{SCOPE_SCORE} {SCOPE_LINE_ITEM}",
    }  # fmt: skip


def line_item(label: str, number: str, most: int, link: str) -> dict[str, Any]:
    """A column of the platform's grade book."""
    return {"scoreMaximum": most, "label": label[:250], "resourceId": number, "resourceLinkId": link, "tag": "service"}


def score(subject: str, *, given: Decimal | None, most: int, words: str, at: dt.datetime) -> dict[str, Any]:
    """One student's state: handed in (`given` None) or graded. `at` orders what the platform gets: the later one stands."""
    body: dict[str, Any] = {
        "userId": subject, "timestamp": at.astimezone(dt.UTC).isoformat(timespec="microseconds"), "activityProgress": "Submitted" if given is None else "Completed",
        "gradingProgress": "PendingManual" if given is None else "FullyGraded",
    }  # fmt: skip
    if given is not None:
        body |= {"scoreGiven": float(given), "scoreMaximum": most}
    if words:
        body["comment"] = words
    return body


def scores_url(item: str) -> str:
    """Where scores of a line item go: `/scores` at the end of its path, before a query (AGS 2.0 §3.4)."""
    parts = urlsplit(item)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))


def _signed(key: ToolKey, body: dict[str, Any]) -> str:
    return jwt.encode(body, key.pem, algorithm="RS256", headers={"kid": key.public["kid"]})


def _number(value: int) -> str:
    return _word(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _word(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _web(value: Any) -> str:
    """An address of the web, empty for anything else."""
    text = _text(value)
    return text if urlsplit(text).scheme in ("https", "http") and urlsplit(text).hostname else ""
