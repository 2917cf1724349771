"""What is suggested to one person, and why, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.activities.models import Participation
from tertia.act.volunteering.cohort import ages_in, helper_of, missing_to, slots_of
from tertia.act.volunteering.matching import reasons_for, suggest
from tertia.act.volunteering.models import Opportunity, Profile, Shift, SignUp
from tertia.act.volunteering.queries import Filters, coming_shifts, find
from tertia.act.volunteering.words import SKILLS, words_of
from tertia.core.languages.formatting import number
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year

__all__ = ["Suggestion", "suggestions_for", "why_words"]

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
        .select_related("opportunity__host", "opportunity__owner")
        .order_by("starts_at", "pk")[:MOST]
    )
    taken = SignUp.objects.filter(person=actor.person, shift__called_off=False, shift__ends_at__gt=now).select_related("shift")
    mine = {row.shift.opportunity_id for row in taken}
    by_id = {s.pk: s for s in shifts if s.opportunity_id not in mine}
    slots = slots_of(list(by_id.values()))
    spans = [(row.shift.starts_at.timestamp(), row.shift.ends_at.timestamp()) for row in taken]
    pk = actor.person.pk
    helper = helper_of(
        pk, actor.person.birth_date, profile, ages_in(slots), timezone.localdate(now), missing_to([pk])[pk], _hours(pk), spans
    )
    found: list[Suggestion] = []
    for slot, _fit in suggest(helper, slots, most=most * 20):
        shift = by_id[slot.id]
        if all(shift.opportunity_id != one.opportunity.pk for one in found):
            found.append(Suggestion(shift.opportunity, shift, why_words(reasons_for(helper, slot))))
        if len(found) == most:
            break
    return found


def _hours(person: int) -> float:
    year = academic_year(clock.today())
    rows = Participation.objects.filter(person=person, sheet__starts_on__gte=year.start)
    return float(rows.aggregate(h=Sum("hours_signed"))["h"] or 0)


def why_words(reasons: list[tuple[str, Any]]) -> str:
    """The reasons of a fit as one sentence in the active language."""
    language = (get_language() or "en")[:2]
    said = []
    for name, value in reasons:
        if name == "outcome":
            said.append(_("your study still misses: %(outcomes)s") % {"outcomes": ", ".join(sorted({v.rpartition(" ")[2] for v in value}))})
        elif name == "skill":
            said.append(_("you know: %(skills)s") % {"skills": ", ".join(str(w) for w in words_of(value, SKILLS))})
        elif name == "near":
            said.append(_("%(km)s km from you") % {"km": number(value, language)})
        elif name == "few-hours":
            said.append(_("you have helped little this year"))
    return "; ".join(said) or _("you have time, and speak what is needed")
