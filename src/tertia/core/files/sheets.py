"""Tables that offices keep: XLSX, ODS or CSV read into cells that know their address, and XLSX written. No Django.

The head may stand below a title: it is the first row that names every needed column. CSV is UTF-8 (with or without BOM)
or cp1251, with commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

__all__ = [
    "Sheet",
    "SheetOut",
    "SheetRow",
    "SheetUnreadable",
    "column_letters",
    "decoded",
    "number_of",
    "plain_heading",
    "read_sheet",
    "write_book",
    "write_sheet",
]

#: rows above the head, and rows in all, that are read at most
HEAD_WITHIN, MOST_ROWS = 20, 200_000
#: what a workbook may grow to when it is unpacked
MOST_BYTES = 300_000_000


class SheetUnreadable(ValueError):
    """The file is no table: `code` is not-a-table, no-head or too-long; `missing` names the columns that were not found.

    A list of another form says what is wrong by a `sentence` of its own.
    """

    def __init__(self, code: str, missing: Sequence[str] = (), sentence: str = "") -> None:
        super().__init__(f"{code} {', '.join(missing)}".strip())
        self.code, self.missing, self.sentence = code, tuple(missing), sentence


@dataclass(frozen=True)
class SheetRow:
    """One row: `line` as the program shows it, cells by the name of their column."""

    line: int
    cells: dict[str, Any]
    letters: dict[str, str] = field(repr=False)

    def at(self, column: str) -> str:
        """The address of a cell, `C5`; of a column that the table lacks, the line alone."""
        return f"{self.letters.get(column, '')}{self.line}"

    def text(self, column: str) -> str:
        value = self.cells.get(column)
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return "" if value is None else str(value).strip()

    def number(self, column: str) -> Decimal | None:
        """The number in a cell, None where it is empty. Raises ValueError for anything that is no number."""
        return number_of(self.cells.get(column))


@dataclass(frozen=True)
class Sheet:
    """The rows below the head. `columns` are the known names that were found."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def number_of(value: Any) -> Decimal | None:
    """`7500`, `7 500,5` and `7500.5` are numbers, with thin and unbreakable spaces too. Raises ValueError for words and dates."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise ValueError(str(value))
    text = repr(value) if isinstance(value, float) else str(value)
    text = re.sub(r"[\s\u00a0\u2009\u202f]", "", text).replace(",", ".").removesuffix("%").replace("\u2212", "-")
    if not text:
        return None
    try:
        made = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(str(value)) from error
    if not made.is_finite():
        raise ValueError(str(value))
    return made


def column_letters(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(data: bytes, names: Mapping[str, Iterable[str]], needed: Sequence[str]) -> Sheet:
    """The table of the first sheet whose head names every column of `needed`.

    `names` gives for each column the headings by which it may be called, in any language; case and spaces do not matter.
    Raises SheetUnreadable.
    """
    known = {plain_heading(heading): column for column, headings in names.items() for heading in (column, *headings)}
    best: list[str] = list(needed)
    for grid in _grids(data):
        for at, row in enumerate(grid[:HEAD_WITHIN]):
            found = {known[plain_heading(cell)]: n for n, cell in reversed(list(enumerate(row))) if plain_heading(cell) in known}
            missing = [c for c in needed if c not in found]
            if not missing:
                return _below(grid, at, found)
            best = min(best, missing, key=len)
    raise SheetUnreadable("no-head", best)


def _below(grid: list[list[Any]], at: int, found: dict[str, int]) -> Sheet:
    letters = {column: column_letters(n) for column, n in found.items()}
    rows = []
    for line, row in enumerate(grid[at + 1 :], start=at + 2):
        cells = {column: row[n] for column, n in found.items() if n < len(row) and row[n] not in (None, "")}
        if cells:
            rows.append(SheetRow(line, cells, letters))
    return Sheet(tuple(found), tuple(rows))


def plain_heading(cell: Any) -> str:
    return re.sub(r"\s+", " ", str(cell if cell is not None else "")).strip().lower()


def _grids(data: bytes) -> Iterable[list[list[Any]]]:
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        yield from _workbook(data)
    else:
        yield _csv(data)


def _workbook(data: bytes) -> Iterable[list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # slow library

    try:
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                    raise SheetUnreadable("too-long")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if (sheet.height or 0) > MOST_ROWS:
                raise SheetUnreadable("too-long")
            yield sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, SheetUnreadable):
            raise
        raise SheetUnreadable("not-a-table") from error


def decoded(data: bytes) -> str:
    """Text as offices save it: UTF-8 with or without BOM, or cp1251. Raises SheetUnreadable."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable("not-a-table")


def _csv(data: bytes) -> list[list[Any]]:
    if b"\x00" in data[:4096]:
        raise SheetUnreadable("not-a-table")
    text = decoded(data)
    head = "\n".join(text.splitlines()[:HEAD_WITHIN])
    separator = max(",;\t", key=head.count)
    try:
        grid: list[list[Any]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise SheetUnreadable("not-a-table") from error
    if len(grid) > MOST_ROWS:
        raise SheetUnreadable("too-long")
    return grid


@dataclass(frozen=True)
class SheetOut:
    """A sheet to be written: its title, heads with their widths, rows, and lines that stand above the heads."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Any]]
    above: Sequence[str] = ()


def write_sheet(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()) -> bytes:
    """An XLSX of one sheet: bold heads of the given widths, frozen above the rows; notes on a second sheet.

    Text is written as text, never as a formula; None leaves a cell empty.
    """
    return write_book([SheetOut(title, columns, rows)], notes)


def write_book(sheets: Sequence[SheetOut], notes: Sequence[str] = ()) -> bytes:
    """An XLSX of several sheets, each as `write_sheet` writes it."""
    import xlsxwriter  # slow library

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, wrapped = book.add_format({"bold": True, "text_wrap": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    plain, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
    whole, broken = (book.add_format({"num_format": f, "valign": "top"}) for f in ("#,##0", "#,##0.##"))
    taken: set[str] = set()
    for one in sheets:
        sheet = book.add_worksheet(_sheet_name(one.title, taken))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for line, words in enumerate(one.above):
            sheet.write_string(line, 0, words, plain)
        head = len(one.above)
        for n, (heading, width) in enumerate(one.columns):
            sheet.set_column(n, n, width)
            sheet.write_string(head, n, heading, bold)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        for line, row in enumerate(one.rows, start=head + 1):
            lines = max(
                (-(-len(v) // max(width - 2, 1)) for v, (_h, width) in zip(row, one.columns, strict=False) if isinstance(v, str)), default=1
            )
            if lines > 1:  # not every program works the height out by itself
                sheet.set_row(line, 15 * min(lines, 20))
            for n, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, n, dt.datetime(value.year, value.month, value.day), day)
                elif isinstance(value, Decimal | int | float):
                    sheet.write_number(line, n, float(value), whole if value == int(value) else broken)
                elif value not in (None, ""):
                    sheet.write_string(line, n, str(value), wrapped)
    if notes:
        second = book.add_worksheet("i")
        second.set_column(0, 0, 100)
        for line, note in enumerate(notes):
            second.write_string(line, 0, note, wrapped)
    book.close()
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 letters, none that a workbook refuses, each name once."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "1"
    number = 2
    while name.lower() in taken or name == "i":
        name = f"{name[:27]} {number}"
        number += 1
    taken.add(name.lower())
    return name
