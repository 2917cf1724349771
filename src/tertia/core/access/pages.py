"""Which page a pass opens: each app says it for its own purposes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["PASS_PAGES", "PASS_WORDS", "declare_pass_page"]

#: purpose → view(request, held)
PASS_PAGES: dict[str, Callable[..., Any]] = {}
#: purpose → (held → the words that ask, in the active language)
PASS_WORDS: dict[str, Callable[[Any], str]] = {}


def declare_pass_page(purpose: str, words: Callable[[Any], str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        PASS_PAGES[purpose], PASS_WORDS[purpose] = view, words
        return view

    return register
