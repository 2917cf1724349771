"""Which outcomes are still missing to whom, and where they are reached: what study tells to matching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tertia.act.activities.models import Participation
from tertia.act.learning.models import Outcome, Reflection, Tie
from tertia.act.volunteering.cohort import OUTCOMES

__all__ = ["missing_to", "reached_in"]


def missing_to(people: Iterable[int]) -> dict[int, set[str]]:
    """Of courses in which somebody has begun to reflect: the outcomes reached by serving that no signed hours stand for yet.

    An outcome is named by its course and its code, `12 O1`. Drafts of reflections say here only which courses somebody takes.
    """
    ids = set(people)
    taken: dict[int, set[int]] = defaultdict(set)
    for person, course in Reflection.objects.filter(person__in=ids, assessment=None).values_list("person", "course"):
        taken[person].add(course)
    outcomes: dict[int, set[str]] = defaultdict(set)
    wanted = Outcome.objects.filter(course__in={c for cs in taken.values() for c in cs}, third_mission=True, withdrawn=False)
    for course, code in wanted.values_list("course", "code"):
        outcomes[course].add(f"{course} {code}")
    served: dict[int, set[int]] = defaultdict(set)
    rows = Participation.objects.filter(person__in=taken, hours_signed__gt=0, sheet__activity__shift__isnull=False)
    for person, opportunity in rows.values_list("person", "sheet__activity__shift__opportunity").distinct():
        served[person].add(opportunity)
    reached = reached_in({o for os in served.values() for o in os})
    return {
        person: set().union(*(outcomes[c] for c in courses)) - set().union(*(reached.get(o, set()) for o in served[person]))
        for person, courses in taken.items()
    }  # fmt: skip


def reached_in(opportunities: Iterable[int]) -> dict[int, set[str]]:
    """The outcomes that are tied to each opportunity."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Tie.objects.filter(opportunity__in=set(opportunities), outcomes__withdrawn=False)
    for opportunity, course, code in rows.values_list("opportunity", "course", "outcomes__code"):
        found[opportunity].add(f"{course} {code}")
    return found


OUTCOMES.append((missing_to, reached_in))
