"""Targets in templates."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from tertia.core.languages.formatting import number
from tertia.measure.indicators.charts import bare_words
from tertia.measure.indicators.queries import figure_words
from tertia.measure.targets.queries import standing_words

register = template.Library()


@register.filter
def rounded(value: Any) -> str:
    """Three digits that count: an interval is not known more exactly."""
    value = Decimal(value)
    places = max(0, 2 - value.adjusted()) if value else 0
    return number(value.quantize(Decimal(1).scaleb(-min(places, 2))), (get_language() or "en")[:2])


@register.filter
def standing_of(state: str) -> str:
    return standing_words(state)


@register.filter
def count_of(dry: Any, change: str) -> int:
    return int(dry.count(change))


@register.filter
def measured(value: Any, figure: Any) -> str:
    """A planned number as its figure is written: a share with its sign."""
    text = number(Decimal(value), (get_language() or "en")[:2])
    return f"{text} %" if figure is not None and figure.unit == "percent" else text


@register.filter
def bare_words_of(figure: Any) -> str:
    """A figure's value without its unit, which stands beside its name; or what it is instead of a value."""
    return bare_words(figure, (get_language() or "en")[:2]) if figure else figure_words(None)
