"""A strategy and its plan of measures on paper: the text, the chapter of the development programme, the table for the ministry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.files.docx import render_docx
from tertia.core.files.pdf import Block, Heading, Para, Table
from tertia.core.files.sheets import SheetOut, write_book
from tertia.core.languages.formatting import long_date, number
from tertia.core.languages.text import Text
from tertia.plan.strategy.models import Strategy
from tertia.plan.strategy.queries import measures_in, progress_of, runs_in, years_of
from tertia.plan.strategy.vocabulary import form_word

__all__ = ["strategy_docx", "strategy_xlsx"]


def strategy_docx(strategy: Strategy, language: str, *, chapter: bool = False) -> bytes:
    """The whole strategy, or the third-mission chapter of the development programme, as Word."""
    with translation.override(language):
        blocks = _blocks(strategy, language, chapter)
        return render_docx(blocks, title=strategy.title.read(language).text, language=language, wide=not chapter)


def _read(text: Text | None, language: str) -> str:
    return text.read(language).text if text else ""


def _blocks(strategy: Strategy, language: str, chapter: bool) -> list[Block]:
    level = 2 if chapter else 1
    blocks: list[Block] = [
        Heading(_("The third mission: what we do with and for society") if chapter else _read(strategy.title, language), level)
    ]
    if strategy.demonstration:
        blocks.append(Para(_("Demonstration data"), mark=True))
    if strategy.state not in ("adopted", "superseded"):
        blocks.append(Para(_("Draft, not adopted"), mark=True))
    elif strategy.decision:
        blocks.append(Para(_("Adopted by %(decision)s, version %(n)d.") % {"decision": strategy.decision, "n": strategy.version}))
    blocks += [Heading(_("Social mission"), level + 1), *_paragraphs(strategy.mission, language)]
    forms = [form_word(code) for code in strategy.forms] + [
        line for line in _read(strategy.own_forms, language).splitlines() if line.strip()
    ]
    if forms:
        blocks += [Heading(_("Forms in which it is carried out"), level + 1), *(Para(f"– {form}") for form in forms)]
    needs = [c.need for c in strategy.chosen_needs.select_related("need")]
    if needs:
        blocks += [Heading(_("Needs that it takes up"), level + 1), *(Para(f"– {_read(n.title, language)}") for n in needs)]
    if strategy.analysis:
        blocks += [Heading(_("What we can do and what stands open to us"), level + 1), *_paragraphs(strategy.analysis, language)]
    partners = list(strategy.chosen_partners.select_related("organisation"))
    if partners:
        blocks.append(Heading(_("Main partners"), level + 1))
        blocks += [
            Para("– " + ": ".join(w for w in (_read(p.organisation.name, language), _read(p.words, language)) if w)) for p in partners
        ]
    priorities = list(strategy.priorities.all())
    if priorities:
        blocks += [Heading(_("Priorities"), level + 1), *(Para(f"{p.position}. {_read(p.title, language)}") for p in priorities)]
    blocks.append(Heading(_("Plan of measures"), level + 1))
    measures = measures_in(strategy)
    for year in years_of(measures):
        rows = [_row(m, language) for m in measures if runs_in(m, year)]
        if rows:
            blocks += [Heading(str(year), level + 2), _table(rows)]
    undated = [_row(m, language) for m in measures if not (m.starts_on and m.ends_on)]
    if undated:
        blocks += [Heading(_("Without a term"), level + 2), _table(undated)]
    return blocks


def _table(rows: list[list[str]]) -> Table:
    return Table(_heads(), rows, right=(4,), widths=["12mm", "3fr", "2fr", "28mm", "26mm", "2fr", "2fr"])


def _paragraphs(text: Text, language: str) -> list[Block]:
    return [Para(line) for line in _read(text, language).splitlines() if line.strip()]


def _heads() -> list[str]:
    return [_("No."), _("Measure"), _("Who answers for it"), _("Term"), _("Budget, ₸"), _("Target"), _("How it will be seen")]


def _owner(measure: Any, language: str) -> str:
    return _read(measure.unit.name, language) if measure.unit else measure.responsible.name if measure.responsible else ""


def _row(measure: Any, language: str) -> list[str]:
    term = " – ".join(long_date(d, language) for d in (measure.starts_on, measure.ends_on) if d)
    budget = "" if measure.budget is None else number(measure.budget, language, 0)
    return [
        measure.number,
        _read(measure.title, language),
        _owner(measure, language),
        term,
        budget,
        measure.target,
        _read(measure.proof, language),
    ]


def strategy_xlsx(strategy: Strategy, language: str, today: dt.date) -> bytes:
    """The plan by years, a sheet each, and one of what was done. Empty stays empty: nobody said it."""
    with translation.override(language):
        measures = measures_in(strategy)
        columns = list(zip(_heads(), (8, 50, 30, 24, 16, 36, 36), strict=True))
        sheets = [
            SheetOut(str(year), columns, [_cells(m, language) for m in measures if runs_in(m, year)]) for year in years_of(measures)
        ] or [SheetOut(_("Plan of measures"), columns, [_cells(m, language) for m in measures])]
        progress = progress_of(measures)
        done = [
            (m.number, _read(m.title, language), str(m.state_words), progress[m.pk].held, progress[m.pk].signed, progress[m.pk].spent, m.budget, progress[m.pk].last)
            for m in measures
        ]  # fmt: skip
        heads = [
            (_("No."), 8),
            (_("Measure"), 50),
            (_("State"), 18),
            (_("Activities held"), 12),
            (_("of these signed by the host"), 14),
            (_("Spent, ₸"), 14),
            (_("Budget, ₸"), 14),
            (_("Last activity"), 14),
        ]
        sheets.append(SheetOut(_("What was done"), heads, done, above=(long_date(today, language),)))
        return write_book(sheets, [_("Progress is counted from activities and evidence, not from claims.")])


def _cells(measure: Any, language: str) -> list[Any]:
    row: list[Any] = list(_row(measure, language))
    row[4] = Decimal(measure.budget) if measure.budget is not None else None
    return row
