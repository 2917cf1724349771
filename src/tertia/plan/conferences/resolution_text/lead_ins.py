"""Lead-ins: whether a sentence asks, and the items that stand in the sentence itself."""

from __future__ import annotations

import re

from tertia.plan.conferences.resolution_text.lines import Paragraph
from tertia.plan.conferences.resolution_text.model import Item
from tertia.plan.conferences.resolution_text.words import NARRATIVE, OPERATIVE, OPERATIVE_NOUN

__all__ = ["find_span", "inline_items", "is_operative", "last_sentence"]


def is_operative(lead_in: str) -> bool:
    """Whether what follows this lead-in is asked of somebody: its last clause with a finite verb decides."""
    sentence = last_sentence(lead_in)
    strong = [m.start() for m in OPERATIVE.finditer(sentence)]
    told = [m.start() for m in NARRATIVE.finditer(sentence)]
    if strong:
        after = [t for t in told if t > strong[-1]]
        return not (after and re.search(r"\b(?:отмеч\w+|note[sd]?|атап өт\w+)\b", sentence[after[0] :], re.IGNORECASE))
    nouns = [m.start() for m in OPERATIVE_NOUN.finditer(sentence)]
    return bool(nouns) and (not told or nouns[-1] > told[-1] or nouns[0] < 3)


def last_sentence(text: str) -> str:
    return re.split(r"(?<=[a-zа-яәғқңөұүһі»”)][.!?])\s+(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІ«“])", text.strip())[-1]


def inline_items(p: Paragraph, whole: str) -> list[Item]:
    """Items in the sentence of the lead-in itself: `recommends: 1) to …; 2) to …` or `recommends: to …; to ….`"""
    match = re.match(r"(?P<lead>[^:]{8,400}):\s+(?P<rest>\S.{15,})$", p.text, re.DOTALL)
    if not match or not is_operative(match["lead"]) or not OPERATIVE.search(last_sentence(match["lead"])):
        return []
    colon = whole.find(":", p.start, p.end)
    if colon < 0:
        return []
    body_start = colon + 1
    body = whole[body_start : p.end]
    spans = _inline_numbered(body) or _inline_sentences(body)
    if len(spans) < 2:
        return []
    items = []
    for marker, a, b in spans:
        text = re.sub(r"\s+", " ", body[a:b]).strip()
        if text:
            lead = len(body[a:b]) - len(body[a:b].lstrip())
            items.append(Item(marker, text, body_start + a + lead, body_start + a + lead + len(body[a:b].strip())))
    return items


_INLINE = re.compile(r"(?:(?<=\s)|^)(\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})\))\s+")


def _inline_numbered(body: str) -> list[tuple[str | None, int, int]]:
    found = list(_INLINE.finditer(body))
    if len(found) < 2 or found[0].start() > 40:
        return []
    ends = [*(m.start() for m in found[1:]), len(body)]
    return [(m[1], m.end(), end) for m, end in zip(found, ends, strict=True)]


def _inline_sentences(body: str) -> list[tuple[str | None, int, int]]:
    if ";" not in body:
        return []
    spans: list[tuple[str | None, int, int]] = []
    start = 0
    for match in re.finditer(r";|$", body):
        if body[start : match.start()].strip():
            spans.append((None, start, match.end()))
        start = match.end()
    return spans


def find_span(source: str, beginning: str, start: int, end: int) -> int | None:
    pattern = r"\s+".join(re.escape(w) for w in beginning.split())
    found = None
    for match in re.finditer(pattern, source[start:end]):
        found = start + match.start()
    return found
