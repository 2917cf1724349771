"""The door for universities that run nothing: a table of figures (XLSX, ODS, CSV), checked by the same rules as a package. No Django.

Only counts are needed: indicator, period, numerator and, of a ratio, denominator. Value, unit, version and state are filled in
from the catalogue. Counts of few persons are hidden here, before anything is kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from tertia.core.checks.report import Problem
from tertia.core.files.sheets import SheetRow, SheetUnreadable, read_sheet, write_sheet
from tertia.measure.country.disclosure import counted_of, suppress
from tertia.measure.indicators.engine.catalogue import Entry, catalogue
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure, figure_rows, ratio

__all__ = ["HEADINGS", "read_table", "template"]

HEADINGS: Mapping[str, Sequence[str]] = {
    "indicator": ("Indicator’s short name", "Краткое имя показателя", "Көрсеткіштің қысқа аты"),
    "period": ("Period", "Период", "Кезең"),
    "breakdown": ("Breakdown", "Разрез", "Бөлініс"),
    "numerator": ("Above the line", "Числитель", "Алымы"),
    "denominator": ("Below the line", "Знаменатель", "Бөлімі"),
    "state": ("State", "Состояние", "Күйі"),
}
NEEDED = ("indicator", "period", "numerator")
ABSENT = ("missing", "not-applicable")


def read_table(data: bytes, organisation: str) -> tuple[bytes, list[Problem]]:
    """The table as the CSV of figures of a package, and what is wrong by cell. Raises SheetUnreadable."""
    sheet = read_sheet(data, HEADINGS, NEEDED)
    problems: list[Problem] = []
    figures: list[Figure] = []
    for row in sheet.rows:
        figure = _figure(row, organisation, problems)
        if figure is not None:
            figures.append(figure)
    if not figures and not problems:
        problems.append(Problem("empty", "", "the table holds no figures; fill in the counts and send it again"))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(figure_rows(suppress(figures, counted_of(definitions()))))
    return out.getvalue().encode(), problems


def _figure(row: SheetRow, organisation: str, problems: list[Problem]) -> Figure | None:
    before = len(problems)

    def wrong(column: str, code: str, sentence: str) -> None:
        problems.append(Problem(code, row.at(column), f"{row.at(column)}: {sentence}"))

    name = row.text("indicator")
    entry: Entry | None = catalogue().get(name)
    if entry is None:
        wrong("indicator", "indicator", f"the catalogue has no indicator {name!r}; correct its name")
    counts: dict[str, Decimal | None] = {}
    for column in ("numerator", "denominator"):
        try:
            counts[column] = row.number(column)
        except ValueError:
            wrong(column, "number", f"{row.text(column)!r} is no number; write digits, such as 10 or 7500,5")
    state = row.text("state") or ("missing" if counts.get("numerator", 0) is None else "value")
    if state not in ("value", *ABSENT):
        wrong("state", "state", f"the state {state!r} is not known; write value, missing or not-applicable, or leave it empty")
    if entry is None or len(problems) > before:
        return None
    definition = definitions().get(name)
    above, below = counts["numerator"], counts["denominator"]
    needs = entry.aggregation == "ratio-of-sums" and (definition is None or definition.denominator is not None)
    if state == "value" and above is None:
        wrong("numerator", "counts", "the count above the line is empty; write it, or say missing in the column State")
    if state == "value" and needs and below is None:
        wrong("denominator", "counts", f"{name} is a ratio; write the count below the line too")
    if len(problems) > before:
        return None
    scale = definition.scale if definition else 100 if entry.unit == "percent" else 1
    if below == 0:
        state = "not-applicable"
    value = None
    if state == "value" and above is not None:
        value = ratio(above, below, scale) if below is not None else (above * scale).quantize(Decimal("0.000001"))
    version = definition.in_force(row.text("period")).version if definition else "1"
    return Figure(
        name, version, organisation, row.text("period"), row.text("breakdown"), above if state == "value" else None, below if state == "value" else None,
        value, entry.unit, state, scale=scale, aggregation=entry.aggregation,
    )  # fmt: skip


def template(periods: Sequence[str], language: str, heads: Sequence[str], title: str, notes: Sequence[str]) -> bytes:
    """An XLSX to fill in: a row for each indicator that is computed and each period of its kind."""
    lines = []
    for definition in definitions().values():
        entry = catalogue()[definition.id]
        for period in periods:
            if ("-" in period) == (entry.period == "academic-year"):
                lines.append(
                    [entry.id, period, None, None, "", entry.titles.get(language) or entry.titles["en"], entry.numerator, entry.denominator]
                )
    widths = (32, 10, 14, 14, 14, 44, 50, 50)
    return write_sheet(title, list(zip(heads, widths)), lines, notes)


__all__ += ["SheetUnreadable"]
