"""What is suggested to one person, and why, in a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.models import Participation
from tertia.act.volunteering.matching import Helper, Slot, reasons_for, suggest
from tertia.act.volunteering.models import Opportunity, Profile, Shift, SignUp
from tertia.act.volunteering.queries import Filters, coming_shifts, find
from tertia.act.volunteering.words import SKILLS, words_of
from tertia.core.languages.formatting import number
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year

__all__ = ["Suggestion", "suggestions_for"]

#: how many shifts of how many days are looked at
MOST, DAYS = 1500, 60


@dataclass(frozen=True)
class Suggestion:
    opportunity: Opportunity
    shift: Shift
    why: str


def suggestions_for(actor: Any, most: int = 3) -> list[Suggestion]:
    """The best fitting tasks for somebody who has said what he can do; nothing for whoever has not. Constant queries."""
    profile = Profile.objects.filter(person=actor.person).first() if actor.person else None
    if profile is None:
        return []
    now = clock.now()
    there = find(actor, Filters(free=True, days=DAYS), now=now)
    shifts = list(
        coming_shifts(now)
        .filter(opportunity__in=there.values("pk"), taken__lt=F("places"))
        .select_related("opportunity__host")
        .order_by("starts_at")[:MOST]
    )
    taken = SignUp.objects.filter(person=actor.person, shift__called_off=False, shift__ends_at__gt=now).select_related("shift")
    mine = {row.shift.opportunity_id for row in taken}
    helper = _helper(profile, [(row.shift.starts_at, row.shift.ends_at) for row in taken])
    by_id = {s.pk: s for s in shifts if s.opportunity_id not in mine}
    found: list[Suggestion] = []
    for slot, _fit in suggest(helper, [_slot(s) for s in by_id.values()], most=most * 20):
        shift = by_id[slot.id]
        if all(shift.opportunity_id != one.opportunity.pk for one in found):
            found.append(Suggestion(shift.opportunity, shift, _words(reasons_for(helper, slot))))
        if len(found) == most:
            break
    return found


def _helper(profile: Profile, spans: list[tuple[dt.datetime, dt.datetime]]) -> Helper:
    year = academic_year(clock.today())
    hours = (
        Participation.objects.filter(person=profile.person_id, sheet__starts_on__gte=year.start).aggregate(h=Sum("hours_signed"))["h"] or 0
    )
    point = (profile.latitude, profile.longitude) if profile.latitude is not None and profile.longitude is not None else None
    return Helper(
        profile.person_id, frozenset(profile.skills), frozenset(profile.languages), point, frozenset(), float(hours),
        tuple((a.timestamp(), b.timestamp()) for a, b in spans),
    )  # fmt: skip


def _slot(shift: Shift) -> Slot:
    asked = shift.opportunity
    point = (asked.latitude, asked.longitude) if asked.latitude is not None and asked.longitude is not None else None
    return Slot(
        shift.pk, shift.starts_at.timestamp(), shift.ends_at.timestamp(), shift.free, frozenset(asked.skills), frozenset(asked.languages), point
    )  # fmt: skip


def _words(reasons: list[tuple[str, Any]]) -> str:
    language = (get_language() or "en")[:2]
    said = []
    for name, value in reasons:
        if name == "skill":
            said.append(_("you know: %(skills)s") % {"skills": ", ".join(str(w) for w in words_of(value, SKILLS))})
        elif name == "near":
            said.append(_("%(km)s km from you") % {"km": number(value, language)})
        elif name == "few-hours":
            said.append(_("you have helped little this year"))
    return "; ".join(said) or _("you have time, and speak what is needed")
