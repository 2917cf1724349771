"""Signatures of HTTP requests as servers of ActivityPub use them (draft-cavage-http-signatures-12, rsa-sha256). No Django.

Signed are `(request-target)`, `host`, `date` and, where there is a body, `digest`; a signature that leaves one of them out is none.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

__all__ = ["WINDOW", "key_id_of", "new_key", "public_pem", "signed_headers", "verify"]

#: how far the clock of another server may be off
WINDOW = dt.timedelta(hours=12)
_PART = re.compile(r'(\w+)="([^"]*)"')


def new_key() -> str:
    """A private key (RSA, 2048 bits: what Mastodon reads) as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def public_pem(private: str) -> str:
    key = serialization.load_pem_private_key(private.encode(), None).public_key()
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _digest(body: bytes) -> str:
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def signed_headers(method: str, url: str, body: bytes | None, private: str, key_id: str, now: dt.datetime) -> dict[str, str]:
    """The headers that go with a request: Host, Date, Digest where there is a body, Signature."""
    parts = urlsplit(url)
    target = f"{method.lower()} {parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    head = {"Host": parts.netloc, "Date": format_datetime(now.astimezone(dt.UTC), usegmt=True)}
    if body is not None:
        head["Digest"] = _digest(body)
    names = ["(request-target)", *(n.lower() for n in head)]
    said = {"(request-target)": target, **{n.lower(): v for n, v in head.items()}}
    text = "\n".join(f"{n}: {said[n]}" for n in names)
    key = serialization.load_pem_private_key(private.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    mark = base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    head["Signature"] = f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{mark}"'
    return head


def key_id_of(headers: Mapping[str, str]) -> str:
    """By which key a request says that it is signed; empty where it does not say."""
    return dict(_PART.findall(headers.get("signature", ""))).get("keyId", "")


def verify(method: str, path: str, headers: Mapping[str, str], body: bytes, public: str, now: dt.datetime) -> str:
    """Empty where the signature is good, else `unsigned`, `too-little`, `stale`, `altered`, `key` or `forged`. Names of headers are small."""
    said = dict(_PART.findall(headers.get("signature", "")))
    if not said.get("signature") or not said.get("keyId"):
        return "unsigned"
    names = said.get("headers", "date").lower().split()
    if not {"(request-target)", "host", "date", "digest"} <= set(names):
        return "too-little"
    try:
        sent = parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return "stale"
    if sent.tzinfo is None or abs(now - sent) > WINDOW:
        return "stale"
    if not hmac.compare_digest(headers.get("digest", "").encode(), _digest(body).encode()):
        return "altered"
    lines = [f"{n}: {f'{method.lower()} {path}' if n == '(request-target)' else headers.get(n, '')}" for n in names]
    try:
        key = serialization.load_pem_public_key(public.encode())
        mark = base64.b64decode(said["signature"], validate=True)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return "key"
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < 1024:
        return "key"
    try:
        key.verify(mark, "\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return "forged"
    return ""
