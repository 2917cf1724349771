"""What is asked of strategies and measures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from tertia.core.money.queries import sums_of
from tertia.core.records.models import Link, Record
from tertia.core.rules.queries import rule_on
from tertia.plan.strategy.models import Measure, MeasureNews, Strategy
from tertia.plan.strategy.vagueness import Doubt, doubts

__all__ = [
    "Progress",
    "doubts_of",
    "measures_for",
    "measures_in",
    "measures_without_activity",
    "measures_without_news",
    "progress_of",
    "runs_in",
    "strategies_for",
    "years_of",
]


def strategies_for(actor: Any) -> QuerySet[Strategy]:
    """Strategies that the actor may see: adopted ones are public, drafts are the office's."""
    rows: Any = Strategy.objects.visible_to(actor).exclude(state="withdrawn").select_related("owner")
    return rows.order_by("-starts_on", "-pk")


def measures_for(actor: Any) -> QuerySet[Measure]:
    """Measures that the actor may see, in the order of their numbers; `carried` says whether an activity carries one out."""
    carried = Link.objects.filter(upper=OuterRef("pk"), relation="carries-out")
    rows: Any = (
        Measure.objects.visible_to(actor)
        .filter(kind="measure")
        .select_related("unit", "responsible", "owner", "priority")
        .annotate(carried=Exists(carried))
    )
    return rows.order_by("number", "pk")


def measures_in(strategy: Any) -> list[Any]:
    """Measures of a strategy that were not withdrawn, in the order of their numbers."""
    rows = strategy.measures.exclude(state="withdrawn").select_related("unit", "responsible", "priority", "owner")
    return list(rows.order_by("number", "pk"))


def runs_in(measure: Any, year: int) -> bool:
    """Whether its term touches a calendar year."""
    return bool(measure.starts_on and measure.ends_on and measure.starts_on.year <= year <= measure.ends_on.year)


def years_of(measures: list[Any]) -> list[int]:
    """The calendar years that their terms touch."""
    return sorted({y for m in measures if m.starts_on and m.ends_on for y in range(m.starts_on.year, m.ends_on.year + 1)})


#: of so many that end soonest those without an activity are looked for
LOOKED_AT = 1_000


def measures_without_activity(owners: frozenset[int], today: dt.date) -> QuerySet[Measure]:
    """Measures under way of these owners that nothing carries out yet, of the LOOKED_AT that end soonest."""
    begun: Any = Measure.objects.filter(kind="measure", owner__in=owners, state__in=("planned", "underway"), starts_on__lte=today)
    soonest = begun.order_by("ends_on", "pk").values("pk")[:LOOKED_AT]
    carried = Link.objects.filter(upper=OuterRef("pk"), relation="carries-out")
    rows: Any = Measure.objects.filter(pk__in=soonest)
    return rows.filter(~Exists(carried)).select_related("unit").order_by("ends_on", "pk")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Progress:
    """What activities and evidence show of a measure: held, signed by hosts, spent for it, and the day of the last of them."""

    held: int = 0
    signed: int = 0
    spent: Decimal = Decimal(0)
    last: dt.date | None = None


def progress_of(measures: list[Any]) -> dict[int, Progress]:
    """Of each measure what was done for it. Four queries, however many there are."""
    ids = [m.pk for m in measures]
    links = list(
        Link.objects.filter(upper__in=ids, relation="carries-out").values_list("upper", "lower", "lower__state", "lower__starts_on")
    )
    activities = [lower for _upper, lower, _state, _on in links]
    signed = set(Link.objects.filter(upper__in=activities, relation="hours-of", lower__state="signed").values_list("upper", flat=True))
    sums = sums_of([*ids, *activities])
    found = {}
    for pk in ids:
        mine = [(lower, state, on) for upper, lower, state, on in links if upper == pk]
        held = [(lower, on) for lower, state, on in mine if state == "held"]
        spent = sum((sums.get(r, {}).get("spent", Decimal(0)) for r in (pk, *(lower for lower, _s, _o in mine))), Decimal(0))
        found[pk] = Progress(
            len(held), sum(lower in signed for lower, _on in held), spent, max((on for _lower, on in held if on), default=None)
        )
    return found


def measures_without_news(owner: Any, today: dt.date) -> QuerySet[Measure]:
    """Under way, and for longer than the rule says no activity, no word and no question: their owners are asked."""
    before = today - dt.timedelta(days=rule_on("measure.news_days", today, owner))
    lately = Link.objects.filter(upper=OuterRef("pk"), relation="carries-out", lower__starts_on__gte=before)
    said = MeasureNews.objects.filter(measure=OuterRef("pk"), on__gte=before)
    rows: Any = Measure.objects.filter(owner=owner, state="underway", starts_on__lt=before).exclude(asked_on__gte=before)
    return rows.filter(~Exists(lately), ~Exists(said)).select_related("owner", "responsible", "unit").order_by("pk")


def doubts_of(measure: Any) -> list[Doubt]:
    """What makes a measure hard to check."""
    titles = [words for words, _state in measure.title.versions.values()]
    proof = [words for words, _state in measure.proof.versions.values()]
    return doubts(titles, measure.target, proof, measure.starts_on, measure.ends_on)


def last_news(measures: list[Any]) -> dict[int, dt.date]:
    return dict(MeasureNews.objects.filter(measure__in=measures).order_by().values_list("measure").annotate(last=Max("on")))


def needs_to_choose(actor: Any, strategy: Any) -> QuerySet[Record]:
    """Needs that are there and not taken up yet, those with an answer owed first."""
    there = strategy.chosen_needs.values("need")
    rows: Any = (
        Record.objects.visible_to(actor).filter(kind="need", owner=strategy.owner_id).filter(Q(state__in=("raised", "asked", "answered")))
    )
    return rows.exclude(pk__in=there).order_by("state", "-created_at")
