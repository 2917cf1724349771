"""The code on the host's screen: six figures that change every minute (after RFC 6238, with HMAC-SHA-256). No Django.

A code proves that somebody saw the screen at that minute; it can therefore be checked later too, for an arrival that a phone
without network kept for itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

__all__ = ["STEP", "code_at", "fits", "shift_key"]

STEP = 60


def _window(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // STEP


def shift_key(secret: bytes, shift: int) -> bytes:
    """The key of one shift. The host's device may hold it, so that it shows the code without network; it opens nothing else."""
    return hmac.new(secret, f"shift.{shift}".encode(), hashlib.sha256).digest()


def _code(secret: bytes, shift: int, window: int) -> str:
    mac = hmac.new(shift_key(secret, shift), str(window).encode(), hashlib.sha256).digest()
    start = mac[-1] & 0x0F
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def code_at(secret: bytes, shift: int, moment: dt.datetime) -> str:
    """The code of a shift in the minute of `moment`."""
    return _code(secret, shift, _window(moment))


def fits(secret: bytes, shift: int, code: str, moment: dt.datetime, *, before: int = 2, after: int = 1) -> bool:
    """Whether the code was on the screen around a moment: `before` minutes earlier (scanned, then typed) to `after` later (clocks differ)."""
    now = _window(moment)
    return any(hmac.compare_digest(_code(secret, shift, w), code) for w in range(now - before, now + after + 1))
