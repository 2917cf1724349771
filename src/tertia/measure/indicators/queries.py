"""What is asked of figures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.policies import OFFICE
from tertia.core.languages.formatting import number
from tertia.core.periods import clock
from tertia.core.periods.years import period as period_of
from tertia.core.records.models import Record
from tertia.measure.indicators.models import Closing, Figure, Indicator
from tertia.measure.indicators.own import known

__all__ = [
    "INSIDE",
    "Behind",
    "behind",
    "behind_definition",
    "current_facts",
    "figure_lines",
    "figure_words",
    "for_reader",
    "indicators_for",
    "is_over",
    "latest_closings",
    "latest_totals",
    "unit_words",
]


def unit_words(unit: str) -> str:
    """The unit in the reader's language."""
    known = {
        "percent": _("percent"), "hours": _("hours"), "count": _("number"), "people": _("people"), "days": _("days"),
        "hours per student": _("hours per student"), "hours per FTE": _("hours per full post"), "credits": _("credits"), "KZT": _("tenge"), "attendances": _("attendances"),
        "regions of 20": _("regions of 20"), "rows of 12": _("rows of 12"), "ratio": _("ratio"),
    }  # fmt: skip
    return known.get(unit, unit)


def figure_words(figure: Figure | None, language: str = "") -> str:
    """A figure as words: value with unit, or which of the four other things it is."""
    language = language or (get_language() or "en")[:2]
    if figure is None or figure.state == "missing":
        return _("not recorded yet")
    if figure.state == "not-applicable":
        return _("not applicable")
    if figure.state == "suppressed":
        return _("not shown, fewer than 5 people")
    places = 0 if figure.value == figure.value.to_integral_value() and figure.unit != "hours" else 1
    text = number(figure.value.quantize(Decimal(1).scaleb(-places)), language, places)
    return f"{text} %" if figure.unit == "percent" else (text if figure.unit == "count" else f"{text} {unit_words(figure.unit)}")


#: who sees figures of few persons, and rows of persons, of the own university
INSIDE = (*OFFICE, "administrator", "analyst")


def for_reader(figures: Iterable[Figure], actor: Any = None) -> list[Figure]:
    """The figures as this reader may see them: who does not work for the university sees hidden ones as not shown.

    Every page, feed and file that shows figures takes them through here.
    """
    inside = actor.organisations(*INSIDE) if actor is not None else frozenset()
    found = []
    for figure in figures:
        if figure.hidden and not (actor is not None and actor.is_system) and figure.indicator.owner_id not in inside:
            figure.state, figure.value, figure.numerator, figure.denominator, figure.rows = "suppressed", None, None, None, 0
        found.append(figure)
    return found


def latest_closings(owner: Any) -> list[Closing]:
    """The last version of each closed period."""
    found: dict[str, Closing] = {c.period: c for c in Closing.objects.filter(owner=owner).order_by("period", "number")}
    return list(found.values())


def latest_totals(indicators: Iterable[Any], period: str = "", actor: Any = None) -> dict[int, Figure]:
    """The total of each indicator: of the period, else of the latest one that is over, else of the running one."""
    rows = Figure.objects.filter(indicator__in=[i.pk for i in indicators], breakdown="").select_related("indicator")
    if period:
        rows = rows.filter(period=period)
    found: dict[int, Figure] = {}
    for row in for_reader(rows.order_by("period"), actor):
        if row.indicator_id not in found or is_over(row.period):
            found[row.indicator_id] = row
    return found


def is_over(period: str) -> bool:
    """Whether a period has ended; what is counted in a running one may still grow."""
    return period_of(period).end <= clock.today()


def figure_lines(records: list[Any]) -> dict[int, str]:
    """What the thread says under an indicator."""
    found = latest_totals(records)
    return {r.pk: (f"{found[r.pk].period}: " if r.pk in found else "") + figure_words(found.get(r.pk)) for r in records}


def indicators_for(actor: Any) -> Any:
    return Indicator.objects.visible_to(actor).select_related("owner").order_by("pk")


@dataclass(frozen=True)
class Behind:
    """The rows behind one side of a figure: as facts, and those of them that are records with a page of their own."""

    columns: list[str]
    rows: list[dict[str, Any]]
    cut: bool
    #: the reader may not see rows of persons: each record stands once
    collapsed: bool = False


MOST_ROWS = 500


@contextmanager
def current_facts(organisation: Any, *tables: str) -> Iterator[Any]:
    """Some fact tables of a university as they are at this moment, open for the engine."""
    from tertia.measure.facts.export import export_facts  # slow library
    from tertia.measure.indicators.engine.compute import Facts  # slow library

    with tempfile.TemporaryDirectory() as folder:
        export_facts(Path(folder), organisations=[organisation], tables=list(tables))
        with Facts(Path(folder)) as facts:
            yield facts


def behind(indicator: Indicator, period: str, breakdown: str, side: str, actor: Any) -> Behind:
    """Open a figure to its rows, from the facts of this moment with the figure's own conditions.

    Rows that are about one person carry only a keyed hash; `record` is linked where this reader may see the record.
    """
    definition = known([indicator.catalogue_id])[0][indicator.catalogue_id]
    return behind_definition(indicator.owner, definition, period, breakdown, side, actor)


def behind_definition(owner: Any, definition: Any, period: str, breakdown: str, side: str, actor: Any) -> Behind:
    """The rows behind a figure of any definition, of an indicator or of a cell of a return."""
    from tertia.measure.indicators.engine.compute import rows_behind  # slow library

    chosen = definition.numerator if side == "numerator" or definition.denominator is None else definition.denominator
    with current_facts(owner, chosen.table) as facts:
        rows = rows_behind(definition, facts, owner.slug, period, side=side, breakdown=breakdown, limit=MOST_ROWS + 1)
        machine = {c.name for c in facts.folder.tables[chosen.table].columns.values() if c.unit == "minutes"}  # said by the day already
    person_rows = bool(rows) and "person" in rows[0]
    if person_rows and not actor.has(owner.pk, *INSIDE):
        return _collapsed(rows, chosen.table, actor)
    key = {"participation": "activity"}.get(chosen.table, "record")
    ids = [row[key] for row in rows if row.get(key)] if chosen.table != "member" else []
    sheets = {row["sheet"] for row in rows if row.get("sheet")}
    records = {r.pk: r for r in Record.objects.visible_to(actor).filter(pk__in={*ids, *sheets}).select_related("owner")}
    hidden = ("organisation", "year", "person", "record", "sheet", "activity", "owed")
    columns = [c for c in rows[0] if c not in hidden and c not in machine] if rows else []
    shown = [
        {
            "record_of": records.get(row.get(key)), "row_id": row.get("record"), "signature": records.get(row.get("sheet")) if row.get("signer") else None,
            "cells": [(c, _cell(row[c])) for c in columns],
        }
        for row in rows[:MOST_ROWS]
    ]  # fmt: skip
    return Behind(columns, shown, len(rows) > MOST_ROWS)


def _collapsed(rows: list[dict[str, Any]], table: str, actor: Any) -> Behind:
    """For the public: the records to which the rows of persons belong, each once, without how many persons each has."""
    ids = {row["activity"] for row in rows if row.get("activity")}
    sheets = {row["activity"]: row["sheet"] for row in rows if row.get("sheet") and row.get("signer")}
    records = {r.pk: r for r in Record.objects.visible_to(actor).filter(pk__in={*ids, *sheets.values()}).select_related("owner")}
    shown = [
        {"record_of": records[i], "row_id": i, "signature": records.get(sheets.get(i, 0)), "cells": [("day", records[i].starts_on.isoformat() if records[i].starts_on else "")]}
        for i in sorted(ids & records.keys())
    ]  # fmt: skip
    return Behind(["day"], shown, len(rows) > MOST_ROWS, collapsed=True)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value, (get_language() or "en")[:2]) if isinstance(value, Decimal) else str(value)
