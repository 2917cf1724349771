"""Measures read out of an existing plan or strategy: tables of DOCX and XLSX, numbered lines of PDF and text. No Django.

Offices keep such plans as a table whose heads vary; a head is known by the beginning of its words in Kazakh, Russian or English.
What is not understood is given back as it stands, so that somebody reads it beside the source.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tertia.core.languages.amounts import AmountUnclear, read_amount
from tertia.plan.conferences.resolution_text.model import Unreadable
from tertia.plan.conferences.resolution_text.sources import source_of

__all__ = ["PlanRead", "ReadMeasure", "read_plan", "read_term"]

_HEADS: dict[str, tuple[str, ...]] = {
    "number": ("№", "n", "no", "р/с", "п/п", "номер"),
    "title": ("мероприят", "мера", "меры", "наименован", "іс-шара", "шара", "атауы", "action", "measure", "activit", "what"),
    "term": ("срок", "мерзім", "term", "deadline", "period", "уақыты", "when"),
    "owner": ("ответствен", "исполнител", "жауапты", "орындаушы", "responsib", "owner", "who"),
    "budget": ("финансир", "бюджет", "стоимост", "сумма", "объем", "қаржыл", "құны", "budget", "funding", "cost"),
    "target": ("индикатор", "показател", "ожидаем", "результат", "көрсеткіш", "нәтиже", "target", "indicator", "result", "kpi"),
    "proof": ("форма завершен", "аяқталу", "подтвержд", "proof", "evidence", "form of completion"),
}  # fmt: skip
_NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(\S.{8,})$")
_YEARS = re.compile(r"\b(20\d{2})\s*[-–—]\s*(20\d{2})\b")
_YEAR = re.compile(r"\b(20\d{2})\b")
_DAY = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](20\d{2})\b")
_QUARTER = re.compile(r"\b(iv|iii|ii|i|[1-4])\s*(?:-?\s*(?:й|ші|nd|st|rd|th))?\s*(?:кв|тоқсан|quarter|q)", re.IGNORECASE)
_MONTHS = (
    ("янв", "қаңтар", "jan"), ("фев", "ақпан", "feb"), ("март", "наурыз", "mar"), ("апр", "сәуір", "apr"), ("май", "мамыр", "may"), ("мая", "мамыр", "may"),
    ("июн", "маусым", "jun"), ("июл", "шілде", "jul"), ("авг", "тамыз", "aug"), ("сен", "қыркүйек", "sep"), ("окт", "қазан", "oct"), ("ноя", "қараша", "nov"),
    ("дек", "желтоқсан", "dec"),
)  # fmt: skip
_MONTH_NUMBERS = (1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MOST_ROWS = 2000


@dataclass(frozen=True)
class ReadMeasure:
    """One measure as it was read. `where`: table and row, or line, of the source; days are None where the words were not understood."""

    number: str
    title: str
    term: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    owner: str = ""
    budget: Decimal | None = None
    budget_words: str = ""
    target: str = ""
    proof: str = ""
    where: str = ""


@dataclass
class PlanRead:
    """What was read, and the source in pieces (where, words, whether it became a measure)."""

    measures: list[ReadMeasure] = field(default_factory=list)
    source: list[tuple[str, str, bool]] = field(default_factory=list)


def read_plan(data: bytes) -> PlanRead:
    """Read a plan from DOCX, XLSX, PDF or text. Raises Unreadable with the reason."""
    found = PlanRead()
    for number, table in enumerate(_tables(data), start=1):
        _read_table(table, number, found)
    if found.measures:
        return found
    if data[:4] == b"PK\x03\x04" and _is_workbook(data):
        return found
    for number, line in enumerate(source_of(data).text.replace("\f", "\n").splitlines(), start=1):
        if not line.strip():
            continue
        match = _NUMBERED.match(line)
        if match:
            starts, ends = read_term(match[2])
            found.measures.append(ReadMeasure(match[1], match[2].strip(" ;."), starts_on=starts, ends_on=ends, where=f"{number}"))
        found.source.append((str(number), line.strip(), match is not None))
    return found


def _is_workbook(data: bytes) -> bool:
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/workbook.xml" in archive.namelist()
    return False


def _tables(data: bytes) -> Iterator[list[list[str]]]:
    """Tables of a file as rows of words."""
    if data[:4] != b"PK\x03\x04":
        return
    if _is_workbook(data):
        from python_calamine import CalamineError, CalamineWorkbook  # slow library

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for name in book.sheet_names:
                yield [[_cell(c) for c in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)[:_MOST_ROWS]]
        except (CalamineError, ValueError, OSError) as error:
            raise Unreadable("broken") from error
        return
    source_of(data)  # refuses what is too large, locked or broken
    from docx import Document  # slow library

    try:
        document = Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable("broken") from error
    for table in document.tables:
        yield [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows[:_MOST_ROWS]]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d.%m.%Y}"
    return " ".join(str(value if value is not None else "").split())


def _read_table(table: Sequence[Sequence[str]], number: int, found: PlanRead) -> None:
    head, columns = next(((n, c) for n, row in enumerate(table[:15]) if len(c := _columns(row)) >= 2 and "title" in c), (-1, {}))
    for n, row in enumerate(table):
        words = " | ".join(dict.fromkeys(c for c in row if c))
        if not words:
            continue
        where = f"{number}:{n + 1}"
        measure = _measure(row, columns, where) if head >= 0 and n > head else None
        if measure is not None:
            found.measures.append(measure)
        found.source.append((where, words, measure is not None))


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the beginnings of the words of its head; each is taken once."""
    columns: dict[str, int] = {}
    for n, cell in enumerate(row):
        words = cell.lower().strip()
        for name, beginnings in _HEADS.items():
            if name in columns or not words or len(words) > 80:
                continue
            hit = (
                words.strip(" .") in beginnings
                if name == "number"
                else any(w.startswith(b) for w in [words, *words.split()] for b in beginnings)
            )
            if hit:
                columns[name] = n
                break
    return columns


def _measure(row: Sequence[str], columns: dict[str, int], where: str) -> ReadMeasure | None:
    said = {name: row[n].strip() if n < len(row) else "" for name, n in columns.items()}
    title = said.get("title", "")
    # a row of numbers 1 2 3 below the head, or one cell over the whole width, is no measure
    filled = [c for c in row if c]
    if len(title) < 3 or all(c.isdigit() for c in filled) or len(set(filled)) < 2:
        return None
    starts, ends = read_term(said.get("term", ""))
    budget = None
    with contextlib.suppress(AmountUnclear):
        budget = _budget(said.get("budget", ""))
    return ReadMeasure(
        said.get("number", "").strip(" ."), title, said.get("term", ""), starts, ends, said.get("owner", ""), budget, said.get("budget", ""), said.get("target", ""),
        said.get("proof", ""), where,
    )  # fmt: skip


def _budget(words: str) -> Decimal | None:
    """A sum in tenge; `тыс.` and `млн` are thousands and millions. None where no sum is named."""
    text = words.lower()
    factor = 1000 if re.search(r"тыс|мың|thousand", text) else 1_000_000 if re.search(r"млн|миллион|million", text) else 1
    text = re.sub(r"(тыс\w*|мың\w*|thousand\w*|млн\w*|миллион\w*|million\w*)\.?", "", text)
    if not re.search(r"\d", text):
        return None
    return (read_amount(text) * factor).quantize(Decimal("0.01"))


def read_term(words: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day in words such as `2026–2028`, `до 31.12.2027`, `II квартал 2027 г.`, `желтоқсан 2026`; None where not understood."""
    text = words.lower()
    days = []
    for day, month, year in _DAY.findall(text):
        with contextlib.suppress(ValueError):
            days.append(dt.date(int(year), int(month), int(day)))
    if days:
        return (min(days), max(days)) if len(days) > 1 else (None, days[0])
    if span := _YEARS.search(text):
        return dt.date(int(span[1]), 1, 1), dt.date(int(span[2]), 12, 31)
    years = [int(y) for y in _YEAR.findall(text)]
    if not years:
        return None, None
    quarter = _QUARTER.search(text)
    if quarter:
        number = _ROMAN.get(quarter[1].lower()) or int(quarter[1])
        return dt.date(years[0], 3 * number - 2, 1), _last(years[-1], 3 * number)
    months = [_MONTH_NUMBERS[n] for n, names in enumerate(_MONTHS) if any(re.search(rf"\b{name}", text) for name in names)]
    if months:
        return dt.date(years[0], min(months), 1), _last(years[-1], max(months))
    return dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)


def _last(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
