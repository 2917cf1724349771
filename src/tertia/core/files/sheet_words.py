"""What is wrong with a table or with a cell of it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tertia.core.actions.errors import Fault
from tertia.core.files.sheets import SheetRow, SheetUnreadable

__all__ = ["cell_fault", "unreadable_words"]


def unreadable_words(error: SheetUnreadable, columns: Mapping[str, Sequence[str]]) -> str:
    """Why a file is no such table; a column is called by the first of its headings."""
    if error.code == "no-head":
        missing = ", ".join(f"“{columns[c][0]}”" for c in error.missing)
        return _("These columns are missing: %(columns)s. Headings may be Kazakh, Russian or English.") % {"columns": missing}
    return _("This is no table. Send an XLSX, ODS or CSV file.")


def cell_fault(row: SheetRow, column: str, sentence: str, code: str = "invalid") -> Fault:
    """A fault that names its cell."""
    return Fault(row.at(column), _("Cell %(cell)s: %(sentence)s") % {"cell": row.at(column), "sentence": sentence}, code)
