"""The thread of a record as a story: an indented list from the record down to the report, gaps among it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import long_date
from tertia.core.records.kinds import THREAD
from tertia.core.records.models import Record
from tertia.core.records.thread import Gap, Thread, thread_of

__all__ = ["StoryLine", "story_lines", "story_text"]


@dataclass(frozen=True)
class StoryLine:
    """One line: how deep it stands, the record or the gap, and what is said under its title."""

    depth: int
    record: Record | None
    gap: Gap | None = None
    line: str = ""


def story_lines(thread: Thread) -> list[StoryLine]:
    """From the record itself downward, each record once, where it is first reached."""
    records = {box.record.pk: box.record for box in thread.boxes} | {thread.here.pk: thread.here}
    lines = {box.record.pk: box.lines for box in thread.boxes}
    below: dict[int, list[int]] = defaultdict(list)
    for lower, upper, _relation in thread.links:
        if lower in records and upper in records:
            below[upper].append(lower)
    gaps: dict[int, list[Gap]] = defaultdict(list)
    for gap in thread.gaps:
        gaps[gap.below.pk].append(gap)
    told: set[int] = set()
    story: list[StoryLine] = []

    def tell(pk: int, depth: int) -> None:
        if pk in told:
            return
        told.add(pk)
        story.append(StoryLine(depth, records[pk], None, lines.get(pk, "")))
        for lower in sorted(below[pk], key=lambda i: _order(records[i])):
            tell(lower, depth + 1)
        story.extend(StoryLine(depth + 1, None, gap) for gap in gaps[pk])

    tell(thread.here.pk, 0)
    return story


def _order(record: Record) -> tuple[Any, ...]:
    column = record.declared.column
    number = tuple(int(n) if n.isdecimal() else 0 for n in record.number.split(".")) if record.number else (999,)
    return (THREAD.index(column) if column else 99, number, record.pk)


def story_text(record: Record, actor: Any, *, today: dt.date, most_below: int = 4) -> str:
    """The story as plain text for a terminal. Of many records of one kind under one record, the first few are told."""
    thread = thread_of(record, actor, today=today, limit=5000)
    language = (get_language() or "en")[:2]
    out, shown, hidden = [], defaultdict(int), 0
    skip_below: int | None = None
    for line in story_lines(thread):
        if skip_below is not None and line.depth > skip_below:
            continue
        if skip_below is not None:
            skip_below = None
        if line.record is not None and line.depth > 2:
            key = (line.depth, line.record.kind)
            shown[key] += 1
            if shown[key] > most_below:
                hidden, skip_below = hidden + 1, line.depth
                continue
        if line.depth <= 2:
            if hidden:
                out.append("      " + _("and %(n)d more") % {"n": hidden})
            shown.clear()
            hidden = 0
        out.append(_line_text(line, language))
    return "\n".join(out)


def _line_text(line: StoryLine, language: str) -> str:
    pad = "  " * line.depth
    if line.gap is not None:
        when = f", {long_date(line.gap.due_on, language)}" if line.gap.due_on else ""
        word = _("Gap") if line.gap.due else _("Not due yet")
        return f"{pad}○ {word}: {line.gap.sentence}{when}"
    assert line.record is not None
    record = line.record
    number = f" {record.number}" if record.number else ""
    tail = f" · {line.line}" if line.line else f" · {record.state_words}"
    mark = " [" + _("demonstration data") + "]" if record.demonstration and record.kind in ("measure", "report") else ""
    return f"{pad}● {record.declared.label}{number}: {record.title.read(language).text}{tail}{mark}"
