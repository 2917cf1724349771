"""The country in templates."""

from typing import Any

from django import template

from tertia.measure.country.picture import figure_number, why_words
from tertia.measure.country.words import check_words, odd_words, problem_words, state_row

register = template.Library()


register.filter("as_figure", figure_number)
register.filter("why", why_words)
register.filter("problem", problem_words)
register.filter("check", check_words)
register.filter("odd", odd_words)


@register.filter
def sign_of(hand_in: Any) -> str:
    return state_row(hand_in)[0]


@register.filter
def state_of(hand_in: Any) -> str:
    return state_row(hand_in)[1]


@register.filter
def interval(estimate: Any, unit: str) -> str:
    """`(2.4–3.9)`; nothing where nobody is missing."""
    if estimate.low == estimate.high:
        return ""
    return f"({figure_number(estimate.low, unit)}–{figure_number(estimate.high, unit)})"
