"""Lines into paragraphs: page furniture taken out, wrapped lines joined, line-break hyphens healed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tertia.plan.conferences.resolution_text import markers
from tertia.plan.conferences.resolution_text.markers import Marker
from tertia.plan.conferences.resolution_text.model import Passage
from tertia.plan.conferences.resolution_text.sources import Source

__all__ = ["Line", "Paragraph", "paragraphs_of"]


@dataclass(frozen=True)
class Line:
    """One line of the source: its span without surrounding blanks, and what stood before it."""

    start: int
    end: int
    text: str
    indent: int
    blank_before: bool
    page: int


@dataclass
class Paragraph:
    """A logical paragraph: marker, healed text, and the span of the text without the marker."""

    marker: Marker | None
    text: str
    start: int
    end: int
    #: where the paragraph begins with its marker
    outer_start: int
    indent: int = 0
    blank_before: bool = False
    lines: list[Line] = field(default_factory=list)


_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3}|(?:page|стр(?:аница|\.)?|бет)\s*\d{1,3}(?:\s*(?:of|из|/)\s*\d{1,3})?|\d{1,3}\s*(?:of|из|/)\s*\d{1,3}|\d{1,3}\s*(?:-?\s*бет|стр\.?))$",
    re.IGNORECASE,
)


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    position, blank, page = 0, True, 0
    for raw in re.split(r"(?<=[\n\f])", text):
        body = raw.strip()
        if body:
            start = position + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(body), body, len(raw) - len(raw.lstrip()), blank, page))
            blank = False
        else:
            blank = blank or raw in ("\n", "\f") or bool(raw)
        if raw.endswith("\f"):
            page += 1
        position += len(raw)
    return found


def _furniture(lines: list[Line]) -> set[int]:
    """Indices of running heads, feet and page numbers."""
    found = {i for i, line in enumerate(lines) if _PAGE_NUMBER.match(line.text)}
    pages = lines[-1].page + 1 if lines else 0
    if pages > 1:
        edges: Counter[str] = Counter()
        where: dict[str, list[int]] = {}
        for page in range(pages):
            rows = [i for i, line in enumerate(lines) if line.page == page and i not in found]
            for i in dict.fromkeys(rows[:2] + rows[-2:]):
                key = re.sub(r"\d+", "#", lines[i].text)
                edges[key] += 1
                where.setdefault(key, []).append(i)
        need = 2 if pages <= 3 else max(2, pages // 3)
        for key, count in edges.items():
            if count >= need and len(key) > 2 and markers.marker_of(key) is None:
                found.update(where[key])
    repeated = Counter(re.sub(r"\d+", "#", line.text) for line in lines)
    for i, line in enumerate(lines):
        key = re.sub(r"\d+", "#", line.text)
        near_number = any(j in found and abs(j - i) == 1 for j in (i - 1, i + 1))
        if (
            repeated[key] >= 2
            and near_number
            and len(key) < 120
            and markers.marker_of(line.text) is None
            and not line.text.endswith((";", ":"))
        ):
            found.add(i)
    return found


def _width(lines: list[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def paragraphs_of(source: Source) -> tuple[list[Paragraph], list[Passage]]:
    """Paragraphs in order, and the passages of page furniture that were taken out."""
    lines = _lines(source.text)
    furniture = _furniture(lines)
    passages = [Passage(lines[i].start, lines[i].end, "page-furniture") for i in sorted(furniture)]
    kept: list[Line] = []
    crossed = False
    for i, line in enumerate(lines):
        if i in furniture:
            crossed = True
            continue
        # a page break, or furniture, is no end of a paragraph
        over_break = kept and (crossed or line.page != kept[-1].page)
        kept.append(Line(line.start, line.end, line.text, line.indent, False, line.page) if over_break else line)
        crossed = False
    wrapped = not source.paragraphs and _is_wrapped(kept)
    return _joined(kept, wrapped, source.text), passages


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether long paragraphs were broken into lines: many lines end unfinished and none is very long."""
    if len(lines) < 3 or max(len(line.text) for line in lines) > 220:
        return False
    width = _width(lines)
    full = [line for line in lines if len(line.text) > width * 0.75]
    unfinished = [line for line in full if not line.text.endswith((".", ";", ":", "!", "?"))]
    return len(unfinished) >= max(1, len(full) * 0.3)


def _joined(lines: list[Line], wrapped: bool, text: str) -> list[Paragraph]:
    width = _width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, wrapped, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    vocabulary = {w.lower() for w in re.findall(r"\w+(?:-\w+)+", text)}
    return [_paragraph(group, vocabulary) for group in groups]


def _continues(group: list[Line], line: Line, wrapped: bool, width: int) -> bool:
    last = group[-1]
    marker = markers.marker_of(line.text)
    if len(group) == 1 and markers.is_lone(last.text):
        return marker is None or not markers.is_lone(line.text)
    if _hyphen_at_end(last.text) and line.text[:1].islower() and last.page <= line.page:
        return True
    if not wrapped:
        return False
    finished = last.text.endswith((".", ";", ":", "!", "?", ".»", ".”", '."'))
    if marker is not None:
        return _is_broken_sentence(group, last, line, marker, width)
    if line.blank_before:
        return False
    if last.text.endswith((";", ":")):
        return False
    if finished:
        long_enough = len(last.text) > width * 0.8
        return long_enough and line.indent <= last.indent and not (line.indent > group[0].indent)
    return not _is_short_heading(group, line, width)


def _is_short_heading(group: list[Line], line: Line, width: int) -> bool:
    """A short line in capitals, or a short first line before one that starts anew, stands for itself."""
    last = group[-1].text
    short = len(last) < width * 0.6
    return (
        short
        and line.text[:1].isupper()
        and markers.marker_of(group[0].text) is None
        and (last.isupper() or not line.text.isupper() and len(last) < width * 0.45)
    )


def _is_broken_sentence(group: list[Line], last: Line, line: Line, marker: Marker, width: int) -> bool:
    """Whether a line that looks like an item is the rest of a sentence: `… education` / `– a driver of …`."""
    if last.text.endswith((".", ";", ":", "!", "?")) or line.blank_before or len(last.text) < width * 0.75:
        return False
    rest = line.text[len(marker.printed) :].lstrip()
    if marker.family in ("–", "—", "-"):
        own = markers.marker_of(group[0].text)
        return rest[:1].islower() and (own is None or own.family != marker.family)
    if marker.number is not None:
        own = markers.marker_of(group[0].text)
        expected = own.number + 1 if own and own.number is not None and own.family == marker.family else 1
        return marker.number != expected
    return False


def _hyphen_at_end(text: str) -> bool:
    return len(text) > 2 and (text[-1] == "\u00ad" or (text[-1] in "-\u2010" and text[-2].isalpha()))


_COMPOUND = re.compile(
    r"(?:^|\W)(?:научно|социально|учебно|культурно|организационно|нормативно|материально|инженерно|духовно|историко|финансово|общественно|информационно|государственно|военно|"
    r"non|self|well|cross|multi|co|socio|inter|long|short|high|low|decision|policy|по|кое|во|ғылыми|оқу|мәдени|әлеуметтік|қоғамдық)$",
    re.IGNORECASE,
)


def heal(pieces: list[str], vocabulary: set[str]) -> str:
    """Lines joined into one text: a soft hyphen goes, a hyphen goes unless the compound is known."""
    out = pieces[0]
    for piece in pieces[1:]:
        if out.endswith("\u00ad"):
            out = out[:-1] + piece
        elif _hyphen_at_end(out) and piece[:1].isalpha():
            left = re.findall(r"\w+", out[:-1])
            right = re.findall(r"\w+", piece)
            compound = f"{left[-1]}-{right[0]}".lower() if left and right else ""
            keep = compound in vocabulary or bool(_COMPOUND.search(out[:-1])) or piece[:1].isupper()
            out = (out if keep else out[:-1]) + piece
        else:
            out = f"{out} {piece}"
    return re.sub(r"\s+", " ", out.replace("\u00ad", "")).strip()


def _paragraph(lines: list[Line], vocabulary: set[str]) -> Paragraph:
    first = lines[0]
    marker = markers.marker_of(first.text)
    if marker is None and markers.is_lone(first.text) and len(lines) > 1:
        marker = markers.marker_of(first.text + " x")
    skip = len(marker.printed) if marker else 0
    rest = first.text[skip:]
    pieces = [p for p in [rest.strip(), *(line.text for line in lines[1:])] if p]
    if rest.strip():
        start = first.start + skip + len(rest) - len(rest.lstrip())
    else:
        start = lines[1].start if len(lines) > 1 else first.end
    return Paragraph(
        marker, heal(pieces, vocabulary) if pieces else "", start, lines[-1].end, first.start, first.indent, first.blank_before, lines
    )
