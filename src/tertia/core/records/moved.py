"""Addresses that once led somewhere: whoever knows where they lead now declares it, and the page that is not found asks."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["declare_moved", "moved_to"]

_SOURCES: list[Callable[[str], str]] = []


def declare_moved(source: Callable[[str], str]) -> None:
    """`source(path)` gives the address where it is now, or nothing."""
    _SOURCES.append(source)


def moved_to(path: str) -> str:
    return next((new for source in _SOURCES if (new := source(path))), "")
