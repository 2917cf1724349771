"""The keys by which universities sign in the fediverse: private halves lie in files under the installation's home, never in the database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings

from tertia.core.records.schema import address_of
from tertia.tell.channels.federation.documents import Account
from tertia.tell.channels.federation.signatures import new_key

__all__ = ["account_of", "private_key"]


def account_of(owner: Any) -> Account:
    return Account(address_of(""), owner.slug)


def private_key(owner: Any) -> str:
    """The key of a university, made when it is needed first; of two who make it at once one file stays."""
    file = Path(settings.HOME) / "keys" / f"fediverse-{owner.slug}.pem"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(new_key())
        try:
            os.link(part, file)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_text(encoding="ascii")
