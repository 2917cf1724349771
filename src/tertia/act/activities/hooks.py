"""What other rooms of Act do when an activity is written down or its hours are signed; activities know none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["AFTER_SIGNING", "AFTER_WRITING", "after_signing", "after_writing"]

AFTER_WRITING: list[Callable[[Any], None]] = []
AFTER_SIGNING: list[Callable[[Any, Any], None]] = []


def after_writing(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what follows, inside the same transaction, from a new activity."""
    AFTER_WRITING.append(function)
    return function


def after_signing(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Register what follows, inside the same transaction, from a signed sheet and the day on which it was signed."""
    AFTER_SIGNING.append(function)
    return function
