"""Who may take a shift: age, kinds of work forbidden to minors, night, rest between shifts. No Django.

The rules of age follow article 12 of the Law of Kazakhstan No. 42-VI of 30 December 2016 on volunteering; all values are dated
rules of the site (`volunteer.*`), none is a constant here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Obstacle", "Rules", "Work", "age_on", "hours_between", "obstacles_of_age", "obstacles_of_rest", "touches_night"]

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Rules:
    """The rules in force on the day of the shift."""

    adult_age: int
    consent_below: int
    forbidden_to_minors: frozenset[str]
    minors_at_night: bool
    night_from: dt.time
    night_to: dt.time
    rest_hours: float
    most_hours: float


@dataclass(frozen=True)
class Work:
    """A shift as it is felt where it takes place: `starts` and `ends` are aware and in the zone of the place."""

    starts: dt.datetime
    ends: dt.datetime
    min_age: int | None = None
    risks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Obstacle:
    """Why not: a code, and what the sentence needs to say."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def age_on(birth: dt.date, day: dt.date) -> int:
    """Full years; who was born on 29 February has a birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def hours_between(starts: dt.datetime, ends: dt.datetime) -> float:
    """Hours that pass between two aware moments, whatever the clocks on the wall do meanwhile."""
    return (ends.astimezone(dt.UTC) - starts.astimezone(dt.UTC)).total_seconds() / 3600


def touches_night(work: Work, rules: Rules) -> bool:
    """Whether a part of the work falls into the night, which may itself reach over midnight."""
    day = work.starts.date() - dt.timedelta(days=1)
    while day <= work.ends.date():
        until = day if rules.night_from < rules.night_to else day + dt.timedelta(days=1)
        begins = dt.datetime.combine(day, rules.night_from, work.starts.tzinfo)
        ends = dt.datetime.combine(until, rules.night_to, work.starts.tzinfo)
        if work.starts < ends and begins < work.ends:
            return True
        day += dt.timedelta(days=1)
    return False


def obstacles_of_age(birth: dt.date | None, work: Work, rules: Rules, *, consent: bool) -> list[Obstacle]:
    """What the person's age forbids, or what is still needed (`birth-date`, `consent`). Empty: may take part."""
    if birth is None:
        return [Obstacle("birth-date")]
    age = age_on(birth, work.starts.date())
    found = []
    if work.min_age is not None and age < work.min_age:
        found.append(Obstacle("too-young", {"age": age, "needed": work.min_age}))
    if age >= rules.adult_age:
        return found
    if forbidden := sorted(work.risks & rules.forbidden_to_minors):
        found.append(Obstacle("forbidden-to-minors", {"age": age, "adult": rules.adult_age, "risks": forbidden}))
    if not rules.minors_at_night and touches_night(work, rules):
        found.append(Obstacle("night", {"age": age, "adult": rules.adult_age, "from": rules.night_from, "to": rules.night_to}))
    if age < rules.consent_below and not consent and not found:
        found.append(Obstacle("consent", {"age": age, "below": rules.consent_below}))
    return found


def obstacles_of_rest(new: Span, taken: Iterable[Span], rules: Rules) -> list[Obstacle]:
    """What the shifts that a person has already leave no room for: overlap, too long without rest, night followed by day.

    Shifts with less than `rest_hours` between them are one stretch of work; a stretch is at most `most_hours` long.
    """
    spans = sorted(taken)
    for there in spans:
        if there[0] < new[1] and new[0] < there[1]:
            return [Obstacle("overlap", {"starts": there[0], "ends": there[1]})]
    stretch = [new]
    for there in reversed([s for s in spans if s[1] <= new[0]]):
        if hours_between(there[1], stretch[0][0]) >= rules.rest_hours:
            break
        stretch.insert(0, there)
    for there in [s for s in spans if s[0] >= new[1]]:
        if hours_between(stretch[-1][1], there[0]) >= rules.rest_hours:
            break
        stretch.append(there)
    total = sum(hours_between(*s) for s in stretch)
    if len(stretch) > 1 and total > rules.most_hours:
        return [Obstacle("no-rest", {"hours": round(total, 2), "most": rules.most_hours, "rest": rules.rest_hours})]
    return []
