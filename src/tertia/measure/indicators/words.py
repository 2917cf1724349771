"""A definition in plain words of the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.measure.indicators.engine.definition import Definition, Side

__all__ = ["definition_words", "side_words"]


def definition_words(definition: Definition) -> list[tuple[str, str]]:
    """What stands above and below the line, as pairs of a heading and a sentence."""
    found = [(_("Above the line"), side_words(definition.numerator))]
    if definition.denominator is not None:
        found.append((_("Below the line"), side_words(definition.denominator)))
    return found


def side_words(side: Side) -> str:
    """One side as a sentence; tables and columns keep the names under which they are exported."""
    if side.constant is not None:
        return _("the fixed number %(number)s") % {"number": side.constant}
    names = {"table": side.table, "column": side.column, "by": side.by}
    measured = {
        "count": _("how many rows of %(table)s"),
        "sum": _("the sum of %(column)s in %(table)s"),
        "distinct": _("how many different values of %(column)s in %(table)s"),
        "median": _("the median of %(column)s in %(table)s; a row without it still waits"),
        "returning": _("how many values of %(column)s in %(table)s were there in the period before too"),
        "former": _("how many values of %(column)s in %(table)s were there in the period before"),
        "lasting": _("how many values of %(column)s in %(table)s were there in both periods before too"),
        "top10": _("how many rows of %(table)s belong to the ten values of %(column)s with most rows"),
        "tenth": _("the sum of %(by)s over the tenth of the values of %(column)s in %(table)s with the largest sum"),
    }[side.measure] % names
    conditions = [_condition(*condition) for condition in side.where]
    return _("%(measured)s, where %(conditions)s") % {"measured": measured, "conditions": "; ".join(conditions)} if conditions else measured


def _condition(column: str, operator: str, value: Any) -> str:
    if operator == "known":
        return (_("%(column)s is known") if value else _("%(column)s is not known")) % {"column": column}
    patterns = {
        "is": _("%(column)s is %(value)s"), "not": _("%(column)s is not %(value)s"), "in": _("%(column)s is one of %(value)s"),
        "at-least": _("%(column)s is at least %(value)s"), "at-most": _("%(column)s is at most %(value)s"),
    }  # fmt: skip
    words = ", ".join(map(_value, value)) if isinstance(value, tuple) else _value(value)
    return patterns[operator] % {"column": column, "value": words}


def _value(value: Any) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
