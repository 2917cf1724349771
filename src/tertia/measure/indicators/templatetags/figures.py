"""Figures in templates."""

from typing import Any

from django import template
from django.utils.translation import get_language

from tertia.measure.indicators.queries import figure_words, unit_words

register = template.Library()


@register.filter
def figure_words_of(figure: Any) -> str:
    """Value with unit, or which of the four other things it is."""
    return figure_words(figure)


@register.filter
def unit_of(figure: Any) -> str:
    return unit_words(figure.unit) if figure and figure.state == "value" and figure.unit not in ("count", "percent") else ""


@register.filter
def unit_name(unit: str) -> str:
    return unit_words(unit)


@register.filter
def large(figure: Any) -> str:
    """The value alone, as it stands large above its unit."""
    words = figure_words(figure)
    unit = unit_of(figure)
    return words.removesuffix(unit).strip() if unit else words


@register.simple_tag
def title_of(entry: Any) -> str:
    """The title of a catalogue's indicator in the page's language, else in English."""
    return str(entry.titles.get((get_language() or "en")[:2]) or entry.titles["en"])


@register.filter
def percent_of(share: Any) -> str:
    """A share as whole percent: 0.82 is 82 %."""
    return f"{round(float(share) * 100)} %"


@register.filter
def length_of(share: Any, whole: int) -> int:
    """A share as a length, at most the whole."""
    return round(min(max(float(share), 0.0), 1.0) * whole)
