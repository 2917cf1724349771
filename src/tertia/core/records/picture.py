"""The thread as a picture: boxes in seven columns and the lines between them, as lengths for inline SVG."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import long_date
from tertia.core.records.kinds import THREAD, THREAD_HEADS
from tertia.core.records.thread import Box, Gap, Thread

__all__ = ["Picture", "draw"]

WIDTH, BOX, COLUMN, TOP, PAD, LINE, SPACE = 1168, 150, 169.6, 44, 9, 17, 14
INNER = BOX - 18
MOST = {"recommendation": 9, "measure": 7}
MOST_OTHERS = 5
#: kinds of which one title recurs, so the day tells them apart
DATED = ("activity", "resolution", "need")


@dataclass
class Drawn:
    """A box with its place, its lines of text and what it is."""

    x: float
    y: float
    height: float
    title: list[str]
    lines: list[str]
    kind: str
    url: str = ""
    label: str = ""
    #: where each line of text stands
    rows: list[tuple[float, str, bool]] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Line:
    path: str
    kind: str


@dataclass
class Picture:
    width: int
    height: float
    heads: list[tuple[float, Any]]
    boxes: list[Drawn]
    lines: list[Line]
    here: Drawn | None
    title: str


def _width(text: str, bold: bool) -> float:
    """About how wide a text is at 13 px: Cyrillic is wider than Latin, capitals are wider than small letters."""
    total = 0.0
    for c in text:
        total += 3.6 if c in " .,:;il1|'’-" else 7.9 if "Ѐ" <= c <= "ӿ" else 7.0
        total += 1.6 if c.isupper() else 2.2 if c in "mwшщжюфмыМWШЩЖЮФ" else 0.0
    return total * (1.04 if bold else 0.98)


def _wrap(text: str, most: int, *, bold: bool = False) -> list[str]:
    """Words into lines that fit the box; what is left over ends in three dots (the list below holds it whole)."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}", bold) <= INNER:
            lines[-1] += f" {word}"
            continue
        while _width(word, bold) > INNER and len(word) > 4:
            cut = next(n for n in range(len(word) - 1, 2, -1) if _width(word[:n] + "-", bold) <= INNER or n == 3)
            lines.append(word[:cut] + "-")
            word = word[cut:]
        lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and _width(lines[-1] + "…", bold) > INNER:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip(" ,;.-") + "…"
    return lines


def draw(thread: Thread) -> Picture:
    """Place every box of the thread; of a crowded column the first ones, and one box that says how many more there are."""
    language = (get_language() or "en")[:2]
    placed: dict[int, Drawn] = {}
    gaps: list[tuple[Gap, Drawn]] = []
    columns: list[list[Drawn]] = []
    for number, boxes in enumerate(thread.columns):
        most = MOST.get(THREAD[number], MOST_OTHERS)
        shown = _first(boxes, most)
        column = []
        for box in shown:
            placed[box.record.pk] = drawn = _box(box, number, language)
            column.append(drawn)
        if len(boxes) > len(shown):
            rest = len(boxes) - len(shown)
            column.append(_plain(number, [_("and %(n)d more") % {"n": rest}], [_("in the list below")], "later"))
        columns.append(column)
    for gap in thread.gaps:
        if gap.below.pk in placed and gap.column < len(THREAD) and len([g for g, _d in gaps if g.column == gap.column]) < 4:
            drawn = _gap(gap, language)
            gaps.append((gap, drawn))
            columns[gap.column].append(drawn)
    height = _stack(columns)
    lines = _lines(thread, placed, gaps)
    heads = [(n * COLUMN, THREAD_HEADS[THREAD[n]]) for n in range(len(THREAD))]
    boxes_drawn = [drawn for column in columns for drawn in column]
    title = _("The thread through “%(title)s”") % {"title": thread.here.title.read(language).text}
    return Picture(WIDTH, height, heads, boxes_drawn, lines, placed.get(thread.here.pk), title)


def _first(boxes: list[Box], most: int) -> list[Box]:
    """The first of a column, the record itself always among them."""
    shown = boxes[:most]
    here = [b for b in boxes[most:] if b.is_here]
    return [*shown[: most - 1], *here] if here else shown


def _box(box: Box, column: int, language: str) -> Drawn:
    record = box.record
    number = f"{record.declared.label} {record.number}" if record.number and record.kind != "resolution" else ""
    title = ([number] if number else []) + _wrap(record.title.read(language).text, 2 if number else 3, bold=True)
    line = box.lines or str(record.state_words)
    when = [long_date(record.starts_on, language)] if record.kind in DATED and record.starts_on else []
    made = _plain(column, title, [*when, *_wrap(line, 2)], "here" if box.is_here else "box", record.thread_url())
    made.label = f"{record.declared.label} {record.number} {record.title.read(language).text} {line}".replace("  ", " ")
    return made


def _gap(gap: Gap, language: str) -> Drawn:
    title = _wrap((_("Gap: %(what)s") if gap.due else _("Not due yet: %(what)s")) % {"what": gap.sentence}, 3, bold=True)
    who = getattr(gap.owed_by, "name", "")
    who = who.read(language).text if hasattr(who, "read") else who
    when = long_date(gap.due_on, language) if gap.due_on else ""
    made = _plain(gap.column, title, [*_wrap(str(who), 2), *([when] if when else [])], "gap" if gap.due else "later")
    made.label = " ".join([*title, str(who), when])
    return made


def _plain(column: int, title: list[str], lines: list[str], kind: str, url: str = "") -> Drawn:
    height = 2 * PAD + LINE * (len(title) + len(lines)) - 2
    return Drawn(column * COLUMN, 0, height, title, lines, kind, url, " ".join([*title, *lines]))


def _stack(columns: list[list[Drawn]]) -> float:
    """Put each column's boxes under each other, columns centred on the tallest. Returns the height of the picture."""
    heights = [sum(d.height + SPACE for d in column) - SPACE if column else 0 for column in columns]
    tallest = max([*heights, 60])
    for column, height in zip(columns, heights):
        y = TOP + (tallest - height) / 2
        for drawn in column:
            drawn.y = round(y, 1)
            y += drawn.height + SPACE
            row = drawn.y + PAD + 11
            for words in drawn.title:
                drawn.rows.append((round(row, 1), words, True))
                row += LINE
            for words in drawn.lines:
                drawn.rows.append((round(row, 1), words, False))
                row += LINE
    return TOP + tallest + 26


def _lines(thread: Thread, placed: dict[int, Drawn], gaps: list[tuple[Gap, Drawn]]) -> list[Line]:
    made: dict[str, Line] = {}
    ends: dict[int, list[int]] = defaultdict(list)
    for lower, upper, _relation in thread.links:
        ends[upper].append(lower)
        if lower in placed and upper in placed:
            path = _curve(placed[upper], placed[lower])
            made[path] = Line(path, "link")
    for gap, drawn in gaps:
        path = _curve(placed[gap.below.pk], drawn)
        made[path] = Line(path, "gap" if gap.due else "later")
    return list(made.values())


def _curve(left: Drawn, right: Drawn) -> str:
    if right.x < left.x:
        left, right = right, left
    x1, y1, x2, y2 = left.x + BOX, left.middle, right.x, right.middle
    bend = max(10.0, (x2 - x1) / 2)
    return f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
