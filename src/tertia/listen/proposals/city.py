"""A city's proposals as participation platforms export them (Decidim, CONSUL Democracy): CSV read into one form. No Django.

Decidim writes semicolons and a column for each language (`title/en`, `body/ru`), CONSUL commas or semicolons with `title`, `summary`,
`description`. Texts carry HTML, descriptions are empty, dates stand day-first or year-first. A column that was asked for and is missing is
an error; a number that is not there is unknown and not 0.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

__all__ = ["CityProposal", "CityUnreadable", "read_city", "text_of_html"]

LANGUAGES = ("kk", "ru", "en")
#: field → names of the column, in the order in which they are looked for
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id",), "title": ("title",), "text": ("body", "description", "summary", "text"), "on": ("published_at", "created_at", "date", "proposed_at"),
    "supports": ("supports", "proposal_votes_count", "cached_votes_up", "total_votes", "votes", "votes_count"), "state": ("state", "status"),
    "url": ("url", "meta/url", "resource_url", "reference"),
}  # fmt: skip
REQUIRED = ("title",)
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?$"),
    re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})(?:[T ,].*)?$"),
)
_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr"}


class CityUnreadable(ValueError):
    """A file that cannot be read as proposals: which column or line, and what to do. `code`: columns, value, empty, encoding."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class CityProposal:
    """`title` and `text` by language ("" where the file names none); `supports` None where it is not told; `line` in the file."""

    line: int
    id: str
    title: dict[str, str]
    text: dict[str, str]
    on: str
    supports: int | None
    state: str
    url: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in ("script", "style")
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style") and self.silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def text_of_html(words: str) -> str:
    """The words of a piece of HTML with its paragraphs as lines; what scripts and styles hold is no text. Plain text stays as it is."""
    if "<" not in words and "&" not in words:
        return "\n".join(" ".join(line.split()) for line in words.splitlines()).strip()
    reader = _Text()
    reader.feed(words)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).splitlines()]
    return html.unescape("\n".join(line for line in lines if line))


def read_city(path: Path, *, wanted: tuple[str, ...] = (), columns: dict[str, str] | None = None) -> list[CityProposal]:
    """Read an export. `wanted`: fields that have to be there beside the title; `columns`: names of columns where they are unusual.

    Raises CityUnreadable: a wanted column is missing, a line has another number of cells, a date or a number cannot be read.
    """
    head, rows = _rows(path)
    at = {name: _places(head, name, (columns or {}).get(name)) for name in _NAMES}
    for name, given in (columns or {}).items():
        if name not in _NAMES:
            raise CityUnreadable("columns", f"{path}: there is no field {name!r}; the fields are {', '.join(_NAMES)}")
        if not at[name]:
            raise CityUnreadable("columns", f"{path}: the column {given!r} for {name} is missing; there are {', '.join(head)}")
    for name in (*REQUIRED, *wanted):
        if not at.get(name):
            raise CityUnreadable(
                "columns", f"{path}: there is no column for {name} ({', '.join(_NAMES.get(name, (name,)))}); there are {', '.join(head)}"
            )
    found = []
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            raise CityUnreadable("value", f"{path}, line {line}: {len(row)} cells, the head has {len(head)}")
        found.append(_proposal(path, line, row, at))
    if not found:
        raise CityUnreadable("empty", f"{path}: there is no proposal in it")
    return found


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CityUnreadable("encoding", f"{path}: it is neither UTF-8 nor Windows-1251")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = [h.strip() for h in next(reader)]
    except StopIteration as error:
        raise CityUnreadable("empty", f"{path}: there is nothing in it") from error
    rows = []
    for row in reader:
        rows.append((reader.line_num, row))
    return head, rows


def _places(head: list[str], name: str, given: str | None) -> dict[str, int]:
    """language ("" without one) → place, of the first name of the field that the head has."""
    lower = [h.lower() for h in head]
    for wanted in (given,) if given else _NAMES[name]:
        base = str(wanted).lower()
        found = {lang: lower.index(f"{base}/{lang}") for lang in LANGUAGES if f"{base}/{lang}" in lower}
        found |= {lang: lower.index(f"{base}_{lang}") for lang in LANGUAGES if f"{base}_{lang}" in lower}
        if base in lower:
            found[""] = lower.index(base)
        if found:
            return found
    return {}


def _proposal(path: Path, line: int, row: list[str], at: dict[str, dict[str, int]]) -> CityProposal:
    def one(name: str) -> str:
        place = next(iter(at[name].values()), None)
        return row[place].strip() if place is not None else ""

    def texts(name: str) -> dict[str, str]:
        return {lang: words for lang, place in at[name].items() if (words := text_of_html(row[place]))}

    supports = one("supports")
    if supports and not re.fullmatch(r"\d+(\.0+)?", supports.replace(" ", "").replace("\u00a0", "")):
        raise CityUnreadable("value", f"{path}, line {line}: supports are a number, here stands {supports!r}")
    title = texts("title")
    if not title:
        raise CityUnreadable("value", f"{path}, line {line}: the title is empty")
    return CityProposal(
        line, one("id"), title, texts("text"), _day(path, line, one("on")),
        int(float(supports.replace(" ", "").replace("\u00a0", ""))) if supports else None, one("state"), one("url"),
    )  # fmt: skip


def _day(path: Path, line: int, word: str) -> str:
    """A date as YYYY-MM-DD; of two numbers that could both be the month the first is the day."""
    if not word:
        return ""
    for pattern in _DATES:
        found = pattern.match(word)
        if found is not None:
            try:
                return dt.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    raise CityUnreadable("value", f"{path}, line {line}: {word!r} is no date; write 2026-11-24 or 24.11.2026")
