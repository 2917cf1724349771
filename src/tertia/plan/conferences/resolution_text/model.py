"""What a reading consists of. Offsets count Unicode code points of `source_text`; `end` is exclusive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Group", "Item", "Passage", "Resolution", "Unreadable"]


class Unreadable(Exception):
    """The file cannot be read at all. `code`: broken, encrypted, no-text, too-large, not-text, unknown-kind."""

    SENTENCES = {
        "broken": "The file is damaged or is not what its name says. Open it in the program that made it, save it anew and send it again.",
        "encrypted": "The file is locked by a password. Save it without one and send it again.",
        "no-text": "The PDF holds pictures of pages and no text. Send the DOCX from which it was made, or run text recognition first.",
        "too-large": "The file is larger than 25 MB. Send the resolution alone, without annexes.",
        "not-text": "The file is not text in UTF-8, UTF-16 or Windows-1251. Save it as UTF-8 and send it again.",
        "empty": "The file holds no text.",
        "unknown-kind": "This kind of file is not read. Send plain text, DOCX or PDF.",
    }

    def __init__(self, code: str) -> None:
        super().__init__(self.SENTENCES[code])
        self.code = code


@dataclass
class Item:
    """One recommendation. `marker` is as printed, None where there is none."""

    marker: str | None
    text: str
    start: int
    end: int
    items: list[Item] = field(default_factory=list)

    def walk(self) -> Iterator[Item]:
        yield self
        for item in self.items:
            yield from item.walk()

    def as_json(self) -> dict[str, Any]:
        return {
            "marker": self.marker, "text": self.text, "start": self.start, "end": self.end,
            "items": [item.as_json() for item in self.items],
        }  # fmt: skip


@dataclass
class Group:
    """The items under one lead-in, and to whom they are addressed, as printed."""

    lead_in: str | None
    addressee: str | None
    items: list[Item] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"lead_in": self.lead_in, "addressee": self.addressee, "items": [item.as_json() for item in self.items]}


@dataclass(frozen=True)
class Passage:
    """A passage that was not read into an item, and why: page-furniture, heading, preamble, narrative, list-not-operative, closing."""

    start: int
    end: int
    reason: str


@dataclass
class Resolution:
    language: str | None
    title: str | None
    date: str | None
    adopting_body: str | None
    source_text: str
    addressees: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unread: list[Passage] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.language, "title": self.title, "date": self.date, "adopting_body": self.adopting_body,
            "source_text": self.source_text, "addressees": self.addressees,
            "groups": [group.as_json() for group in self.groups],
            "unread": [{"start": p.start, "end": p.end, "reason": p.reason} for p in self.unread],
        }  # fmt: skip
