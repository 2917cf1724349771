"""Parts of a year's report: plan beside fact, needs and which of them wait, what was told, what partners said. Plain data, of what everybody may see."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.periods.years import Period
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Link, OwedAnswer, Record
from tertia.measure.targets.queries import standings, targets_for
from tertia.tell.stories.models import Quote, Story

__all__ = ["answers_to", "needs_of", "plan_of", "stories_of", "voices_of"]

#: so many stand in the report by name; how many there are in all is said
NAMED, VOICES = 30, 12


def plan_of(owner: Any, period: Period, on: dt.date) -> list[dict[str, Any]]:
    """Approved targets of the year beside their figures; marks P1, P2, …"""
    rows = targets_for(ANONYMOUS).filter(owner=owner, period=period.label, state="approved")
    return [
        {
            "mark": f"P{n}", "record": s.target.pk, "indicator": s.target.indicator.slug, "title": s.target.indicator.title.stored(),
            "unit_of": s.target.unit.name.stored() if s.target.unit else {}, "planned": str(s.target.value),
            "baseline": str(s.target.baseline) if s.target.baseline is not None else None, "standing": s.state,
            "fact": {
                "state": s.figure.state if s.figure else "missing", "value": str(s.fact) if s.fact is not None else None,
                "unit": s.figure.unit if s.figure else "",
            },
        }
        for n, s in enumerate(standings(rows, on, ANONYMOUS), start=1)
    ]  # fmt: skip


def needs_of(owner: Any, period: Period, on: dt.date) -> dict[str, Any]:
    """How many needs were raised in the year and answered, and which raised by its end have no answer today, the oldest first."""
    public: Any = Record.objects.visible_to(ANONYMOUS).filter(owner=owner, kind="need", starts_on__lt=period.end)
    sign = KINDS["need"].lifecycle.sign
    states = Counter(public.filter(starts_on__gte=period.start).values_list("state", flat=True))
    told = {s: n for s, n in states.items() if sign(s) in ("done", "open")}
    waiting = public.filter(state__in=[s for s in KINDS["need"].lifecycle.states if sign(s) == "open"]).order_by("starts_on", "pk")
    named = list(waiting[:NAMED])
    planned = set(Link.objects.filter(upper__in=named, relation="answers").values_list("upper_id", flat=True))
    return {
        "raised": sum(told.values()), "answered": sum(n for s, n in told.items() if sign(s) == "done"), "unmet": waiting.count(),
        "named": [
            {"record": r.pk, "title": r.title.stored(), "days": (on - r.starts_on).days if r.starts_on else None, "planned": r.pk in planned}
            for r in named
        ],
    }  # fmt: skip


def stories_of(owner: Any, period: Period) -> list[dict[str, Any]]:
    """What was published in the year, the latest first."""
    rows = _published(owner, period).order_by("-published_at", "-pk")
    return [{"record": s.pk, "title": s.title.stored(), "lead": s.summary.stored(), "on": _day(s.published_at)} for s in rows[:NAMED]]


def _published(owner: Any, period: Period) -> Any:
    return Story.objects.visible_to(ANONYMOUS).filter(
        owner=owner, state="published", published_at__date__gte=period.start, published_at__date__lt=period.end
    )


def _day(moment: dt.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def voices_of(owner: Any, period: Period) -> list[dict[str, Any]]:
    """What partners said: quoted in stories with their consent, and in answers that they gave in the year. Own answers are no voices of others.

    Bodies are named, persons are not: a frozen edition could not forget them.
    """
    quotes = Quote.objects.filter(story__in=_published(owner, period)).exclude(agreed_on=None).select_related("organisation")
    found = [
        {"words": q.words.stored(), "who": q.organisation.name.stored(), "record": q.story_id, "on": q.agreed_on.isoformat()}
        for q in quotes.order_by("-agreed_on", "-pk")[:VOICES]
        if q.agreed_on
    ]
    answers = (
        OwedAnswer.objects.filter(
            record__owner=owner, record__visibility="public", answered_on__gte=period.start, answered_on__lt=period.end
        )
        .exclude(party=owner)
        .exclude(party__parent=owner)
        .select_related("party")
        .order_by("-answered_on", "-pk")
    )
    found += [
        {"words": a.words.stored(), "who": a.party.name.stored(), "record": a.record_id, "on": a.answered_on.isoformat()}
        for a in answers[: VOICES * 4]
        if a.words and a.answered_on
    ]
    return sorted(found, key=lambda v: (v["on"], v["record"]), reverse=True)[:VOICES]


def answers_to(records: Iterable[int]) -> dict[int, dict[str, int]]:
    """How those who were asked stand to each record: {record: {state of the answer: how many}}."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for record, state in OwedAnswer.objects.filter(record__in=list(records)).values_list("record_id", "state"):
        found[record][str(state)] += 1
    return {record: dict(sorted(counts.items())) for record, counts in found.items()}
