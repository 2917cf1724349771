"""What is wrong with a table or with a cell of it, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.errors import Fault
from tertia.core.files.sheets import SheetRow, SheetUnreadable

__all__ = ["cell_fault", "heading_in", "unreadable_words"]

_LATIN, _RUSSIAN, _KAZAKH = (re.compile(rf"[{letters} .,/()'’\-№]+", re.IGNORECASE) for letters in ("a-z", "а-яё", "а-яёәғқңөұүһі"))


def unreadable_words(error: SheetUnreadable, columns: Mapping[str, Sequence[str]]) -> str:
    """Why a file is no such table; a column is called by a heading in the reader's language."""
    if error.sentence:
        return error.sentence
    if error.code == "no-head":
        missing = ", ".join(f"“{heading_in(columns[c], get_language())}”" for c in error.missing)
        return _("These columns are missing: %(columns)s. Headings may be Kazakh, Russian or English.") % {"columns": missing}
    return _("This is no table. Send an XLSX, ODS or CSV file.")


def heading_in(headings: Sequence[str], language: str | None) -> str:
    """Of the headings by which a column is known the first that is in a language, told by its letters; else the first."""
    letters = {"kk": _KAZAKH, "ru": _RUSSIAN}.get((language or "en")[:2], _LATIN)
    fit = [h for h in headings if letters.fullmatch(h)]
    if letters is _KAZAKH:
        fit = [h for h in fit if not _RUSSIAN.fullmatch(h)] or fit
    return next(iter(fit), headings[0])


def cell_fault(row: SheetRow, column: str, sentence: str, code: str = "invalid") -> Fault:
    """A fault that names its cell."""
    return Fault(row.at(column), _("Cell %(cell)s: %(sentence)s") % {"cell": row.at(column), "sentence": sentence}, code)
