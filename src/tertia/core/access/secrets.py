"""Keys that are derived from the installation's secret and never stored, and texts that are stored sealed by one."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

__all__ = ["Unreadable", "derived_key", "seal", "unseal"]


class Unreadable(Exception):
    """What was sealed cannot be opened with this installation's secret."""


def derived_key(use: str) -> bytes:
    """32 bytes of the installation's own for one use; who knows one of them knows no other."""
    return hashlib.sha256(f"tertia.{use}.{settings.SECRET_KEY}".encode()).digest()


def seal(words: str, use: str) -> str:
    """The text as only this installation reads it again (Fernet: AES-128-CBC with HMAC-SHA-256); empty stays empty."""
    return Fernet(base64.urlsafe_b64encode(derived_key(use))).encrypt(words.encode()).decode() if words else ""


def unseal(sealed: str, use: str) -> str:
    """What was sealed for this use. Raises Unreadable, where the secret is another one by now."""
    try:
        return Fernet(base64.urlsafe_b64encode(derived_key(use))).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken as error:
        raise Unreadable(use) from error
