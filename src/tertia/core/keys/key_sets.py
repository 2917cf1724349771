"""Published keys of other servers, kept for ten minutes; asked for anew where a token was signed with one that is not among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.cache import cache

from tertia.core.keys.tokens import TokenRefused
from tertia.core.messages.calls import call

__all__ = ["with_keys"]

T = TypeVar("T")
KEPT_FOR, PAUSE = 600, 10


def with_keys(name: str, url: str, read: Callable[[Mapping[str, Any]], T]) -> T:
    """What `read` makes of a token with the key set at `url`, kept under `name`: with the keys of before, and where these do not know the
    key, with those of now, asked for at most every ten seconds. Raises what `read` does, and CallFailed."""
    kept = cache.get(name)
    if kept is not None:
        try:
            return read(kept)
        except TokenRefused as error:
            if error.code != "unknown-key" or not cache.add(f"{name}-again", True, PAUSE):
                raise
    found = call(url)
    keys = found if isinstance(found, dict) else {}
    cache.set(name, keys, KEPT_FOR)
    return read(keys)
