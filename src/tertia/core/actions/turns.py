"""Writers of SQLite one after the other, in the order in which they came.

SQLite lets one write at a time, and whoever waits looks again after growing pauses: with many writers the unlucky one is passed over
until its patience ends (seen with a thousand sign-ups: two of them after twenty seconds). A lock on a file beside the database makes them
stand in a queue that the kernel keeps; PostgreSQL needs none of this.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

__all__ = ["turn"]


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to write; held until the block ends. Inside a transaction, and on PostgreSQL, it does nothing."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or ":memory:" in name or "mode=memory" in name:
        yield
        return
    import fcntl  # optional library: not on every system

    handle = os.open(f"{name}.turns", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
