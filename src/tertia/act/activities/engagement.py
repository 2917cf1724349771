"""What kind of work with society an activity is, found by questions in plain words. Kinds and questions are data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

__all__ = ["FIRST", "Answer", "Question", "kind_word", "kinds", "question"]

FIRST = "for-whom"


@dataclass(frozen=True)
class Answer:
    """An answer leads to the next question, or to a kind."""

    words: str
    to: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Question:
    code: str
    words: str
    answers: tuple[Answer, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / "engagement.toml").read_text(encoding="utf-8"))


def _said(row: dict[str, Any]) -> str:
    return str(row.get((get_language() or "en")[:2], row["en"]))


def kinds() -> dict[str, dict[str, str]]:
    """Kinds by code, with their words in three languages."""
    found: dict[str, dict[str, str]] = _data()["kind"]
    return found


def kind_word(code: str) -> str:
    row = kinds().get(code)
    return _said(row) if row else ""


def question(code: str) -> Question:
    """A question in the reader's language; an unknown code gives the first one."""
    rows = _data()["question"]
    code = code if code in rows else FIRST
    row = rows[code]
    return Question(code, _said(row), tuple(Answer(_said(a), a.get("to", ""), a.get("kind", "")) for a in row["answers"]))
