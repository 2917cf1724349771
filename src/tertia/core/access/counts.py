"""How often somebody came in the present minute, counted over all processes of the server. No Django.

A file of fixed size in memory: a slot for each remainder of a hash, with the minute and the count. Two who share a slot share a count,
which happens to one pair in 65,536; nothing grows, nothing has to be tidied up, and no name or address is in it.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
from pathlib import Path

__all__ = ["SLOTS", "SharedCounts"]

SLOTS = 65_536
_SLOT = struct.Struct("<II")


class SharedCounts:
    """Opened once in each process. Raises OSError where the file cannot be made."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._handle).st_size < SLOTS * _SLOT.size:
            os.ftruncate(self._handle, SLOTS * _SLOT.size)
        self._memory = mmap.mmap(self._handle, SLOTS * _SLOT.size)

    def bump(self, who: str, minute: int) -> int:
        """Count `who` once more and say how often that was in this minute."""
        import fcntl  # optional library: not on every system

        at = int.from_bytes(hashlib.blake2b(who.encode(), digest_size=4).digest(), "big") % SLOTS * _SLOT.size
        fcntl.lockf(self._handle, fcntl.LOCK_EX, _SLOT.size, at)
        try:
            there, count = _SLOT.unpack_from(self._memory, at)
            count = count + 1 if there == minute & 0xFFFFFFFF else 1
            _SLOT.pack_into(self._memory, at, minute & 0xFFFFFFFF, min(count, 0xFFFFFFFF))
        finally:
            fcntl.lockf(self._handle, fcntl.LOCK_UN, _SLOT.size, at)
        return count
