"""Reads a university's list of people from CSV into plain rows. No Django models.

Columns: key, name, email, standing (student or staff), unit, role, language. Only key and name are needed.
UTF-8 (with or without BOM) or cp1251; commas or semicolons. All faults of the file are told at once.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.files.sheets import SheetUnreadable, decoded

__all__ = ["PersonRow", "read_people"]

STANDINGS = ("student", "staff", "other")
ROLES = ("member", "editor", "office", "leader", "analyst", "administrator")
COLUMNS = ("key", "name", "email", "standing", "unit", "role", "language")


@dataclass(frozen=True)
class PersonRow:
    key: str
    name: str
    email: str = ""
    standing: str = "other"
    unit: str = ""
    role: str = "member"
    language: str = "kk"


def read_people(data: bytes) -> list[PersonRow]:
    """All rows of the file. Raises BadInput with every fault and its line."""
    text = _decode(data)
    sample = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if sample.count(";") > sample.count(",") else ",")
    columns = [c.strip().lower() for c in reader.fieldnames or []]
    missing = [c for c in ("key", "name") if c not in columns]
    if missing:
        raise BadInput(
            Fault("1", _("Line 1: the column %(column)s is missing. Needed are key and name.") % {"column": ", ".join(missing)}, "column")
        )
    reader.fieldnames = columns
    rows: list[PersonRow] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, raw in enumerate(reader, start=2):
        row = {c: (raw.get(c) or "").strip() for c in COLUMNS}
        if not any(row.values()):
            continue
        wrong = _faults(line, row, seen)
        faults.extend(wrong)
        seen[row["key"]] = line
        if not wrong:
            rows.append(PersonRow(**{c: v for c, v in row.items() if v}))
    if faults:
        raise BadInput(*faults)
    return rows


def _decode(data: bytes) -> str:
    try:
        return decoded(data)
    except SheetUnreadable as error:
        raise BadInput(Fault("", _("The file is not text. Save it as CSV in UTF-8 and send it again."), "encoding")) from error


def _faults(line: int, row: dict[str, str], seen: dict[str, int]) -> list[Fault]:
    found = []

    def fault(column: str, sentence: str) -> None:
        found.append(Fault(f"{line}:{column}", _("Line %(line)d, column %(column)s: ") % {"line": line, "column": column} + sentence))

    for column in ("key", "name"):
        if not row[column]:
            fault(column, _("it is empty. Fill it in."))
    if row["key"] in seen and row["key"]:
        fault("key", _("the same key stands in line %(line)d. Remove one of the two.") % {"line": seen[row["key"]]})
    if row["standing"] and row["standing"] not in STANDINGS:
        fault("standing", _("write student, staff or other."))
    if row["role"] and row["role"] not in ROLES:
        fault("role", _("write one of: %(roles)s.") % {"roles": ", ".join(ROLES)})
    if row["email"] and "@" not in row["email"]:
        fault("email", _("this is no e-mail address."))
    if row["language"] and row["language"] not in ("kk", "ru", "en"):
        fault("language", _("write kk, ru or en."))
    return found
