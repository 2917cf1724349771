"""Obstacles as sentences in the reader's language: what, why, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tertia.act.volunteering.protection import Obstacle
from tertia.act.volunteering.words import ACCESS, LANGUAGES_WANTED, RISKS, SKILLS, words_of
from tertia.core.languages.formatting import long_date, number, time_range

__all__ = ["moment", "said", "sentence"]


def moment(shift: Any) -> str:
    """`26 November, 17:30 to 19:30` where the shift takes place."""
    language = (get_language() or "en")[:2]
    starts, ends = shift.local()
    return f"{long_date(starts.date(), language, year=False)}, {time_range(starts, ends, language)}"


def sentence(obstacle: Obstacle, shift: Any) -> str:
    language = (get_language() or "en")[:2]
    values: dict[str, Any] = {"shift": moment(shift), **obstacle.values}
    if obstacle.code == "overlap":
        zone = shift.opportunity.zone
        starts, ends = obstacle.values["starts"].astimezone(zone), obstacle.values["ends"].astimezone(zone)
        values["other"] = f"{long_date(starts.date(), language, year=False)}, {time_range(starts, ends, language)}"
    if obstacle.code == "no-rest":
        values |= {k: number(obstacle.values[k], language) for k in ("hours", "most", "rest")}
    if obstacle.code == "forbidden-to-minors":
        values["work"] = ", ".join(str(w) for w in words_of(obstacle.values["risks"], RISKS))
    if obstacle.code == "night":
        values |= {k: f"{obstacle.values[k]:%H:%M}" for k in ("from", "to")}
    return _SENTENCES[obstacle.code]() % values


def said(filters: Any) -> list[str]:
    """The filters in words."""
    said = [filters.text] if filters.text else []
    if filters.days:
        said.append(ngettext("the next %(n)d day", "the next %(n)d days", filters.days) % {"n": filters.days})
    for code, words in ((filters.language, LANGUAGES_WANTED), (filters.skill, SKILLS), (filters.access, ACCESS)):
        said += [str(w) for w in words_of([code], words)]
    if filters.age:
        said.append(_("from %(n)d years") % {"n": filters.age})
    if filters.free:
        said.append(_("with free places"))
    if filters.near:
        said.append(_("the nearest first"))
    return said


_SENTENCES = {
    "birth-date": lambda: _("%(shift)s: write your date of birth once; the law protects volunteers under 18, and nobody else sees it."),
    "too-young": lambda: _("%(shift)s: the host takes volunteers from %(needed)d years; on that day you are %(age)d. Choose another task."),
    "forbidden-to-minors": lambda: _(
        "%(shift)s: under %(adult)d years the law on volunteering forbids this work (%(work)s); on that day you are %(age)d. Choose another task."
    ),
    "night": lambda: _(
        "%(shift)s: under %(adult)d years nobody helps at night, from %(from)s to %(to)s; on that day you are %(age)d. Choose a shift by day."
    ),
    "consent": lambda: _(
        "%(shift)s: under %(below)d years the law asks for the written consent of a parent; on that day you are %(age)d. Ask a parent by the form below; no account is needed."
    ),
    "overlap": lambda: _("%(shift)s: at that time you have promised to be elsewhere (%(other)s). Step back from the one or choose another."),
    "no-rest": lambda: _(
        "%(shift)s: together with your other shifts this is %(hours)s h with less than %(rest)s h of rest between them; the most is %(most)s h. Choose a shift later."
    ),
}  # fmt: skip
