"""A whole cohort and the shifts that wait for it, as matching knows them; constant queries for any size."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Sum

from tertia.act.activities.models import Participation
from tertia.act.volunteering.cohort_models import CohortPlan
from tertia.act.volunteering.matching import Helper, Slot
from tertia.act.volunteering.models import Profile, Shift, SignUp, Suspension
from tertia.act.volunteering.protection import Work, age_on, touches_night
from tertia.act.volunteering.queries import coming_shifts, protection_rules
from tertia.core.parties.models import Membership, Person
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year

__all__ = ["OUTCOMES", "ages_in", "cohort_of", "helper_of", "missing_to", "shifts_for", "slots_of"]

#: how study says which outcomes are missing to whom, and which are reached where: (people → person: codes, opportunities → opportunity: codes)
OUTCOMES: list[tuple[Callable[[Iterable[int]], dict[int, set[str]]], Callable[[Iterable[int]], dict[int, set[str]]]]] = []


def shifts_for(plan: CohortPlan) -> list[Shift]:
    """Shifts of the university with free places, in the days of the plan, whose host is not suspended."""
    now = clock.now()
    closed = Suspension.objects.filter(owner=plan.owner, lifted_on=None).values("host")
    rows = coming_shifts(now).filter(opportunity__owner=plan.owner, opportunity__state="open", taken__lt=F("places"), starts_at__lt=now + dt.timedelta(days=plan.days))  # fmt: skip
    return list(
        rows.exclude(opportunity__host__in=closed).select_related("opportunity__host", "opportunity__owner").order_by("starts_at", "pk")
    )


def slots_of(shifts: list[Shift]) -> list[Slot]:
    """Shifts as slots. What age is needed stands beside the languages, as one more thing that everybody there has to have."""
    reached = _merged(reach({s.opportunity_id for s in shifts}) for _missing, reach in OUTCOMES)
    made = []
    for shift in shifts:
        asked, age = shift.opportunity, _age_needed(shift)
        point = (asked.latitude, asked.longitude) if asked.latitude is not None and asked.longitude is not None else None
        needs = {*asked.languages, *([f"age-{age}"] if age else [])}
        made.append(
            Slot(
                shift.pk, shift.starts_at.timestamp(), shift.ends_at.timestamp(), shift.free, frozenset(asked.skills), frozenset(needs), point,
                frozenset(reached.get(asked.pk, ())),
            )
        )  # fmt: skip
    return made


def _age_needed(shift: Shift) -> int:
    starts, ends = shift.local()
    rules = protection_rules(starts.date(), shift.opportunity.owner)
    work = Work(starts, ends, shift.opportunity.min_age, frozenset(shift.opportunity.risks))
    grown = bool(work.risks & rules.forbidden_to_minors) or (not rules.minors_at_night and touches_night(work, rules))
    return max(shift.opportunity.min_age or 0, rules.adult_age if grown else 0)


def ages_in(slots: list[Slot]) -> list[int]:
    """The ages from which some of the slots may be taken."""
    return sorted({int(code.removeprefix("age-")) for slot in slots for code in slot.languages if code.startswith("age-")})


def cohort_of(plan: CohortPlan, slots: list[Slot]) -> list[Helper]:
    """The students in force whom a letter reaches, with what they can do, what they miss, how much they have helped, when they are taken."""
    today = clock.today()
    members = Membership.objects.in_force(today).filter(organisation=plan.owner, standing="student")
    if plan.unit_id:
        members = members.filter(unit=plan.unit_id)
    people: Any = Person.objects.filter(pk__in=members.values("person"), erased_at=None).exclude(email="")
    profiles = {p.person_id: p for p in Profile.objects.filter(person__in=people.values("pk"))}
    ages = ages_in(slots)
    year = academic_year(today)
    hours = dict(
        Participation.objects.filter(person__in=people.values("pk"), sheet__starts_on__gte=year.start).values_list("person").annotate(h=Sum("hours_signed")).order_by()
    )  # fmt: skip
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for who, starts, ends in SignUp.objects.filter(person__in=people.values("pk"), shift__called_off=False, shift__ends_at__gt=clock.now()).values_list("person", "shift__starts_at", "shift__ends_at"):  # fmt: skip
        spans[who].append((starts.timestamp(), ends.timestamp()))
    found = [(pk, born) for pk, born in people.order_by("pk").values_list("pk", "birth_date") if not plan.told_only or pk in profiles]
    missing = missing_to([pk for pk, _born in found])
    return [
        helper_of(pk, born, profiles.get(pk), ages, today, missing.get(pk, set()), float(hours.get(pk) or 0), spans.get(pk, []))
        for pk, born in found
    ]


def helper_of(
    pk: int, born: dt.date | None, profile: Profile | None, ages: list[int], today: dt.date, missing: set[str], hours: float, spans: list[tuple[float, float]]
) -> Helper:  # fmt: skip
    """A person as matching knows him; without a profile he speaks the three languages of the country's universities."""
    # without a date of birth nobody is left out: whoever signs up is asked for it
    old = [f"age-{age}" for age in ages if born is None or age_on(born, today) >= age]
    speaks = profile.languages if profile else ("kk", "ru", "en")
    point = (profile.latitude, profile.longitude) if profile and profile.latitude is not None and profile.longitude is not None else None
    return Helper(
        pk, frozenset(profile.skills if profile else ()), frozenset({*speaks, *old}), point, frozenset(missing), hours, tuple(spans)
    )


def missing_to(people: list[int]) -> dict[int, set[str]]:
    """The outcomes of study that are still missing to each person."""
    return _merged(ask(people) for ask, _reach in OUTCOMES)


def _merged(parts: Iterable[dict[int, set[str]]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for part in parts:
        for pk, codes in part.items():
            found[pk] |= codes
    return found
