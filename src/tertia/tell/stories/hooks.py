"""What hears that a story came out, changed in the open, or was withdrawn: inside the action, so that either all of it happens or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["CHANGED", "GONE", "HEARERS", "OUT", "tell_others"]

OUT, CHANGED, GONE = "out", "changed", "gone"
#: (story, verb) → None; an app of telling adds itself while the site starts
HEARERS: list[Callable[[Any, str], None]] = []


def tell_others(story: Any, verb: str) -> None:
    """A change is told of what is published only: drafts are nobody's business."""
    if verb == CHANGED and story.state != "published":
        return
    for hear in HEARERS:
        hear(story, verb)
