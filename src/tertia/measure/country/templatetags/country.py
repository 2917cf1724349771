"""The country in templates."""

from typing import Any

from django import template

from tertia.measure.country.picture import figure_number, why_words
from tertia.measure.country.words import check_words, odd_words, problem_words, state_row

register = template.Library()


@register.filter
def as_figure(value: Any, unit: str) -> str:
    return figure_number(value, unit)


@register.filter
def why(reason: str) -> str:
    return why_words(reason)


@register.filter
def problem(code: str) -> str:
    return problem_words(code)


@register.filter
def check(state: str) -> str:
    return check_words(state)


@register.filter
def odd(reason: str) -> str:
    return odd_words(reason)


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
