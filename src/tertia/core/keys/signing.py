"""Ed25519 signatures (RFC 8032) over the SHA-256 of a file, with who signed and when. No Django, no server.

A key file holds the private key and never leaves its owner. A register of keys (`{"keys": [{"organisation", "public", "from",
"to"}]}`) says whose key counted when, so that a signature made before a rotation stays good after it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tertia.core.checks.canonical import canonical

__all__ = ["BadKey", "Key", "Register", "new_key", "read_key", "sign", "verify", "write_key"]

ALGORITHM = "Ed25519"


class BadKey(ValueError):
    """A key file or a register that cannot be used; the sentence says what to do."""


@dataclass(frozen=True)
class Key:
    """An organisation's key; `private` is the seed of 32 bytes."""

    organisation: str
    private: bytes

    @property
    def public(self) -> str:
        raw = Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
        return base64.b64encode(raw).decode()


def new_key(organisation: str) -> Key:
    return Key(organisation, Ed25519PrivateKey.generate().private_bytes_raw())


def write_key(key: Key, file: Path) -> None:
    """Write a key file that only its owner may read. Raises FileExistsError: a key is never written over."""
    body = {
        "organisation": key.organisation,
        "algorithm": ALGORITHM,
        "public": key.public,
        "private": base64.b64encode(key.private).decode(),
    }
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(body, out, indent=1)


def read_key(file: Path) -> Key:
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        key = Key(body["organisation"], base64.b64decode(body["private"], validate=True))
        if len(key.private) != 32:
            raise ValueError("the private key is not 32 bytes long")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadKey(f"{file}: this is no key file ({error}); make one: tertia key make --organisation SLUG --out FILE") from error
    return key


def sign(key: Key, content: bytes, on: dt.datetime) -> dict[str, str]:
    """A detached signature. `on` is aware and is told as the signer's clock shows it: a register knows days, and its day is the signer's.

    It is signed with the content's digest and the organisation. Raises ValueError where `on` is not aware.
    """
    if on.tzinfo is None:
        raise ValueError("the moment of a signature needs its offset from UTC")
    head = {
        "algorithm": ALGORITHM, "organisation": key.organisation, "public": key.public,
        "signed_at": on.isoformat(timespec="seconds"), "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(canonical(head))
    return {**head, "signature": base64.b64encode(signature).decode()}


@dataclass(frozen=True)
class Register:
    """Whose keys count, and from when to when."""

    rows: tuple[dict[str, str], ...]

    @classmethod
    def read(cls, file: Path) -> Register:
        try:
            rows = json.loads(file.read_text(encoding="utf-8"))["keys"]
            return cls(
                tuple(
                    {
                        "organisation": str(r["organisation"]),
                        "public": str(r["public"]),
                        "from": r.get("from") or "",
                        "to": r.get("to") or "",
                    }
                    for r in rows
                )
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadKey(
                f'{file}: this is no register of keys ({error}); write {{"keys": [{{"organisation": …, "public": …}}]}}'
            ) from error

    def counts(self, organisation: str, public: str, on: str) -> bool:
        """Whether the key was the organisation's on that day (`2026-11-24…`, as the signer's clock showed it)."""
        return any(
            row["organisation"] == organisation
            and row["public"] == public
            and row["from"] <= on[:10]
            and (not row["to"] or on[:10] <= row["to"])
            for row in self.rows
        )


def verify(signature: Any, content: bytes, register: Register | None = None) -> str:
    """`signed`, or what is wrong: `malformed`, `altered` (the content is another), `forged`, `unknown-key` (not in the register).

    Without a register a good signature by any key is `signed`: then only that the content is what somebody signed is known.
    """
    fields = ("algorithm", "organisation", "public", "signed_at", "sha256", "signature")
    if not isinstance(signature, dict) or any(not isinstance(signature.get(f), str) for f in fields) or signature["algorithm"] != ALGORITHM:
        return "malformed"
    head = {f: signature[f] for f in fields if f != "signature"}
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature["public"], validate=True))
        public.verify(base64.b64decode(signature["signature"], validate=True), canonical(head))
    except (InvalidSignature, ValueError):
        return "forged"
    if hashlib.sha256(content).hexdigest() != signature["sha256"]:
        return "altered"
    if register is not None and not register.counts(signature["organisation"], signature["public"], signature["signed_at"]):
        return "unknown-key"
    return "signed"
