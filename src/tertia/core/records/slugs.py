"""Readable, lasting addresses."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Any

from tertia.core.languages.fold import fold
from tertia.core.languages.text import Text
from tertia.core.records.models import Record

__all__ = ["free_slug", "free_word", "words_of"]


def free_slug(owner: Any, kind: str, title: Text | str, prefix: str = "") -> str:
    """A slug that this owner has not used for this kind: the folded title, with four signs when it is taken."""
    text = title.read("en").text if isinstance(title, Text) else title
    base = "-".join([*([prefix] if prefix else []), *words_of(text)[:8]])[:80].strip("-") or kind
    if base.isdecimal():
        base = f"{kind}-{base}"
    if not Record.objects.filter(kind=kind, slug=base).exists():
        return base
    return f"{base}-{secrets.token_hex(3)}"


def words_of(text: str) -> list[str]:
    """Latin words as they are written; others folded, as search folds them, which knows how Kazakh and Russian are spelled in Latin."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and (c.isascii() or c.isalnum()))
    return re.findall(r"[a-z0-9]+", bare.lower()) if bare.isascii() else fold(text).split()


def free_word(name: Text, model: Any) -> str:
    """A slug of a name that no row of the model bears yet."""
    base = "-".join(words_of(name.read("en").text)[:6])[:60].strip("-") or "organisation"
    return base if not model.objects.filter(slug=base).exists() else f"{base}-{secrets.token_hex(3)}"
