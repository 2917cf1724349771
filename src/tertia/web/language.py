"""The language of an address, for answers that are made before Django has read it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.utils import translation

from tertia.core.languages.text import LANGUAGES

__all__ = ["activate_from_path"]


def activate_from_path(path: str) -> AbstractContextManager[None]:
    first = path.strip("/").split("/", 1)[0]
    return translation.override(first if first in LANGUAGES else "en")
