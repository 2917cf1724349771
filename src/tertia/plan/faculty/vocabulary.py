"""Functions of the third mission and positions, as data; the words in which states and decisions are told."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

__all__ = [
    "OUTCOMES", "RECOGNITIONS", "WHOLE", "YEAR", "by_kind", "code_of", "function_word", "functions", "one_word", "position_word", "positions",
]  # fmt: skip

#: norms that belong to no single function: all hours of the third mission, and all working hours of a year
WHOLE, YEAR = "whole", "year"
#: what a review finds of a profile
OUTCOMES = {"changed": _("functions were added or changed"), "kept": _("it stays as it is")}
RECOGNITIONS = {
    "promotion": _("Promotion"),
    "contract": _("Contract, election to a post"),
    "attestation": _("Attestation"),
    "award": _("Award"),
}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def functions() -> dict[str, dict[str, Any]]:
    """Functions by code: `kinds` of recorded work, words in three languages, and what is counted by the piece."""
    found: dict[str, dict[str, Any]] = _read("functions")["function"]
    return found


@lru_cache(maxsize=1)
def positions() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = _read("positions")["position"]
    return found


@lru_cache(maxsize=1)
def by_kind() -> dict[str, str]:
    """Kind of recorded work → function. Each kind stands at one function."""
    return {kind: code for code, row in functions().items() for kind in row["kinds"]}


def _word(row: dict[str, Any] | None, language: str = "") -> str:
    return str(row.get(language or (get_language() or "en")[:2], row["en"])) if row else ""


def function_word(code: str, language: str = "") -> str:
    """In the given language, else the reader's; empty for an unknown code."""
    return _word(functions().get(code), language)


def one_word(code: str) -> str:
    """What is counted: `talk`, `meeting`."""
    return _word(functions().get(code, {}).get("one"))


def position_word(code: str, language: str = "") -> str:
    return _word(positions().get(code), language)


def code_of(said: str, rows: dict[str, dict[str, Any]]) -> str:
    """The code that a table's word means: the code itself, a word in any language, or another usual one; empty for none."""
    wanted = said.strip().lower()
    for code, row in rows.items():
        if wanted in (code, *(row[lang].lower() for lang in ("en", "ru", "kk")), *row.get("also", ())):
            return code
    return ""
