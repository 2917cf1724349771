"""Questions as they are written, a line each, and the codes of paper sheets. No Django.

`How do you get home? : bus; on foot; car` is a choice of one; `[many] …` of several; a line without options asks for words.
A sheet's code is five figures and a check figure (ISO 7064, MOD 11-10), so that a mistyped one is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Question", "QuestionsUnreadable", "code_of", "is_code", "read_questions"]

MOST, MOST_OPTIONS = 40, 20


class QuestionsUnreadable(ValueError):
    """A line that is no question: `line` and `why` (options, twice, long, many, none)."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


@dataclass(frozen=True)
class Question:
    """`kind` one, many or words; options have the codes a, b, c …"""

    kind: str
    text: str
    options: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "options": list(self.options)}

    @property
    def coded(self) -> list[tuple[str, str]]:
        return [(chr(97 + n), text) for n, text in enumerate(self.options)]


def read_questions(text: str) -> list[Question]:
    """Read the lines. Raises QuestionsUnreadable."""
    found: list[Question] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line:
            continue
        many = line.lower().startswith("[many]")
        words, colon, rest = (line[6:] if many else line).strip().rpartition(":")
        options = tuple(o.strip() for o in rest.split(";") if o.strip()) if colon and ";" in rest else ()
        words = words.strip() if options else (line[6:] if many else line).strip()
        if many and len(options) < 2 or not words:
            raise QuestionsUnreadable(number, "options")
        if len(set(options)) != len(options):
            raise QuestionsUnreadable(number, "twice")
        if len(words) > 300 or len(options) > MOST_OPTIONS:
            raise QuestionsUnreadable(number, "long")
        found.append(Question(("many" if many else "one") if options else "words", words, options))
    if not found:
        raise QuestionsUnreadable(1, "none")
    if len(found) > MOST:
        raise QuestionsUnreadable(MOST + 1, "many")
    return found


def code_of(number: int) -> str:
    """The code of a sheet: its number in five figures and the check figure."""
    figures = f"{number:05d}"
    return figures + str(_check(figures))


def _check(figures: str) -> int:
    product = 10
    for figure in figures:
        product = (product + int(figure)) % 10 or 10
        product = product * 2 % 11
    return (11 - product) % 10


def is_code(word: str) -> bool:
    return word.isdecimal() and word.isascii() and len(word) >= 6 and str(_check(word[:-1])) == word[-1]
