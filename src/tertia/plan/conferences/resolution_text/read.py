"""From paragraphs to groups of recommendations.

A *lead-in* is a paragraph that announces what is asked: it ends in a colon (or is a heading) and speaks by an
operative verb. The list below it is read as items, nested by the families of their markers. A list that is only told
(topics, tasks, what was noted) is not read; it is named among the unread passages.
"""

from __future__ import annotations

import re
from pathlib import Path

from tertia.plan.conferences.resolution_text import head
from tertia.plan.conferences.resolution_text.lead_ins import find_span, inline_items, is_operative, last_sentence
from tertia.plan.conferences.resolution_text.lines import Paragraph, paragraphs_of
from tertia.plan.conferences.resolution_text.markers import Marker, goes_on_across_families, marker_of
from tertia.plan.conferences.resolution_text.model import Group, Item, Passage, Resolution
from tertia.plan.conferences.resolution_text.sources import Source, source_of
from tertia.plan.conferences.resolution_text.words import (
    ASKING,
    ASKS_BY_NAME,
    CLOSING,
    IMPERATIVE,
    NARRATIVE,
    NARRATIVE_START,
    OPERATIVE,
    OPERATIVE_NOUN,
    language_of,
)  # fmt: skip

__all__ = ["read_bytes", "read_file", "read_text"]


def read_file(path: Path) -> Resolution:
    """Read a file. Raises Unreadable, OSError."""
    return read_bytes(path.read_bytes())


def read_bytes(data: bytes) -> Resolution:
    """Read the bytes of a text, DOCX or PDF file. Raises Unreadable."""
    return _read(source_of(data))


def read_text(text: str) -> Resolution:
    """Read plain text; `source_text` of the result is this text."""
    return _read(Source(text))


def _read(source: Source) -> Resolution:
    paragraphs, furniture = paragraphs_of(source)
    flat = " ".join(p.text for p in paragraphs)
    title, title_length = head.title_of(paragraphs, flat)
    reader = _Reader(paragraphs, title_length, source.text)
    reader.run()
    for group, p in reader.leads:
        if not group.items:
            reader.leave_span(p.start, p.end, "heading")
    groups = [g for g in reader.groups if g.items]
    addressees = head.addressees_of_sending(flat) or list(dict.fromkeys(g.addressee for g in groups if g.addressee))
    return Resolution(
        language=language_of(flat),
        title=title,
        date=head.date_of(flat),
        adopting_body=head.adopting_body_of(flat),
        source_text=source.text,
        addressees=addressees,
        groups=groups,
        unread=sorted([*furniture, *reader.unread], key=lambda p: p.start),
    )


class _Reader:
    """Walks through the paragraphs once. `self.group` is the open group, if a lead-in has opened one."""

    def __init__(self, paragraphs: list[Paragraph], title_length: int, source: str) -> None:
        self.paragraphs = paragraphs
        self.title_length = title_length
        self.source = source
        self.groups: list[Group] = []
        self.leads: list[tuple[Group, Paragraph]] = []
        self.unread: list[Passage] = []
        self.group: Group | None = None
        #: the marker of the open group's lead-in: another one of its family stands beside the group, not inside it
        self.lead_marker: Marker | None = None
        #: the group in whose list the open group's lead-in stands
        self.outer: Group | None = None
        #: where the last list stopped, if it was only interrupted (a footnote, a running head), and how long ago
        self.interrupted: tuple[Group, list[tuple[Marker | None, Item]], int] | None = None
        self.stack: list[tuple[Marker | None, Item]] = []
        #: an operative lead-in stands above, so a bare `To the ministry:` opens a group of its own
        self.operative_above = False
        self.unmarked_allowed = False

    def run(self) -> None:
        for i, p in enumerate(self.paragraphs):
            if i < self.title_length:
                self._leave(p, "heading")
            elif self._opens_group(i):
                self._open(i)
            elif self.group is not None and self._beside_lead_in(p):
                self.group, self.stack = self.outer or self._new_group(None, None), []
                self._take(p)
            elif self.group is not None and self._belongs(i) or self._goes_on(p, i):
                self._take(p)
            elif self._asks_alone(p):
                self._close()
                self.group = self._new_group(None, head.find_addressee(p.text))
                self._take(p)
            elif self._starts_operative_list(i):
                self._open_without_lead_in(i)
            else:
                if self.group is not None and self.stack:
                    self.interrupted = (self.group, list(self.stack), i)
                self._close()
                self._leave(p, self._reason(p))

    # ---- lead-ins

    def _opens_group(self, i: int) -> bool:
        p = self.paragraphs[i]
        following = self._next(i)
        if not p.text:
            return False
        if p.text.endswith(":"):
            return self._colon_opens(p, following)
        if inline_items(p, self.source):
            return True
        if p.text.endswith(",") and following and _same_list_start(following) and self._list_is_operative(i + 1):
            return p.marker is None and len(p.text) < 200 and not NARRATIVE_START.match(p.text)
        return self._heading_opens(p, following)

    def _colon_opens(self, p: Paragraph, following: Paragraph | None) -> bool:
        if following is None:
            return False
        if self.group is not None and p.marker is not None and not self._is_addressee_line(p):
            return False
        if p.marker is not None and self.stack and self._is_deeper(p) and not self._beside_lead_in(p):
            return False
        if p.marker is not None and self.stack and _CLAUSE.match(p.text) and _CLAUSE.match(self.stack[0][1].text):
            return False
        if is_operative(p.text):
            return p.marker is None or self.group is None or self._is_addressee_line(p)
        return self.operative_above and self._is_addressee_line(p)

    def _is_addressee_line(self, p: Paragraph) -> bool:
        """`To the Ministry of Education:`, `Министерству образования:`, `1. Вузам рекомендовать:`"""
        if not p.text.endswith(":") or len(p.text) > 260:
            return False
        body = p.text.rstrip(":").strip()
        if head.find_addressee(body) is None:
            return False
        return bool(OPERATIVE.search(body)) or not IMPERATIVE.match(re.sub(r"^(?:to|for) (?:the )?", "", body, flags=re.IGNORECASE))

    def _is_deeper(self, p: Paragraph) -> bool:
        return bool(p.marker and self.stack and p.marker.family not in {m.family for m, _ in self.stack if m})

    def _beside_lead_in(self, p: Paragraph) -> bool:
        """Whether the marker goes on the count of the lead-in: `2. Вузам:` … `3. Акиматам:`"""
        lead, marker = self.lead_marker, p.marker
        if lead is None or marker is None or lead.family != marker.family or len(marker.path) > len(lead.path):
            return False
        return all(m is None or m.family != marker.family for m, _ in self.stack)

    def _heading_opens(self, p: Paragraph, following: Paragraph | None) -> bool:
        """A heading without a colon: `Recommendations`, `II. РЕШЕНИЕ`, `ҰСЫНЫСТАР`, before a list or plain sentences."""
        if following is not None and self._names_whom_sentences_ask(p, following):
            return True
        if following is None or len(p.text) > 110 or p.text.endswith((".", ";", ",")) and not p.text.isupper():
            return False
        if IMPERATIVE.match(p.text) or not (OPERATIVE_NOUN.search(p.text) or (p.text.isupper() and OPERATIVE.search(p.text))):
            return False
        if NARRATIVE.search(p.text) and not OPERATIVE_NOUN.match(p.text):
            return False
        if p.marker is not None and (following.marker is None or following.marker.family == p.marker.family):
            return False
        if self.group is not None and self.stack and p.marker is None and not p.blank_before and not p.text.isupper():
            return False
        return following.marker is not None or following.text.endswith(":")

    def _names_whom_sentences_ask(self, p: Paragraph, following: Paragraph) -> bool:
        """`For universities`, and below it sentences that say what they should do."""
        return (
            p.marker is None and following.marker is None and len(p.text) < 110
            and bool(_FOR_WHOM.match(p.text)) and bool(OPERATIVE.search(following.text)) and following.text.endswith(".")
        )  # fmt: skip

    def _open(self, i: int) -> None:
        p = self.paragraphs[i]
        if not self._beside_lead_in(p):
            listed = p.marker is not None and any(m and m.family == p.marker.family for m, _ in self.stack)
            self.outer = self.group if listed else None
        self._close()
        lead_in, rest = self._lead_in_of(p)
        addressee = head.find_addressee(lead_in.text)
        printed = f"{lead_in.marker.printed} {lead_in.text}" if lead_in.marker else lead_in.text
        self.group, self.lead_marker = self._new_group(printed, addressee), lead_in.marker
        self.leads.append((self.group, lead_in))
        following = self._next(i)
        self.unmarked_allowed = bool(following and following.marker is None) and not rest
        for item in rest:
            self._place(None if item.marker is None else _marker(item.marker), item)

    def _open_without_lead_in(self, i: int) -> None:
        self._close()
        self.group = self._new_group(None, None)
        self._take(self.paragraphs[i])

    def _new_group(self, lead_in: str | None, addressee: str | None) -> Group:
        group = Group(lead_in, addressee)
        self.groups.append(group)
        self.operative_above = True
        return group

    def _lead_in_of(self, p: Paragraph) -> tuple[Paragraph, list[Item]]:
        """The lead-in proper: the last sentence before the colon; what stands before it is narrative; items may follow inline."""
        inline = inline_items(p, self.source)
        text = p.text
        if inline:
            text = text[: text.index(":") + 1]
        sentence = last_sentence(text)
        start = p.start
        if sentence != text and len(text) - len(sentence) > 40:
            offset = find_span(self.source, sentence[:25], p.start, p.end)
            if offset is not None:
                self.leave_span(p.outer_start, offset, "narrative")
                start = offset
                return Paragraph(None, sentence, start, p.end, start), inline
        return Paragraph(p.marker, text, p.start, p.end, p.outer_start), inline

    # ---- items

    def _belongs(self, i: int) -> bool:
        p = self.paragraphs[i]
        if not p.text:
            return False
        if p.marker is not None:
            return self._fits_list(i)
        if self.stack:
            last = self.stack[-1][1]
            if p.text[:1].islower() and not last.text.endswith((".", ";")):
                self._extend(last, p)
                return True
            return self.unmarked_allowed and all(m is None for m, _ in self.stack) and self._like_an_item(p)
        return self.unmarked_allowed and self._like_an_item(p)

    def _fits_list(self, i: int) -> bool:
        p = self.paragraphs[i]
        marker = p.marker
        assert marker is not None
        if not self.stack:
            return not NARRATIVE_START.match(p.text)
        same = [(m, item) for m, item in self.stack if m and m.family == marker.family]
        if same and marker.number is not None and same[-1][0].number is not None:
            previous = same[-1][0].number
            restarts = marker.number == 1 and previous > 1 and len(self.stack) == 1
            if restarts and p.blank_before:
                return self._list_is_operative(i)
        return True

    def _like_an_item(self, p: Paragraph) -> bool:
        """A sentence without marker under a lead-in: it ends in `;` or `.` and is not a heading or the closing formula."""
        if CLOSING.match(p.text):
            return False
        if not self.stack:
            return len(p.text) > 12
        last = self.stack[-1][1].text
        if last.endswith(";"):
            return True
        if last.endswith("."):
            if self.group and _FOR_WHOM.match(self.group.lead_in or ""):
                return bool(OPERATIVE.search(p.text)) and p.text.endswith(".")
            return bool(IMPERATIVE.match(p.text)) and bool(IMPERATIVE.match(self.stack[0][1].text))
        return p.text[:1].islower() == last[:1].islower() and len(p.text) > 12 and bool(IMPERATIVE.match(p.text))

    def _extend(self, item: Item, p: Paragraph) -> None:
        item.text, item.end = f"{item.text} {p.text}", p.end
        p.text = ""

    def _take(self, p: Paragraph) -> None:
        if not p.text:
            return
        self._place(p.marker, Item(p.marker.printed if p.marker else None, p.text, p.start, p.end))

    def _place(self, marker: Marker | None, item: Item) -> None:
        """Put an item beside its siblings (same family) or under the item above it."""
        assert self.group is not None
        depth = self._depth_for(marker)
        del self.stack[depth:]
        (self.stack[-1][1].items if self.stack else self.group.items).append(item)
        self.stack.append((marker, item))

    def _depth_for(self, marker: Marker | None) -> int:
        if marker is None:
            return next((d for d, (m, _) in enumerate(self.stack) if m is None), 0)
        if len(marker.path) > 1:
            for depth in range(len(self.stack) - 1, -1, -1):
                above = self.stack[depth][0]
                if above and above.path == marker.path[:-1]:
                    return depth + 1
        for depth in range(len(self.stack) - 1, -1, -1):
            above = self.stack[depth][0]
            if above and above.family == marker.family:
                return depth
            if above and goes_on_across_families(above, marker):
                return depth
        return len(self.stack)

    # ---- lists without a lead-in, and what is left

    def _starts_operative_list(self, i: int) -> bool:
        p = self.paragraphs[i]
        return p.marker is not None and p.marker.number in (1, None) and self._list_is_operative(i)

    def _goes_on(self, p: Paragraph, i: int) -> bool:
        """Whether this is the next number of the list that a footnote or a running head interrupted; if so, the list is open again."""
        if self.group is not None or self.interrupted is None or p.marker is None or p.marker.number is None:
            return False
        group, stack, since = self.interrupted
        numbers = [m.number for m, _ in stack if m and m.family == p.marker.family]
        if i - since > 8 or not numbers or numbers[-1] is None or p.marker.number != numbers[-1] + 1:
            return False
        self.group, self.stack, self.interrupted = group, stack, None
        return True

    def _asks_alone(self, p: Paragraph) -> bool:
        """A sentence after the lists that asks one body by name: `The forum also calls upon the Chamber to support …`"""
        return (
            bool(self.groups and p.text.endswith(".")) and p.marker is None and len(p.text) < 600
            and not CLOSING.match(p.text) and not NARRATIVE_START.match(p.text)
            and ASKS_BY_NAME.search(p.text) is not None and head.find_addressee(p.text) is not None
        )  # fmt: skip

    def _list_is_operative(self, i: int) -> bool:
        """Whether most items of the list that starts here begin by asking: an infinitive, an imperative, an operative verb."""
        first = self.paragraphs[i].marker
        if first is None:
            return False
        rows = []
        for p in self.paragraphs[i : i + 40]:
            if p.marker is None:
                break
            if p.marker.family == first.family:
                rows.append(p.text)
        asking = sum(bool(OPERATIVE.match(t) or (IMPERATIVE.match(t) and not NARRATIVE_START.match(t))) for t in rows)
        strong = sum(bool(ASKING.match(t)) for t in rows)
        return len(rows) >= 2 and asking >= len(rows) * 0.6 and strong >= len(rows) * 0.34

    def _close(self) -> None:
        self.group, self.lead_marker, self.stack, self.unmarked_allowed = None, None, [], False

    def _next(self, i: int) -> Paragraph | None:
        return self.paragraphs[i + 1] if i + 1 < len(self.paragraphs) else None

    def _leave(self, p: Paragraph, reason: str) -> None:
        self.leave_span(p.outer_start, p.end, reason)

    def leave_span(self, start: int, end: int, reason: str) -> None:
        end = start + len(self.source[start:end].rstrip())
        if end > start:
            self.unread.append(Passage(start, end, reason))

    def _reason(self, p: Paragraph) -> str:
        if p.marker is not None:
            return "list-not-operative"
        if not self.groups:
            return "preamble"
        return "closing" if CLOSING.match(p.text) else "narrative"


#: an operative clause of an assembly is a numbered item, even where it opens a list: `2. Encourages Member States:`
_CLAUSE = re.compile(r"(?:(?:further|also|strongly|again|hereby) )*[a-z]{3,}s\s", re.IGNORECASE)
_FOR_WHOM = re.compile(r"(?:for|to|для) [^.:;,]+$", re.IGNORECASE)


def _same_list_start(p: Paragraph) -> bool:
    return p.marker is not None and p.marker.number in (1, None)


def _marker(printed: str) -> Marker | None:
    return marker_of(printed + " x")
