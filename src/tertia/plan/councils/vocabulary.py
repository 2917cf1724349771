"""Words of councils: kinds, sectors, duties of a seat, how somebody is present, how a vote ended."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

__all__ = ["ANSWERS", "CHOICES", "DUTIES", "FORMS", "ITEM_KINDS", "MODES", "OUTCOMES", "OUTSIDE", "SECTORS", "council_types", "type_word"]

#: on whose side a seat stands; by the role of the person, not by who owns the enterprise
SECTORS = {
    "employer": _("Employers and labour market"),
    "state": _("State bodies"),
    "local": _("Local government"),
    "ngo": _("Civil society"),
    "student": _("Students"),
    "alumni": _("Graduates"),
    "academic": _("University staff"),
    "other": _("Others from outside"),
}
#: who is not of the university itself
OUTSIDE = ("employer", "state", "local", "ngo", "alumni", "other")
DUTIES = {"chair": _("Chair"), "deputy-chair": _("Deputy chair"), "secretary": _("Secretary"), "member": _("Member")}
ANSWERS = {"waiting": _("not answered yet"), "accepted": _("will come"), "declined": _("will not come"), "deputy": _("sends a deputy")}
MODES = {"site": _("in the room"), "afar": _("from afar")}
ITEM_KINDS = {
    "report": _("Report"),
    "decision": _("To be decided"),
    "minutes": _("Minutes of the last meeting"),
    "due": _("Decisions that are due"),
    "other": _("Other business"),
}
FORMS = {"open": _("Open vote"), "secret": _("Secret vote"), "roll-call": _("Roll call")}
CHOICES = {"for": pgettext_lazy("vote", "For"), "against": pgettext_lazy("vote", "Against"), "abstain": pgettext_lazy("vote", "Abstain")}
OUTCOMES = {
    "carried": _("carried"),
    "lost": _("not carried"),
    "tie": _("a tie, so not carried"),
    "no-quorum": _("void: no quorum"),
    "dropped": _("taken back"),
}


@lru_cache(maxsize=1)
def council_types() -> dict[str, dict[str, Any]]:
    """Kinds of council by code: words in three languages and the order in which one begins."""
    return tomllib.loads((Path(__file__).parent / "data" / "council_types.toml").read_text(encoding="utf-8"))


def type_word(code: str) -> str:
    return str(council_types().get(code, {}).get((get_language() or "en")[:2], code))
