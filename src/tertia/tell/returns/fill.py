"""Filling a form from records: every cell with its figure, or the reason why it stays empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.facts.statements import STATEMENTS
from tertia.core.languages.formatting import number
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.records.models import Record
from tertia.measure.indicators.engine.figures import Figure
from tertia.measure.indicators.queries import current_facts
from tertia.tell.returns.mapping import Cell, Mapping, Part

__all__ = ["Filled", "FilledCell", "FilledPart", "fill", "said"]


@dataclass(frozen=True)
class FilledCell:
    """`words` as they are shown and written; `value` for a workbook; `why` where it is empty; `behind`: (definition, breakdown) to open it."""

    words: str = ""
    value: Any = None
    why: str = ""
    behind: tuple[str, str] | None = None
    url: str = ""


@dataclass
class FilledPart:
    title: str
    columns: list[str]
    rows: list[tuple[str, list[FilledCell]]]
    note: str = ""


@dataclass
class Filled:
    """A form that was filled. `empty`: (part, row, column, why) of each cell that stays so."""

    mapping: Mapping
    period: str
    parts: list[FilledPart] = field(default_factory=list)
    empty: list[tuple[str, str, str, str]] = field(default_factory=list)
    filled: int = 0


def said(words: Any) -> str:
    """`{"en": …}` in the reader's language."""
    found = dict(words or {})
    language = (get_language() or "en")[:2]
    return str(found.get(language) or next((found[lang] for lang in ("ru", "en", "kk") if found.get(lang)), ""))


def fill(mapping: Mapping, owner: Any, period: str) -> Filled:
    """Fill a form of a university for a period: one export of the facts that it reads, each table once."""
    figures = _figures(mapping, owner, period)
    found = Filled(mapping, period)
    for part in mapping.parts:
        made = _links(part, owner) if part.links else _each(part, figures) if part.each else _rows(part, figures, owner)
        found.parts.append(made)
        for label, cells in made.rows:
            for n, cell in enumerate(cells):
                if cell.why:
                    found.empty.append((made.title, label, made.columns[n] if n < len(made.columns) else "", cell.why))
                else:
                    found.filled += 1
        if not made.rows:
            found.empty.append((made.title, "", "", _("no record of this kind in the period")))
    return found


def _figures(mapping: Mapping, owner: Any, period: str) -> dict[str, list[Figure]]:
    from tertia.measure.indicators.engine.compute import compute_all  # slow library

    chosen = [mapping.cells[name] for name in mapping.counted]
    found: dict[str, list[Figure]] = {d.id: [] for d in chosen}
    if not chosen:
        return found
    tables = sorted({side.table for d in chosen for side in d.sides})
    with current_facts(owner, *tables) as facts:
        for figure in compute_all(chosen, facts, organisations=[owner.slug], periods=[period]):
            found[figure.indicator].append(figure)
    return found


def _counted(figures: list[Figure], breakdown: str = "") -> FilledCell:
    figure = next((f for f in figures if f.breakdown == breakdown), None)
    if figure is None or figure.state == "missing":
        return FilledCell(why=_("no such record was kept in the period"))
    if figure.state != "value" or figure.value is None:
        return FilledCell(why=_("there is nothing to divide by"))
    language = (get_language() or "en")[:2]
    return FilledCell(number(figure.value.normalize(), language), figure.value, behind=(figure.indicator, breakdown))


def _cell(cell: Cell, figures: dict[str, list[Figure]], owner: Any) -> FilledCell:
    if cell.counts:
        return _counted(figures[cell.counts])
    if cell.text:
        return FilledCell(said(cell.text), said(cell.text))
    if cell.empty:
        return FilledCell(why=said(cell.empty))
    stated = STATEMENTS[cell.statement](owner) if cell.statement in STATEMENTS else None
    if stated is None:
        return FilledCell(why=_("nothing is stated here yet"))
    words = stated.words.read((get_language() or "en")[:2]).text if isinstance(stated.words, Text) else str(stated.words)
    return FilledCell(words, words, url=stated.record.get_absolute_url() if stated.record is not None else "")


def _rows(part: Part, figures: dict[str, list[Figure]], owner: Any) -> FilledPart:
    rows = [(said(row.label), [_cell(cell, figures, owner) for cell in row.cells]) for row in part.rows]
    return FilledPart(said(part.title), [said(c) for c in part.columns], rows, said(part.note))


def _each(part: Part, figures: dict[str, list[Figure]]) -> FilledPart:
    """One row for each value of a dimension, the largest first."""
    ranked = [f for f in figures[part.rank] if f.breakdown and f.state == "value" and f.value and not f.breakdown.endswith("=unknown")]
    ranked.sort(key=lambda f: (-(f.value or 0), f.breakdown))
    chosen = [f.breakdown for f in ranked[: part.limit]]
    slugs = [b.split("=", 1)[1] for b in chosen]
    names = {o.slug: o.name.read((get_language() or "en")[:2]).text for o in Organisation.objects.filter(slug__in=slugs)}
    rows = []
    for breakdown, slug in zip(chosen, slugs, strict=True):
        label = names.get(slug, slug)
        cells = [
            FilledCell(label, label) if c.name else _counted(figures[c.counts], breakdown) if c.counts else _cell(c, figures, None)
            for c in part.cells
        ]
        rows.append((label, cells))
    return FilledPart(said(part.title), [said(c) for c in part.columns], rows, said(part.note))


def _links(part: Part, owner: Any) -> FilledPart:
    """Addresses of public records, the latest first: what anybody may open as evidence."""
    assert part.links is not None
    state = Q(state__in=part.links.states) if part.links.states else Q()
    rows: Any = (
        Record.objects.visible_to(ANONYMOUS)
        .filter(state, owner=owner, kind__in=part.links.kinds, visibility="public")
        .order_by("-starts_on", "-pk")
    )
    language = (get_language() or "en")[:2]
    found = []
    for record in rows[: part.links.limit]:
        address = settings.BASE_URL + record.get_absolute_url()
        found.append((record.title.read(language).text, [FilledCell(address, address, url=record.get_absolute_url())]))
    return FilledPart(said(part.title), [said(c) for c in part.columns] or [_("Address")], found, said(part.note))
