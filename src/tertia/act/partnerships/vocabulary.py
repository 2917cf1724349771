"""Words of partnerships: kinds of agreement, renewal, what an assessment says."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

__all__ = ["AGAIN", "CHECKED", "MET", "RENEWAL", "agreement_types", "type_word"]

RENEWAL = {
    "none": _("ends with its term"),
    "automatic": _("goes on by itself unless one side gives notice"),
    "agreed": _("goes on when all sides sign again"),
}
MET = {"yes": _("Yes, it met our need"), "partly": _("Partly"), "no": _("No")}
AGAIN = {"yes": _("Yes, again"), "maybe": _("Perhaps, if something changes"), "no": _("No")}
#: what a check of an electronic signature file says, without asking anybody outside
CHECKED = {
    "fits": _("The electronic signature fits this text. Who issued the certificate, and whether it was valid, was not asked outside."),
    "not-this-text": _("The electronic signature was made over another text than this one."),
    "wrong": _("The electronic signature does not fit: the file or the text was changed."),
    "not-checked": _("Attached, not checked: its algorithm is not known here."),
    "unreadable": _("Attached, not checked: this is no signature file that can be read."),
}


@lru_cache(maxsize=1)
def agreement_types() -> dict[str, dict[str, str]]:
    """Kinds of agreement by code, with their words in three languages."""
    return tomllib.loads((Path(__file__).parent / "data" / "agreement_types.toml").read_text(encoding="utf-8"))


def type_word(code: str) -> str:
    return agreement_types().get(code, {}).get((get_language() or "en")[:2], code)
