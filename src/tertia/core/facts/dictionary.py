"""The data dictionary: what tables, columns and units mean, in three languages. No Django."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["DICTIONARY", "said"]

DICTIONARY = Path(__file__).with_name("dictionary.toml")


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["en"]: row for row in tomllib.loads(DICTIONARY.read_text(encoding="utf-8"))["word"]}


def said(english: str, language: str) -> str:
    """The words in a language; the English ones where they are asked for, or are all that there is (an indicator's own table)."""
    return _words().get(english, {}).get(language, english)
