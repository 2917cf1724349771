"""Words of strategies: forms of the social mission, doubts about a measure, steps of writing."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tertia.plan.strategy.vagueness import Doubt

__all__ = ["FIELD_WORDS", "STEPS", "doubt_words", "form_word", "mission_forms"]

#: the steps in which a strategy is written
STEPS = {
    "mission": gettext_lazy("Mission"), "needs": gettext_lazy("Needs"), "capacities": gettext_lazy("What we can do"), "partners": gettext_lazy("Partners"),
    "priorities": gettext_lazy("Priorities"), "measures": gettext_lazy("Measures"), "text": gettext_lazy("Text"),
}  # fmt: skip
FIELD_WORDS = {
    "title": gettext_lazy("Title"), "mission": gettext_lazy("Mission"), "analysis": gettext_lazy("What we can do"), "forms": gettext_lazy("Forms"),
    "starts_on": gettext_lazy("First day"), "ends_on": gettext_lazy("Last day"), "priorities": gettext_lazy("Priorities"), "needs": gettext_lazy("Needs"),
    "partners": gettext_lazy("Partners"), "number": gettext_lazy("Number"), "owner": gettext_lazy("Who answers for it"), "budget": gettext_lazy("Budget, ₸"),
    "target": gettext_lazy("Target"), "proof": gettext_lazy("How it will be seen"), "priority": gettext_lazy("Priority"),
}  # fmt: skip


@lru_cache(maxsize=1)
def mission_forms() -> dict[str, dict[str, str]]:
    """Forms of the social mission by code, with their words in three languages."""
    return tomllib.loads((Path(__file__).parent / "data" / "mission_forms.toml").read_text(encoding="utf-8"))


def form_word(code: str) -> str:
    return mission_forms().get(code, {}).get((get_language() or "en")[:2], code)


def doubt_words(doubt: Doubt) -> str:
    """Why a measure is hard to check, and what to do."""
    return {
        "direction": _("“%(word)s” names a direction, not what will be there afterwards. Say an amount, a thing or a day.")
        % {"word": doubt.word},
        "short": _("The words are too few to tell what will be done."),
        "target-without-number": _("The target “%(word)s” has no number, so nobody can say whether it was reached.") % {"word": doubt.word},
        "long-term": _("It runs for more than five years. Divide it into stages that can be seen."),
    }[doubt.code]
