"""Words of money: kinds, categories, what happened."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

__all__ = ["KIND_WORDS", "categories", "category_word"]

KIND_WORDS = {
    "income": _("Money that came in"), "spent": _("Money that was spent"), "kind-in": _("Put in by a partner without money"),
    "kind-out": _("Put in by the university without money"),
}  # fmt: skip
declare_event_words(
    {
        "money.write_down": _("Money was written down"),
        "money.strike_out": _("A sum was struck out"),
        "money.state_year": _("The totals of a year were stated"),
    }
)


@lru_cache(maxsize=1)
def categories() -> dict[str, dict[str, str]]:
    """What money may be for, by code, with its words in three languages."""
    file = Path(__file__).parent / "data" / "categories.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def category_word(code: str) -> str:
    words = categories().get(code, {})
    return words.get((get_language() or "en")[:2], code)
