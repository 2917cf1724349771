"""Long lists read line by line: CSV in a stream of flat memory, workbooks through their library. No Django.

CSV may be UTF-8 with or without BOM, UTF-16 with BOM, or cp1251; with commas, semicolons or tabs. The head may stand below a title.
Of cells that are merged, each holds what the merged one says; of a formula, what the program last worked out.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tertia.core.files.sheets import HEAD_WITHIN, SheetRow, SheetUnreadable, column_letters, number_of, plain_heading

__all__ = ["ListFile", "day_of", "open_list", "words_of"]

_TITLES = {"xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
_PIECE = 1 << 20
#: serial days of a spreadsheet between 1930 and 2100; day 0 is 30 December 1899
_SERIALS, _EPOCH = range(10_959, 73_051), dt.date(1899, 12, 30)
_DOTTED = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s*г\.?|\s*ж\.?)?(?:[ T].*)?$")
_ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T].*)?$")


@dataclass(frozen=True)
class ListFile:
    """A list whose head was found. `columns` are the known names in it, `head_line` is where the head stands."""

    file: Path
    columns: dict[str, int]
    head: tuple[str, ...]
    head_line: int
    _encoding: str = ""
    _separator: str = ""
    _sheet: str = ""

    def rows(self, after: int = 0) -> Iterator[SheetRow]:
        """Every row below the head and below the line `after` that is not empty."""
        letters = {c: column_letters(n) for c, n in self.columns.items()}
        columns = list(self.columns.items())
        start = max(self.head_line, after)
        for line, row in _grid(self, start):
            width = len(row)
            cells = {c: row[n] for c, n in columns if n < width and row[n] not in ("", None)}
            if cells:
                yield SheetRow(line, cells, letters)

    def raw(self, lines: Iterable[int]) -> Iterator[tuple[int, list[Any]]]:
        """The whole rows of some lines, in order, as they stand."""
        wanted = set(lines)
        last = max(wanted, default=0)
        for line, row in _grid(self, self.head_line):
            if line > last:
                return
            if line in wanted:
                yield line, row


def open_list(file: Path, names: Mapping[str, Iterable[str]], needed: Sequence[str]) -> ListFile:
    """Find the head of a list: the first row that names every column of `needed`. Raises SheetUnreadable, OSError."""
    known = {plain_heading(h): column for column, headings in names.items() for h in (column, *headings)}
    best: list[str] = list(needed)
    for candidate in _candidates(file):
        for line, row in islice(_grid(candidate, 0), HEAD_WITHIN):
            found = {known[plain_heading(cell)]: n for n, cell in reversed(list(enumerate(row))) if plain_heading(cell) in known}
            missing = [c for c in needed if c not in found]
            if not missing:
                head = tuple(str(cell if cell is not None else "").strip() for cell in row)
                return ListFile(file, found, head, line, candidate._encoding, candidate._separator, candidate._sheet)
            best = min(best, missing, key=len)
    raise SheetUnreadable("no-head", best)


def _candidates(file: Path) -> Iterator[ListFile]:
    with file.open("rb") as opened:
        first = opened.read(8192)
    if any(first.startswith(title) for title in _TITLES.values()):
        for name in _book(file).sheet_names:
            yield ListFile(file, {}, (), 0, _sheet=name)
        return
    encoding = _encoding_of(file, first)
    with file.open(encoding=encoding, newline="") as text:
        head = "".join(islice(text, HEAD_WITHIN))
    if "\x00" in head:
        raise SheetUnreadable("not-a-table")
    yield ListFile(file, {}, (), 0, encoding, max(",;\t", key=head.count))


def _encoding_of(file: Path, first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "cp1251"


def _book(file: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook  # slow library

    try:
        return CalamineWorkbook.from_path(str(file))
    except (CalamineError, OSError, ValueError) as error:
        raise SheetUnreadable("not-a-table") from error


def _grid(found: ListFile, after: int) -> Iterator[tuple[int, list[Any]]]:
    """Lines after `after` with their cells. A line is one row of the table, as the program counts it."""
    if found._sheet:
        sheet = _book(found.file).get_sheet_by_name(found._sheet)
        merged = _merged(sheet)
        for line, row in enumerate(sheet.iter_rows(), start=1 + (sheet.start[0] if sheet.start else 0)):
            row = [None] * (sheet.start[1] if sheet.start else 0) + row
            for column, value in merged.get(line, ()):
                if column < len(row) and row[column] in ("", None):
                    row[column] = value
            if line > after:
                yield line, row
        return
    try:
        with found.file.open(encoding=found._encoding, newline="", errors="replace") as text:
            for line, row in enumerate(csv.reader(text, delimiter=found._separator), start=1):
                if line > after:
                    yield line, row
    except csv.Error as error:
        raise SheetUnreadable("not-a-table") from error


def _merged(sheet: Any) -> dict[int, list[tuple[int, Any]]]:
    """line → (column, value) that a merged cell says for it."""
    ranges = getattr(sheet, "merged_cell_ranges", None) or []
    if not ranges:
        return {}
    rows, column0 = list(sheet.iter_rows()), sheet.start[1] if sheet.start else 0
    row0 = sheet.start[0] if sheet.start else 0
    found: dict[int, list[tuple[int, Any]]] = {}
    for (top, left), (bottom, right) in ranges:
        try:
            value = rows[top - row0][left - column0]
        except IndexError:
            continue
        for line in range(top + 1, bottom + 2):
            found.setdefault(line, []).extend((column, value) for column in range(left, right + 1))
    return found


def day_of(value: Any) -> dt.date | None:
    """The day in a cell: a date, `24.11.2026`, `24/11/26`, `2026-11-24`, or a spreadsheet's serial day. None where it is empty.

    Two digits of a year are of this century up to 79. Raises ValueError for anything that is no day.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if not text:
        return None
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED.match(text):
        day, month, year = map(int, found.groups())
        year += (2000 if year < 80 else 1900) if len(found[3]) == 2 else 0
    else:
        serial = number_of(value)
        if serial is None or int(serial) not in _SERIALS:
            raise ValueError(text)
        return _EPOCH + dt.timedelta(days=int(serial))
    return dt.date(year, month, day)


def words_of(value: Any) -> str:
    """A cell as one line of text without doubled or unbreakable spaces, as people and units are named."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value if value is not None else "").split())
