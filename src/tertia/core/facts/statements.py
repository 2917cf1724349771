"""Words that a university states of itself and that returns ask for: its social mission, the decision by which a strategy was adopted.

An app declares where such a statement is found; what is told to the outside reads the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["STATEMENTS", "Stated", "declare_statement"]


@dataclass(frozen=True)
class Stated:
    """The words (a Text or plain words), and the record in which they stand."""

    words: Any
    record: Any = None


#: name → (the university) → what it states, or None where it states nothing
STATEMENTS: dict[str, Callable[[Any], Stated | None]] = {}


def declare_statement(name: str) -> Callable[[Callable[[Any], Stated | None]], Callable[[Any], Stated | None]]:
    def register(function: Callable[[Any], Stated | None]) -> Callable[[Any], Stated | None]:
        if name in STATEMENTS:
            raise ValueError(f"two statements are called {name}")
        STATEMENTS[name] = function
        return function

    return register
