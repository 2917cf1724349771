"""What an edition of the annual report says, gathered from records, links, answers and figures as plain data."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.parties.models import Organisation
from tertia.core.periods.years import Period
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Link, OwedAnswer, Record
from tertia.measure.indicators.models import Figure, Indicator
from tertia.measure.indicators.queries import for_reader
from tertia.tell.reports.models import ChapterText, Edition
from tertia.tell.reports.year import answers_to, needs_of, plan_of, stories_of, voices_of

__all__ = ["editions_for", "gather", "texts_of"]


def editions_for(actor: Any) -> Any:
    return Edition.objects.visible_to(actor).select_related("owner").order_by("-period", "-edition")


def gather(owner: Any, period: Period, *, on: dt.date) -> dict[str, Any]:
    """The content of an edition: what the public may see of a year, with the ids of the records behind every statement."""
    public = Record.objects.visible_to(ANONYMOUS).filter(owner=owner)
    within = public.filter(starts_on__gte=period.start, starts_on__lt=period.end).exclude(kind="report")
    figures = _figures(owner, period)
    recommendations = _recommendations(public, figures, period)
    return {
        "period": period.label, "university": owner.slug, "name": owner.name.stored(), "written_on": on.isoformat(),
        "demonstration": owner.demonstration, "cycle": _cycle(within), "figures": figures, "texts": texts_of(owner, period),
        "plan": plan_of(owner, period, on), "recommendations": recommendations, "needs": needs_of(owner, period, on),
        "stories": stories_of(owner, period), "voices": voices_of(owner, period),
        "gaps": [r["number"] for r in recommendations if not r["measures"] or not r["activities"]],
        "answers": _answers(owner, period), "silent": _silent(owner, period, on),
    }  # fmt: skip


def texts_of(owner: Any, period: Period) -> dict[str, Any]:
    """What people have written into the chapters, by chapter."""
    rows = ChapterText.objects.filter(owner=owner, period=period.label)
    return {row.chapter: row.words.stored() for row in rows if row.words}


def _cycle(within: Any) -> dict[str, int]:
    """How many records of each kind began in the year, by kind, and of them how many reached their end."""
    counts: Counter[str] = Counter()
    for kind, state, count in within.order_by().values_list("kind", "state").annotate(n=Count("pk")):
        counts[kind] += count
        if KINDS[kind].lifecycle.sign(state) == "done":
            counts[f"{kind}-done"] += count
    return dict(sorted(counts.items()))


def _figures(owner: Any, period: Period) -> list[dict[str, Any]]:
    rows = (
        Figure.objects.filter(indicator__owner=owner, indicator__state="chosen").select_related("indicator").order_by("indicator", "period")
    )
    by_indicator: dict[int, list[Figure]] = defaultdict(list)
    for row in for_reader(rows):
        by_indicator[row.indicator_id].append(row)
    units = {o.slug: o.name.stored() for o in Organisation.objects.filter(parent=owner)}
    found = []
    for i, indicator in enumerate(Indicator.objects.filter(owner=owner, state="chosen").order_by("pk"), start=1):
        mine = by_indicator[indicator.pk]
        total = next((r for r in mine if r.period == period.label and not r.breakdown), None)
        found.append(
            {
                "mark": f"R{i}",
                "indicator": indicator.slug,
                "record": indicator.pk,
                "title": indicator.title.stored(),
                **_figure(total),
                "by": [
                    {"breakdown": r.breakdown, "name": units.get(r.breakdown[5:], {}), **_figure(r)}
                    for r in mine
                    if r.period == period.label and r.breakdown.startswith("unit=")
                ],
                "years": [{"period": r.period, **_figure(r)} for r in mine if not r.breakdown and r.period <= period.label],
            }  # fmt: skip
        )
    return found


def _figure(row: Figure | None) -> dict[str, Any]:
    if row is None:
        return {"state": "missing", "value": None, "unit": "", "rows": 0, "version": ""}
    return {
        "state": row.state, "value": str(row.value) if row.value is not None else None, "unit": row.unit, "rows": row.rows,
        "version": row.version,
    }  # fmt: skip


def _recommendations(public: Any, figures: list[dict[str, Any]], period: Period) -> list[dict[str, Any]]:
    """For each recommendation: its measures in force in the year, their activities of the year, the hours signed, its figures."""
    rows = sorted(public.filter(kind="recommendation", state="adopted", starts_on__lt=period.end), key=_number)
    measures = _below([r.pk for r in rows], "answers")
    activities = _below([m for found in measures.values() for m in found], "carries-out")
    measured = _below([r.pk for r in rows], "measures")
    in_force = set(public.filter(kind="measure", starts_on__lt=period.end, ends_on__gte=period.start).values_list("pk", flat=True))
    held = set(
        public.filter(kind="activity", state="held", starts_on__gte=period.start, starts_on__lt=period.end).values_list("pk", flat=True)
    )
    by_record = {f["record"]: f["mark"] for f in figures}
    answers = answers_to(r.pk for r in rows)
    found = []
    for row in rows:
        own = sorted(m for m in measures.get(row.pk, ()) if m in in_force)
        acts = sorted({a for m in own for a in activities.get(m, ()) if a in held})
        found.append(
            {
                "record": row.pk,
                "number": row.number,
                "title": row.title.stored(),
                "demonstration": row.demonstration,
                "measures": own,
                "activities": acts,
                "answers": answers.get(row.pk, {}),
                "marks": [by_record[i] for i in sorted(measured.get(row.pk, ())) if i in by_record],
            }  # fmt: skip
        )
    return found


def _number(record: Record) -> tuple[Any, ...]:
    return (record.starts_on, record.pk)


def _below(uppers: list[int], relation: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for upper, lower in Link.objects.filter(upper__in=uppers, relation=relation).values_list("upper_id", "lower_id"):
        found[upper].append(lower)
    return found


def _answers(owner: Any, period: Period) -> dict[str, Any]:
    """Questions to others that were sent in the year, and how they were answered."""
    states = Counter(
        OwedAnswer.objects.filter(record__owner=owner, sent_on__gte=period.start, sent_on__lt=period.end).values_list("state", flat=True)
    )
    return {"sent": sum(states.values()), **{str(k): v for k, v in sorted(states.items())}}


def _silent(owner: Any, period: Period, on: dt.date) -> list[dict[str, Any]]:
    """Who has not answered what was sent by the end of the year and was due by the day of writing."""
    rows = OwedAnswer.objects.filter(
        record__owner=owner, record__visibility="public", state__in=("sent", "received"), due_on__lt=on, sent_on__lt=period.end
    ).select_related("party", "record").order_by("sent_on", "pk")  # fmt: skip
    return [
        {
            "record": r.record_id, "title": r.record.title.stored(), "number": r.record.number, "kind": r.record.kind,
            "party": r.party.name.stored(), "days": (on - r.sent_on).days,
        }
        for r in rows
    ]  # fmt: skip
