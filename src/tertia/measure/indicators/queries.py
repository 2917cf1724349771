"""What is asked of figures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import number
from tertia.measure.indicators.models import Figure, Indicator

__all__ = ["figure_lines", "figure_words", "latest_totals", "unit_words"]


def unit_words(unit: str) -> str:
    """The unit in the reader's language."""
    known = {
        "percent": _("percent"), "hours": _("hours"), "count": _("number"), "people": _("people"), "days": _("days"),
        "hours per student": _("hours per student"), "credits": _("credits"), "KZT": _("tenge"), "attendances": _("attendances"),
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


def latest_totals(indicators: Iterable[Any], period: str = "") -> dict[int, Figure]:
    """The total of each indicator: of the period, else of the latest one."""
    rows = Figure.objects.filter(indicator__in=[i.pk for i in indicators], breakdown="")
    if period:
        rows = rows.filter(period=period)
    return {row.indicator_id: row for row in rows.order_by("period")}


def figure_lines(records: list[Any]) -> dict[int, str]:
    """What the thread says under an indicator."""
    found = latest_totals(records)
    return {r.pk: (f"{found[r.pk].period}: " if r.pk in found else "") + figure_words(found.get(r.pk)) for r in records}


def indicators_for(actor: Any) -> Any:
    return Indicator.objects.visible_to(actor).select_related("owner").order_by("pk")
