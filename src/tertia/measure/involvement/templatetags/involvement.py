"""Self-assessments in templates."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def named(thing: Any) -> str:
    """A row, column or level in the reader's language."""
    return str(thing.read((get_language() or "en")[:2]))


@register.filter
def level_of(framework: Any, level: Any) -> str:
    return str(framework.level_words(level, (get_language() or "en")[:2]))


@register.filter
def step_of(level: Any, framework: Any) -> int:
    """The shade of a level among the five of the palette."""
    return 1 + round((int(level) - 1) * 4 / (len(framework.levels) - 1))


@register.filter
def agreed(consensus: float) -> str:
    """The consensus of assessors in a word."""
    return _("agree") if consensus >= 0.8 else _("lean one way") if consensus >= 0.5 else _("disagree")


@register.filter
def stable(stability: float) -> str:
    """How far a group is to be trusted (Hennig 2007)."""
    return _("stable") if stability >= 0.75 else _("rather stable") if stability >= 0.6 else _("not to be trusted")
