"""Cells of files that a spreadsheet opens. No Django."""

from __future__ import annotations

__all__ = ["harmless"]


def harmless(words: str) -> str:
    """Words that a spreadsheet would take for a formula, marked as text by a leading apostrophe."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t") else words
