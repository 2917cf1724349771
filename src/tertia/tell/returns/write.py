"""A filled form as a file: XLSX or DOCX, with the list of what stays empty and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.core.files.docx import render_docx
from tertia.core.files.pdf import Block, Heading, Para, Table
from tertia.core.files.sheets import SheetOut, write_book
from tertia.tell.returns.fill import Filled, said

__all__ = ["as_docx", "as_xlsx"]


def as_xlsx(filled: Filled, owner_name: str, *, demonstration: bool) -> bytes:
    """A sheet for each part, and one of what stays empty."""
    above = [said(filled.mapping.title), f"{owner_name}, {filled.period}", *([_("Demonstration data")] if demonstration else [])]
    sheets = []
    for part in filled.parts:
        columns = [("", 48), *((c, 22) for c in part.columns)]
        rows: list[list[Any]] = [[label, *(cell.value if not cell.why else None for cell in cells)] for label, cells in part.rows]
        sheets.append(SheetOut(part.title, columns, rows, above))
    sheets.append(
        SheetOut(_("What stays empty"), [(_("Part"), 40), (_("Row"), 48), (_("Column"), 24), (_("Why"), 60)], filled.empty, above)
    )
    return write_book(sheets, [said(filled.mapping.source)])


def as_docx(filled: Filled, owner_name: str, language: str, *, demonstration: bool) -> bytes:
    blocks: list[Block] = [Heading(said(filled.mapping.title)), Para(f"{owner_name}, {filled.period}")]
    if demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    for part in filled.parts:
        blocks.append(Heading(part.title, 2))
        if part.note:
            blocks.append(Para(part.note, small=True))
        rows = [[label, *(cell.words if not cell.why else "" for cell in cells)] for label, cells in part.rows]
        if rows:
            blocks.append(Table(["", *part.columns], rows, widths=["2fr", *["1fr"] * len(part.columns)]))
    blocks.append(Heading(_("What stays empty"), 2))
    if filled.empty:
        blocks.append(
            Table([_("Part"), _("Row"), _("Column"), _("Why")], [list(row) for row in filled.empty], widths=["1fr", "1fr", "1fr", "2fr"])
        )
    else:
        blocks.append(Para(_("Nothing.")))
    blocks.append(Para(said(filled.mapping.source), small=True))
    return render_docx(
        blocks, title=said(filled.mapping.title), language=language, wide=max((len(p.columns) for p in filled.parts), default=0) > 3
    )
