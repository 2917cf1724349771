"""A self-evaluation on paper: criterion, text, evidence, date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tertia.core.files.pdf import Block, Heading, Para, Table
from tertia.core.files.sheets import SheetOut, write_book
from tertia.core.languages.formatting import long_date
from tertia.tell.stories.blocks import text_blocks
from tertia.tell.stories.markup import as_words

__all__ = ["blocks_of", "sheet_of"]


def blocks_of(record: Any, criteria: Sequence[Any], language: str) -> list[Block]:
    blocks: list[Block] = [Para(record.owner.name.read(language).text)]
    if record.demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    blocks += [Heading(record.title.read(language).text), Para(f"{_('Agency')}: {record.agency}")]
    blocks += [Para(record.source, small=True)] if record.source else []
    for c in criteria:
        blocks.append(Heading(f"{c.number} {c.words.read(language).text}", 2))
        blocks += text_blocks(c.text.read(language).text) or [Para(_("Nothing is written yet."), signal=True)]
        rows = [list(row) for row in _proofs(c, language)]
        blocks.append(
            Table([_("Evidence"), _("Day"), _("Address")], rows, widths=["1fr", "34mm", "52mm"])
            if rows
            else Para(_("No evidence yet."), signal=True)
        )
    return blocks


def _proofs(c: Any, language: str) -> list[tuple[str, str, str]]:
    found = []
    for e, shown in c.proofs:
        what = f"{shown.declared.label}: {shown.title.read(language).text}" if shown else e.words
        said = f"{what} ({e.words})" if shown and e.words else what
        found.append((said, _day(e.on, language), settings.BASE_URL + shown.get_absolute_url() if shown else ""))
    return found


def _day(day: dt.date | None, language: str) -> str:
    return long_date(day, language) if day else ""


def sheet_of(record: Any, criteria: Sequence[Any], language: str) -> bytes:
    """One line for each piece of evidence; a criterion without any has one line too."""
    columns = [
        (_("No."), 8),
        (_("Criterion"), 40),
        (_("Text"), 60),
        (_("Written on"), 14),
        (_("Evidence"), 50),
        (_("Day"), 14),
        (_("Address"), 40),
    ]
    rows: list[list[Any]] = []
    for c in criteria:
        head = [c.number, c.words.read(language).text, as_words(c.text.read(language).text), _day(c.written_on, language)]
        rows += [[*head, *proof] for proof in _proofs(c, language) or [(_("none"), "", "")]]
    above = [record.title.read(language).text, record.agency, *([_("Demonstration data")] if record.demonstration else [])]
    return write_book([SheetOut(_("Criteria"), columns, rows, above)], [record.source] if record.source else [])
