"""Items that stand in the sentence of the lead-in itself, and where a sentence begins in the source."""

from __future__ import annotations

import re

__all__ = ["find_span", "inline_numbered", "inline_sentences"]

_INLINE = re.compile(r"(?:(?<=\s)|^)(\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})\))\s+")


def inline_numbered(body: str) -> list[tuple[str | None, int, int]]:
    found = list(_INLINE.finditer(body))
    if len(found) < 2 or found[0].start() > 40:
        return []
    ends = [*(m.start() for m in found[1:]), len(body)]
    return [(m[1], m.end(), end) for m, end in zip(found, ends, strict=True)]


def inline_sentences(body: str) -> list[tuple[str | None, int, int]]:
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
