"""Regional statistics out of a file: CSV, XLSX, ODS, SDMX-CSV, or a Frictionless package; long or wide. No Django.

A figure is a place, a year, what is measured, a value and how it came to be (measured, projected, imputed, estimated, provisional). Nothing is guessed: a row whose
place is not known, a cell that is no number, and a table without years are said.
Sources: SDMX-CSV 1.0 and 2.0 (sdmx.org), code list CL_OBS_STATUS 2.2; Frictionless Data Package 1.0 (missingValues, decimalChar, groupChar).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any

from tertia.core.files.sheets import SheetUnreadable, decoded, plain_heading
from tertia.core.languages.fold import fold
from tertia.listen.region.places import Gazetteer, gazetteer

__all__ = ["STATES", "Figure", "Reading", "StatisticsUnreadable", "Unread", "read_statistics"]

STATES = ("measured", "provisional", "estimated", "imputed", "projected")
#: CL_OBS_STATUS and words that offices write
_STATUS = {
    "a": "measured", "": "measured", "normal": "measured", "actual": "measured", "fact": "measured", "fakt": "measured", "measured": "measured", "b": "measured",
    "e": "estimated", "estimate": "estimated", "estimated": "estimated", "ocenka": "estimated", "bagalau": "estimated",
    "f": "projected", "forecast": "projected", "projection": "projected", "projected": "projected", "prognoz": "projected", "boljam": "projected",
    "i": "imputed", "imputed": "imputed", "dosceteno": "imputed", "p": "provisional", "provisional": "provisional", "predvaritelno": "provisional", "aldyn ala": "provisional",
}  # fmt: skip
_PLACE = {"region", "oblast", "ref area", "refarea", "area", "geo", "territory", "territoriia", "regiony", "oblasti", "onir", "oblys", "naimenovanie", "name", "place", "regions", "kod", "code", "iso", "oblasty"}  # fmt: skip
_TIME = {"year", "god", "jyl", "time period", "timeperiod", "time", "date", "period"}
_VALUE = {"value", "obs value", "obsvalue", "znacenie", "man", "naselenie", "population", "halyk sany", "count"}
_STATE = {"status", "obs status", "obsstatus", "state", "status nabliudeniia", "kui", "vid dannyh"}
_NAME = {"indicator", "series", "pokazatel", "measure", "variable", "korsetkis", "sex", "pol"}
_UNIT = {"unit", "unit measure", "unitmeasure", "edinica", "edinica izmereniia", "olsem birligi"}
_YEAR = re.compile(r"(1[89]\d\d|20\d\d|21\d\d)(?:\.0)?(?:\s*(?:г\.?|год|ж\.?|жыл))?")
_MISSING = {"", "-", "–", "—", "…", "...", "х", "x", "na", "n/a", "nan", "null", ":"}
MOST_CELLS, MOST_BYTES, HEAD_WITHIN = 3_000_000, 100_000_000, 20


class StatisticsUnreadable(ValueError):
    """`code`: not-a-table, no-places, no-years, no-values, too-long, damaged."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code} {what}".strip())
        self.code, self.what = code, what


@dataclass(frozen=True, slots=True)
class Figure:
    """One value. `place` is an ISO 3166-2 code or KZ; `state` one of STATES; `line` the row of the file, from 1."""

    place: str
    year: int
    name: str
    value: Decimal
    state: str
    line: int


@dataclass(frozen=True)
class Unread:
    """What was not taken: unknown-place, not-a-number, no-year, twice, missing (said to be unknown, no fault), unknown-status (kept as measured)."""

    line: int
    code: str
    what: str


@dataclass
class Reading:
    """`names`: what is measured, in the order of the file, each with its unit where the file says one."""

    figures: list[Figure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    #: rows of places by code, as the file writes them
    written: dict[str, str] = field(default_factory=dict)


def read_statistics(path: Path, *, year: int | None = None, places: Gazetteer | None = None, sheet: int = 0) -> Reading:
    """Read a file. `year`: of a table that says none; `sheet`: of a workbook. Raises StatisticsUnreadable, OSError."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise StatisticsUnreadable("too-long")
    head = path.open("rb").read(4)
    if head[:2] == b"PK" and (package := _package(path)) is not None:
        return package_reading(package, year, places or gazetteer())
    grid = _workbook(path, sheet) if head[:2] in (b"PK", b"\xd0\xcf") else _csv(path.read_bytes())
    return read_grid(grid, year=year, places=places or gazetteer())


def _csv(data: bytes, dialect: Mapping[str, Any] | None = None) -> list[list[Any]]:
    try:
        text = decoded(data)
    except SheetUnreadable:
        raise StatisticsUnreadable("not-a-table") from None
    first = text[:4000].split("\n", 3)
    separator = (dialect or {}).get("delimiter") or max(
        ",;\t|", key=lambda s: min((line.count(s) for line in first[:2] if line.strip()), default=0)
    )
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _workbook(path: Path, sheet: int) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook  # slow library

    try:
        book = CalamineWorkbook.from_path(str(path))
        return book.get_sheet_by_index(min(sheet, len(book.sheet_names) - 1)).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise StatisticsUnreadable("damaged", str(error)[:80]) from None


def _package(path: Path) -> dict[str, tuple[dict[str, Any], bytes]] | None:
    """The tables of a Frictionless package by name, with their descriptors; None where the zip is a workbook. Nothing outside of the zip is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = {PurePosixPath(i.filename): i for i in archive.infolist()}
            if sum(i.file_size for i in inside.values()) > MOST_BYTES:
                raise StatisticsUnreadable("too-long")
            descriptor = min((n for n in inside if n.name == "datapackage.json"), key=lambda n: len(n.parts), default=None)
            if descriptor is None:
                return None
            said = json.loads(archive.read(inside[descriptor]).decode("utf-8-sig"))
            found = {}
            for resource in said.get("resources", ()) if isinstance(said, dict) else ():
                where = resource.get("path") if isinstance(resource, dict) else None
                if isinstance(where, str) and (name := descriptor.parent / where) in inside:
                    found[str(resource.get("name") or where)] = (resource, archive.read(inside[name]))
            return found
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise StatisticsUnreadable("damaged", str(error)[:80]) from None


def package_reading(tables: Mapping[str, tuple[dict[str, Any], bytes]], year: int | None, places: Gazetteer) -> Reading:
    """All tables of a package that have places; what a schema calls missing is missing."""
    whole, last = Reading(), StatisticsUnreadable("no-places")
    for resource, data in tables.values():
        schema = resource.get("schema") if isinstance(resource.get("schema"), dict) else {}
        dialect = resource.get("dialect") if isinstance(resource.get("dialect"), dict) else {}
        missing = {str(m).strip().lower() for m in schema.get("missingValues", ("",))}
        try:
            part = read_grid(_csv(data, dialect), year=year, places=places, missing=missing)
        except StatisticsUnreadable as error:
            last = error
            continue
        whole.figures += part.figures
        whole.unread += part.unread
        whole.names |= part.names
        whole.written |= part.written
    if not whole.figures:
        raise last
    return whole


def read_grid(grid: Sequence[Sequence[Any]], *, year: int | None, places: Gazetteer, missing: Iterable[str] = ()) -> Reading:
    """A table as rows of cells. The head is the first row that has years or known headings above rows of places."""
    if sum(len(r) for r in grid) > MOST_CELLS:
        raise StatisticsUnreadable("too-long")
    unknown = _MISSING | set(missing)
    place = _place_column(grid, places)
    if place is None:
        raise StatisticsUnreadable("no-places")
    head = _head(grid, place, places)
    headings = [plain_heading(c) for c in grid[head]]
    columns = [_kind(h, n, place) for n, h in enumerate(headings)]
    years = {n: int(float(m.group(1))) for n, c in enumerate(grid[head]) if n != place and (m := _YEAR.fullmatch(str(c).strip()))}
    made = Reading()
    if "time" in columns and "value" in columns:
        _long(grid, head, place, columns, places, unknown, made)
    elif years:
        _wide(grid, head, place, {n: (y, "") for n, y in years.items()}, places, unknown, made)
    elif year is not None:
        named = {n: (year, str(c).strip()) for n, c in enumerate(grid[head]) if n != place and str(c).strip()}
        _wide(grid, head, place, named, places, unknown, made)
    else:
        raise StatisticsUnreadable("no-years")
    if not made.figures:
        raise StatisticsUnreadable("no-values")
    return made


def _kind(heading: str, column: int, place: int) -> str:
    if column == place:
        return "place"
    text = fold(heading)
    for kind, words in (("time", _TIME), ("value", _VALUE), ("state", _STATE), ("unit", _UNIT), ("name", _NAME)):
        if text in words:
            return kind
    return ""


def _place_column(grid: Sequence[Sequence[Any]], places: Gazetteer) -> int | None:
    """The column that names the most regions, two at least; of equal ones the one whose heading says so."""
    counts: dict[int, int] = {}
    heads: set[int] = set()
    for row in grid[:400]:
        for n, cell in enumerate(row[:40]):
            if isinstance(cell, str) and cell.strip() and len(cell) < 80:
                if places.find(cell):
                    counts[n] = counts.get(n, 0) + 1
                elif fold(cell) in _PLACE:
                    heads.add(n)
    best = max(counts, key=lambda n: (counts[n], n in heads, -n), default=None)
    return best if best is not None and (counts[best] >= 2 or best in heads) else None


def _head(grid: Sequence[Sequence[Any]], place: int, places: Gazetteer) -> int:
    """The row above the first row that names a place, that has something beside the place."""
    first = next(n for n, row in enumerate(grid) if place < len(row) and isinstance(row[place], str) and places.find(row[place]))
    for n in range(first - 1, max(-1, first - HEAD_WITHIN), -1):
        row = grid[n]
        if sum(1 for k, c in enumerate(row) if k != place and str(c if c is not None else "").strip()) >= 1:
            return n
    raise StatisticsUnreadable("no-years")


def _long(
    grid: Sequence[Sequence[Any]], head: int, place: int, columns: list[str], places: Gazetteer, unknown: set[str], made: Reading
) -> None:  # fmt: skip
    at = {kind: n for n, kind in reversed(list(enumerate(columns))) if kind}
    seen: dict[tuple[str, int, str], int] = {}
    for line, row in enumerate(grid[head + 1 :], start=head + 2):
        cell = {kind: row[n] if n < len(row) else "" for kind, n in at.items()}
        if not any(str(c or "").strip() for c in row):
            continue
        code = places.find(cell["place"])
        if code is None:
            made.unread.append(Unread(line, "unknown-place", str(cell["place"]).strip()))
            continue
        made.written.setdefault(code, str(cell["place"]).strip())
        when = _YEAR.match(str(cell["time"]).strip())
        if when is None:
            made.unread.append(Unread(line, "no-year", str(cell["time"]).strip()))
            continue
        name = str(cell.get("name", "") or "").strip()
        written = fold(str(cell.get("state", "") or ""))
        state = _STATUS.get(written)
        if written == "m":
            made.unread.append(Unread(line, "missing", code))
            continue
        if state is None:
            made.unread.append(Unread(line, "unknown-status", str(cell["state"])))
        made.names.setdefault(name, str(cell.get("unit", "") or "").strip())
        _take(made, seen, Figure(code, int(when.group(1)), name, Decimal(0), state or "measured", line), cell["value"], unknown)


def _wide(
    grid: Sequence[Sequence[Any]], head: int, place: int, columns: Mapping[int, tuple[int, str]], places: Gazetteer, unknown: set[str], made: Reading
) -> None:  # fmt: skip
    seen: dict[tuple[str, int, str], int] = {}
    for line, row in enumerate(grid[head + 1 :], start=head + 2):
        written = row[place] if place < len(row) else ""
        if not str(written or "").strip():
            continue
        code = places.find(written)
        if code is None:
            if any(n < len(row) and _number(row[n]) is not None for n in columns):
                made.unread.append(Unread(line, "unknown-place", str(written).strip()))
            continue
        made.written.setdefault(code, str(written).strip())
        for n, (year, name) in columns.items():
            made.names.setdefault(name, "")
            _take(made, seen, Figure(code, year, name, Decimal(0), "measured", line), row[n] if n < len(row) else "", unknown)


def _take(made: Reading, seen: dict[tuple[str, int, str], int], one: Figure, cell: Any, unknown: set[str]) -> None:
    text = str(cell if cell is not None else "").strip()
    if text.lower() in unknown:
        made.unread.append(Unread(one.line, "missing", f"{one.place} {one.year}"))
        return
    mark = next(
        (s for sign, s in (("p", "projected"), ("e", "estimated")) if re.fullmatch(rf"[\d\s.,]+\s*\(?{sign}\)?", text.lower())), None
    )
    value = _number(re.sub(r"\s*\(?[pe]\)?$", "", text, flags=re.IGNORECASE) if mark else cell)
    if value is None:
        made.unread.append(Unread(one.line, "not-a-number", text))
        return
    key = (one.place, one.year, one.name)
    if key in seen:
        made.unread.append(Unread(one.line, "twice", f"{one.place} {one.year}"))
        return
    seen[key] = one.line
    made.figures.append(Figure(one.place, one.year, one.name, value, mark or one.state, one.line))


def _number(cell: Any) -> Decimal | None:
    """14901641.0, `14 901 641`, `4428,5`; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        try:
            return Decimal(repr(cell)) if cell == cell and abs(cell) != float("inf") else None
        except InvalidOperation:
            return None
    text = re.sub(r"[\s\u00a0\u202f']", "", str(cell))
    if "," in text and "." not in text:
        text = text.replace(",", ".") if text.count(",") == 1 and not re.fullmatch(r"-?\d{1,3}(,\d{3})+", text) else text.replace(",", "")
    elif "," in text:
        text = text.replace(",", "")
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
