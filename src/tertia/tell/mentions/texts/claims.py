"""Claims in a story: sentences with a count, a share, a sum or a superlative, which somebody may ask to see proven. No Django.

A claim with figures is borne out where each of its figures stands in what the records say of which the story tells; days, years and
numbers of laws are no claims. A superlative ("the first in Kazakhstan") is borne out by a person's word with its source only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tertia.core.languages.fold import bare

__all__ = ["Claim", "claims_of", "figures_in", "unproven"]

_SPACES = "\u00a0\u202f\u2009 "
_FIGURE = re.compile(
    rf"(?<![\w.,/№-])(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+)(?:[.,](\d{{1,2}}))?(?![\d/])(?:\s?(%|‰))?"
)
_MONTHS = (
    r"янв\w*|февр?\w*|март\w*|апр\w*|ма[яй]|июн\w*|июл\w*|авг\w*|сент\w*|окт\w*|нояб\w*|дек\w*|қаңтар\w*|ақпан\w*|наурыз\w*|сәуір\w*|мамыр\w*|маусым\w*|шілде\w*|"
    r"тамыз\w*|қыркүйек\w*|қазан(?!да)\w*|қараша\w*|желтоқсан\w*|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
)
#: what is no count: days, hours of the clock, years, numbers of papers
_NO_COUNT = re.compile(
    rf"\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}[- ]?(?:го|шы|ші|st|nd|rd|th)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b|"
    r"(?:№|N°|no\.)\s?\d[\w-]*|\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?(?:-?(?:го|м|ші|шы|жылы?)|\s+(?:год\w*|г\.|жыл\w*))?\b(?!\s?(?:%|‰|чел|адам|people|hours|час|сағат|тенге|теңге|tenge))",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(впервые|первый в|первая в|первое в|единственн\w+|лучш\w+ в|крупнейш\w+|самый|самая|самое|алғаш рет|тұңғыш|жалғыз|ең (?:ірі|үлкен|жақсы|алғашқы)|for the first time|the first in|the only|the best|the largest|"
    r"the biggest|unique)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"«“(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9])|\n+")
_MULTIPLES = {
    "тыс": 1_000, "мың": 1_000, "thousand": 1_000, "млн": 1_000_000, "миллион": 1_000_000, "million": 1_000_000, "млрд": 1_000_000_000, "миллиард": 1_000_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
_WORD_AFTER = re.compile(r"\s*([^\W\d_]+)")


@dataclass(frozen=True)
class Claim:
    """`key` stays the same while the words stay; `figures` are counts and shares; `superlative` where it says first, only, best."""

    key: str
    words: str
    figures: tuple[Decimal, ...]
    superlative: str = ""


def figures_in(text: str) -> tuple[Decimal, ...]:
    """Counts, sums and shares in a text, each once, in their order; "1,5 млн" is 1500000, "40 %" is 40."""
    bare_text = _NO_COUNT.sub(lambda m: " " * len(m.group()), text)
    found: list[Decimal] = []
    for m in _FIGURE.finditer(bare_text):
        whole = re.sub(rf"[{_SPACES},]", "", m.group(1))
        value = Decimal(f"{whole}.{m.group(2)}" if m.group(2) else whole)
        after = _WORD_AFTER.match(bare_text, m.end())
        if after and not m.group(3):
            word = after.group(1).lower()
            value *= next((times for stem, times in _MULTIPLES.items() if word.startswith(stem)), 1)
        value = value.normalize()
        if value not in found:
            found.append(value)
    return tuple(found)


def claims_of(text: str) -> list[Claim]:
    """The sentences of a text (already without marks) that claim something which can be counted or disputed."""
    found: dict[str, Claim] = {}
    for sentence in _SENTENCE.split(text):
        sentence = re.sub(r"\s+", " ", sentence or "").strip()
        if not sentence:
            continue
        figures, best = figures_in(sentence), _SUPERLATIVE.search(sentence)
        if figures or best:
            key = bare(sentence)[:200]
            found.setdefault(key, Claim(key, sentence[:500], figures, best.group(0) if best else ""))
    return list(found.values())


def unproven(claims: Iterable[Claim], said: Iterable[str]) -> list[Claim]:
    """Claims of which a figure, or the superlative, stands in nothing that the records say."""
    there = {f for line in said for f in figures_in(line)}
    return [c for c in claims if c.superlative or any(f not in there for f in c.figures)]
