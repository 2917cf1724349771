"""The words of volunteering that are chosen from: skills, what a place offers to people with disabilities, what is risky."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["ACCESS", "INCIDENTS", "LANGUAGES_WANTED", "RISKS", "SKILLS", "words_of"]

SKILLS: dict[str, Any] = {
    "first-aid": _("first aid"), "children": _("work with children"), "elderly": _("work with older people"), "teaching": _("explaining and teaching"),
    "digital": _("computers and telephones"), "translation": _("translating"), "sign-language": _("sign language"), "law": _("legal advice"),
    "health": _("health and care"), "building": _("repair and building"), "music": _("music and stage"), "photo": _("photography and film"),
    "driving": _("driving"), "ecology": _("nature and environment"), "organising": _("organising people"),
}  # fmt: skip
ACCESS: dict[str, Any] = {
    "step-free": _("no steps"), "lift": _("lift"), "toilet": _("accessible toilet"), "seated": _("can be done sitting"), "quiet": _("quiet room"),
    "sign-language": _("sign language is spoken"), "large-print": _("large print"), "from-home": _("can be done from home"),
}  # fmt: skip
RISKS: dict[str, Any] = {
    "outdoors": _("outdoors in any weather"), "water": _("near water"), "traffic": _("near traffic"), "animals": _("with animals"),
    "heavy": _("heavy work"), "harmful": _("work harmful to health"), "disaster": _("at the place of a disaster"), "convicts": _("with convicted persons"),
}  # fmt: skip
INCIDENTS: dict[str, Any] = {
    "injury": _("somebody was hurt"), "near-miss": _("somebody was nearly hurt"), "conduct": _("somebody behaved badly"),
    "pressure": _("somebody was pressed to take part"), "other": _("something else"),
}  # fmt: skip
LANGUAGES_WANTED: dict[str, Any] = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


def words_of(codes: Any, vocabulary: dict[str, Any]) -> list[Any]:
    """The words of codes, in the order of the vocabulary; unknown codes are passed over."""
    chosen = set(codes or ())
    return [word for code, word in vocabulary.items() if code in chosen]
