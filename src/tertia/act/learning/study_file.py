"""A list of programmes, courses and outcomes as registrars keep it: one line for each outcome, the rest repeated. Read and checked first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.sheet_words import cell_fault, unreadable_words
from tertia.core.files.sheets import SheetRow, SheetUnreadable, read_sheet

__all__ = ["COLUMNS", "StudyList", "StudyRow", "read_study"]

#: column → headings by which it may be called
COLUMNS: dict[str, tuple[str, ...]] = {
    "programme_code": ("programme code", "код программы", "бағдарлама коды", "шифр оп"),
    "programme": ("programme", "образовательная программа", "білім беру бағдарламасы", "программа", "бағдарлама"),
    "level": ("level", "уровень", "деңгей"),
    "course_code": ("course code", "код дисциплины", "пән коды", "код курса"),
    "course": ("course", "дисциплина", "пән", "курс"),
    "credits": ("credits", "кредиты", "кредиттер", "ects"),
    "service": ("service", "служение", "қызмет", "service learning"),
    "outcome_code": ("outcome code", "код результата", "нәтиже коды"),
    "outcome": ("outcome", "результат обучения", "оқу нәтижесі"),
    "third_mission": ("third mission", "третья миссия", "үшінші миссия"),
}
NEEDED = ("programme_code", "programme", "course_code", "course", "credits")
_YES = {"yes", "да", "иә", "true", "1", "+", "x", "х"}
_NO = {"", "no", "нет", "жоқ", "false", "0", "-"}


@dataclass(frozen=True)
class StudyRow:
    line: int
    programme_code: str
    programme: str
    level: str
    course_code: str
    course: str
    credits: Decimal
    service: bool
    outcome_code: str
    outcome: str
    third_mission: bool


@dataclass(frozen=True)
class StudyList:
    rows: list[StudyRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_study(data: bytes) -> StudyList:
    """Every line checked, with every fault by its cell. Raises BadInput where it is no such list at all."""
    try:
        sheet = read_sheet(data, COLUMNS, NEEDED)
    except SheetUnreadable as error:
        raise BadInput(Fault("file", unreadable_words(error, COLUMNS))) from error
    rows, faults = [], []
    for row in sheet.rows:
        made, wrong = _row(row)
        faults += wrong
        if made is not None:
            rows.append(made)
    return StudyList(rows, [*faults, *_contradictions(rows)])


def _row(row: SheetRow) -> tuple[StudyRow | None, list[Fault]]:
    said = {c: row.text(c) for c in COLUMNS}
    faults: list[Fault] = []

    def fault(column: str, sentence: str) -> None:
        faults.append(cell_fault(row, column, sentence))

    for column in ("programme_code", "programme", "course_code", "course"):
        if not said[column]:
            fault(column, _("it is empty. Repeat the code and the name in every line."))
    if bool(said["outcome_code"]) != bool(said["outcome"]):
        fault("outcome", _("an outcome needs its code and its words."))
    credits = Decimal(0)
    try:
        credits = row.number("credits") or Decimal(0)
        if not 0 < credits <= 60:
            fault("credits", _("“%(said)s” credits cannot be. Write a number up to 60.") % {"said": said["credits"]})
    except ValueError:
        fault("credits", _("“%(said)s” is no number. Write it in digits, such as 10 or 7500,5.") % {"said": said["credits"]})
    for column in ("service", "third_mission"):
        if said[column].lower() not in _YES | _NO:
            fault(column, _("“%(said)s” is not understood. Write yes or no.") % {"said": said[column]})
    if faults:
        return None, faults
    return StudyRow(
        row.line, said["programme_code"], said["programme"], said["level"], said["course_code"], said["course"], credits, said["service"].lower() in _YES,
        said["outcome_code"], said["outcome"], said["third_mission"].lower() in _YES,
    ), []  # fmt: skip


def _contradictions(rows: Iterable[StudyRow]) -> list[Fault]:
    """One course with two names or credits, one outcome with two texts."""
    seen: dict[Any, tuple[int, Any]] = {}
    faults = []
    for row in rows:
        for key, value in (
            (("course", row.course_code), (row.course, row.credits)), (("programme", row.programme_code), row.programme),
            (("outcome", row.course_code, row.outcome_code), row.outcome),
        ):  # fmt: skip
            if key[-1] and seen.setdefault(key, (row.line, value))[1] != value:
                faults.append(
                    Fault(
                        f"line-{row.line}",
                        _("Line %(line)d says something else of %(code)s than line %(other)d.")
                        % {"line": row.line, "code": key[-1], "other": seen[key][0]},
                    )
                )
    return faults
