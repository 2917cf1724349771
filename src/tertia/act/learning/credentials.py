"""Badges that travel: Open Badges 3.0 credentials as JSON Web Tokens, in a picture or alone, and their verification. No Django, no network.

Sources: 1EdTech Open Badges Specification 3.0 (27 May 2024), §8.2 (JSON Web Token proof) and §5.3 (baking); W3C Verifiable Credentials
Data Model 2.0; W3C Bitstring Status List 1.0; did:key (W3C CCG) with Ed25519 (RFC 8037, RFC 8032). The issuer is named by its own key
(`did:key`), so the signature is checked without any server; whether the key is the issuer's is told by a register of keys.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tertia.act.learning.baking import MOST_BYTES, NoBadge, bake_svg, extract
from tertia.core.checks.report import Problem
from tertia.core.keys.signing import Key, Register

__all__ = ["Badge", "NoBadge", "Verdict", "bake_svg", "did_of", "extract", "issue", "status_file", "status_list", "verify"]

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
LIST_BITS = 131_072
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: the multicodec prefix of an Ed25519 public key
_ED25519 = b"\xed\x01"
SKEW = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Badge:
    """What a badge says. `id` and `achievement_id` are lasting addresses; times are aware; `email` is kept as a salted hash only."""

    id: str
    issuer_name: str
    issuer_slug: str
    issuer_url: str
    achievement_id: str
    name: str
    description: str
    criteria: str
    holder: str
    issued_at: dt.datetime
    language: str = "en"
    email: str = ""
    salt: str = ""
    valid_until: dt.datetime | None = None
    hours: str = ""
    credits: str = ""
    outcomes: tuple[tuple[str, str], ...] = ()
    status_url: str = ""
    status_index: int | None = None


@dataclass(frozen=True)
class Verdict:
    """`state`: valid, tampered, unknown-issuer, revoked, expired or not-yet-valid. `notes` are no faults but worth saying."""

    state: str
    problems: tuple[Problem, ...] = ()
    credential: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


# --- writing


def did_of(public: bytes) -> str:
    """The did:key of an Ed25519 public key of 32 bytes."""
    return "did:key:z" + _base58(_ED25519 + public)


def issue(key: Key, badge: Badge) -> str:
    """A signed credential as a compact token."""
    did = did_of(_public(key))
    credential = _credential(badge, did)
    claims = {"iss": did, "jti": badge.id, "nbf": int(badge.issued_at.timestamp())}
    if badge.valid_until is not None:
        claims["exp"] = int(badge.valid_until.timestamp())
    return _sign(key, {**credential, **claims})


def status_list(key: Key, url: str, revoked: Iterable[int], at: dt.datetime, *, days: int = 400) -> str:
    """The signed list of what was revoked: one bit for each badge (Bitstring Status List 1.0)."""
    bits = bytearray(LIST_BITS // 8)
    for index in revoked:
        if not 0 <= index < LIST_BITS:
            raise ValueError(f"status index {index} lies outside the list of {LIST_BITS} bits")
        bits[index // 8] |= 0x80 >> (index % 8)
    did = did_of(_public(key))
    body = {
        "@context": CONTEXTS[:1], "id": url, "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": did, "validFrom": _moment(at),
        "validUntil": _moment(at + dt.timedelta(days=days)),
        "credentialSubject": {
            "id": f"{url}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": "u" + _word(gzip.compress(bytes(bits), mtime=0)),
        },
        "iss": did, "jti": url, "nbf": int(at.timestamp()),
    }  # fmt: skip
    return _sign(key, body)


def _credential(badge: Badge, did: str) -> dict[str, Any]:
    achievement: dict[str, Any] = {
        "id": badge.achievement_id, "type": ["Achievement"], "achievementType": "CommunityService", "name": badge.name, "description": badge.description,
        "criteria": {"narrative": badge.criteria}, "inLanguage": badge.language,
    }  # fmt: skip
    if badge.outcomes:
        achievement["alignment"] = [
            {"type": ["Alignment"], "targetName": name, "targetUrl": url, "targetType": "CFItem"} for name, url in badge.outcomes
        ]
    results = [(n, v) for n, v in (("Hours", badge.hours), ("Credits", badge.credits)) if v]
    if results:
        achievement["resultDescription"] = [
            {"id": f"{badge.achievement_id}#{n.lower()}", "type": ["ResultDescription"], "name": n, "resultType": "Result"}
            for n, _v in results
        ]
    subject: dict[str, Any] = {"type": ["AchievementSubject"], "identifier": _identifiers(badge), "achievement": achievement}
    if results:
        subject["result"] = [
            {"type": ["Result"], "resultDescription": f"{badge.achievement_id}#{n.lower()}", "value": v} for n, v in results
        ]
    credential: dict[str, Any] = {
        "@context": CONTEXTS, "id": badge.id, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": badge.name,
        "issuer": {
            "id": did, "type": ["Profile"], "name": badge.issuer_name, "url": badge.issuer_url,
            "otherIdentifier": [{"type": "IdentifierEntry", "identifier": badge.issuer_slug, "identifierType": "systemId"}],
        },
        "validFrom": _moment(badge.issued_at), "credentialSubject": subject,
    }  # fmt: skip
    if badge.valid_until is not None:
        credential["validUntil"] = _moment(badge.valid_until)
    if badge.status_index is not None:
        credential["credentialStatus"] = {
            "id": f"{badge.status_url}#{badge.status_index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": str(badge.status_index), "statusListCredential": badge.status_url,
        }  # fmt: skip
    return credential


def _identifiers(badge: Badge) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"type": "IdentityObject", "hashed": False, "identityHash": badge.holder, "identityType": "name"}]
    if badge.email:
        digest = hashlib.sha256((badge.email.lower() + badge.salt).encode()).hexdigest()
        found.append(
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${digest}",
                "identityType": "emailAddress",
                "salt": badge.salt,
            }
        )
    return found


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _public(key: Key) -> bytes:
    return base64.b64decode(key.public)


def _sign(key: Key, payload: dict[str, Any]) -> str:
    public = _public(key)
    did = did_of(public)
    header = {
        "alg": "EdDSA",
        "typ": "JWT",
        "kid": f"{did}#{did.removeprefix('did:key:')}",
        "jwk": {"kty": "OKP", "crv": "Ed25519", "x": _word(public)},
    }
    body = f"{_word(_json(header))}.{_word(_json(payload))}"
    return f"{body}.{_word(Ed25519PrivateKey.from_private_bytes(key.private).sign(body.encode()))}"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _word(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _base58(raw: bytes) -> str:
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _ALPHABET[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


# --- verifying


def verify(token: str, register: Register | None, *, status: str | None = None, now: dt.datetime | None = None) -> Verdict:
    """Verify a token by itself: signature, issuer, dates, and by a status list that was given whether it was revoked.

    The gravest finding is the state: tampered, then unknown-issuer, revoked, expired, not-yet-valid. Raises NoBadge where the token is none.
    """
    now = now or dt.datetime.now(dt.UTC)
    header, payload, signed, signature = _parts(token)
    broken = _broken(header, payload, signed, signature)
    if broken:
        return Verdict("tampered", (broken,), payload)
    problems = [*_unknown(payload, header, register)]
    notes = []
    revoked = _revoked(payload, status, now)
    if isinstance(revoked, str):
        notes.append(revoked)
    else:
        problems += revoked
    problems += _dates(payload, now)
    return Verdict(problems[0].code if problems else "valid", tuple(problems), payload, tuple(notes))


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    pieces = token.strip().split(".")
    if len(pieces) != 3:
        raise NoBadge("no-token", "this is no signed token: it has to have three parts with points between them")
    try:
        header, payload, signature = (base64.urlsafe_b64decode(p + "=" * (-len(p) % 4)) for p in pieces)
        one, two = json.loads(header), json.loads(payload)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise NoBadge("no-token", f"the signed token cannot be read: {error}") from error
    if not isinstance(one, dict) or not isinstance(two, dict):
        raise NoBadge("no-token", "the signed token holds no credential")
    body = two.get("vc")
    if isinstance(body, dict) and "credentialSubject" in body:  # Verifiable Credentials 1.1 lay the credential inside
        two = {**body, **{k: v for k, v in two.items() if k != "vc"}}
    kinds = two.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    if not {"OpenBadgeCredential", "AchievementCredential", "BitstringStatusListCredential"} & {k for k in kinds if isinstance(k, str)}:
        raise NoBadge("no-badge", "the signed token holds no Open Badges 3.0 credential")
    return one, two, f"{pieces[0]}.{pieces[1]}".encode(), signature


def _broken(header: dict[str, Any], payload: dict[str, Any], signed: bytes, signature: bytes) -> Problem | None:
    """What shows that the badge is not as it was signed."""
    issuer = _id(payload.get("issuer"))
    if header.get("alg") not in ("EdDSA", "Ed25519"):
        return Problem("tampered", "header.alg", f"the badge says it was signed by {header.get('alg')!r}; only EdDSA is accepted")
    key = _key(header, issuer)
    if key is None:
        return Problem("tampered", "header", "the badge does not name the key by which it was signed")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return Problem("tampered", "signature", "the signature does not fit: the badge was changed after it was signed")
    if issuer.startswith("did:key:") and issuer != did_of(key):
        return Problem("tampered", "issuer.id", "the badge names another issuer than the one who signed it")
    for claim, value in (("iss", issuer), ("jti", payload.get("id"))):
        if claim in payload and payload[claim] != value:
            return Problem("tampered", claim, f"{claim} and the credential say different things")
    return None


def _key(header: dict[str, Any], issuer: str) -> bytes | None:
    jwk = header.get("jwk")
    if isinstance(jwk, dict) and jwk.get("crv") == "Ed25519" and isinstance(jwk.get("x"), str):
        try:
            raw = base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4))
        except (ValueError, binascii.Error):
            return None
        return raw if len(raw) == 32 else None
    kid = header.get("kid")
    return next((found for name in (kid, issuer) if isinstance(name, str) and (found := _key_of_did(name.split("#")[0]))), None)


def _key_of_did(did: str) -> bytes | None:
    if not did.startswith("did:key:z") or not set(did[9:]) <= set(_ALPHABET) or len(did) > 100:
        return None
    number = 0
    for letter in did[9:]:
        number = number * 58 + _ALPHABET.index(letter)
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return raw[2:] if raw.startswith(_ED25519) and len(raw) == 34 else None


def _unknown(payload: dict[str, Any], header: dict[str, Any], register: Register | None) -> list[Problem]:
    """Whether the register knows the key as the named issuer's on the day of issue."""
    issuer = payload.get("issuer")
    key = _key(header, _id(issuer))
    public = base64.b64encode(key or b"").decode()
    day = _text(payload, "validFrom", "issuanceDate")
    rows = [r for r in (register.rows if register else ()) if r["public"] == public]
    slugs = {
        e.get("identifier") for e in (issuer.get("otherIdentifier") or [] if isinstance(issuer, dict) else []) if isinstance(e, dict)
    }  # fmt: skip
    if slugs:
        rows = [r for r in rows if r["organisation"] in slugs]
    if any(r["from"] <= day[:10] and (not r["to"] or day[:10] <= r["to"]) for r in rows):
        return []
    name = issuer.get("name", "") if isinstance(issuer, dict) else ""
    words = (
        "unknown issuer: there is no register of keys to look into; give one by --keys FILE (the site's /keys.json)"
        if register is None
        else f"unknown issuer: the register of keys does not know the key of {name or _id(issuer)!r} for the day of issue"
    )
    return [Problem("unknown-issuer", "issuer", words)]


def _revoked(payload: dict[str, Any], status: str | None, now: dt.datetime) -> list[Problem] | str:
    """Problems, or a note where nothing can be said."""
    entry = payload.get("credentialStatus")
    entry = entry[0] if isinstance(entry, list) and entry else entry
    if not isinstance(entry, dict):
        return []
    if status is None:
        return "whether it was revoked is not known without the issuer's list; give it by --status FILE"
    try:
        header, body, signed, signature = _parts(status.strip())
        subject = body["credentialSubject"]
        bits = zlib.decompressobj(31).decompress(base64.urlsafe_b64decode(subject["encodedList"][1:] + "==="), MOST_BYTES)
        index = int(entry["statusListIndex"])
    except (NoBadge, KeyError, TypeError, ValueError, OSError, EOFError, zlib.error) as error:
        return f"the list of revoked badges cannot be read ({error}); whether it was revoked is not known"
    if (
        _broken(header, body, signed, signature)
        or _id(body.get("issuer")) != _id(payload.get("issuer"))
        or body.get("id") != entry.get("statusListCredential")
    ):
        return "the list of revoked badges is not this issuer's; whether it was revoked is not known"
    if not 0 <= index < len(bits) * 8:
        return "the list of revoked badges does not hold this badge; whether it was revoked is not known"
    if bits[index // 8] & (0x80 >> (index % 8)):
        return [Problem("revoked", "credentialStatus", "the issuer has taken this badge back")]
    return []


def status_file(token: str) -> str:
    """Under which name the list of revoked badges that a token points to is kept; empty where it points to none."""
    entry = _parts(token)[1].get("credentialStatus")
    url = entry.get("statusListCredential") if isinstance(entry, dict) else None
    return f"status-{hashlib.sha256(url.encode()).hexdigest()[:24]}.jwt" if isinstance(url, str) else "status-none.jwt"


def _dates(payload: dict[str, Any], now: dt.datetime) -> list[Problem]:
    problems = []
    until, since = _date(_text(payload, "validUntil", "expirationDate")), _date(_text(payload, "validFrom", "issuanceDate"))
    ends = [d for d in (until, _number(payload.get("exp"))) if d]
    begins = [d for d in (since, _number(payload.get("nbf"))) if d]
    if ends and min(ends) < now - SKEW:
        problems.append(Problem("expired", "validUntil", f"the badge was valid until {min(ends):%Y-%m-%d}"))
    if begins and max(begins) > now + SKEW:
        problems.append(Problem("not-yet-valid", "validFrom", f"the badge is valid from {max(begins):%Y-%m-%d} on"))
    return problems


def _id(value: Any) -> str:
    value = value.get("id") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _text(payload: dict[str, Any], *names: str) -> str:
    return next((v for n in names if isinstance(v := payload.get(n), str)), "")


def _date(words: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(words.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _number(value: Any) -> dt.datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 32_503_680_000:
        return None
    return dt.datetime.fromtimestamp(value, dt.UTC)
