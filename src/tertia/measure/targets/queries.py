"""What is asked of targets: how each stands beside its figure, and its forecast from the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.actor import Actor
from tertia.core.periods.years import Period
from tertia.core.periods.years import period as period_of
from tertia.measure.indicators.engine.catalogue import Entry
from tertia.measure.indicators.engine.compute import Facts
from tertia.measure.indicators.engine.definition import Definition
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.own import known
from tertia.measure.indicators.queries import for_reader
from tertia.measure.targets.curves import STEPS, curves, grows
from tertia.measure.targets.forecast import Forecast, forecast
from tertia.measure.targets.models import Target
from tertia.measure.targets.plan import LAGGING, Plan, direction_of, share_of, state_of

__all__ = ["STANDING_SIGNS", "Standing", "forecasts", "lagging", "standing_words", "standings", "targets_for"]

STANDING_SIGNS = {
    "reached": "done", "on-course": "underway", "open": "open", "behind": "silent", "missed": "declined", "unknown": "none", "not-applicable": "none",
}  # fmt: skip


def standing_words(state: str) -> str:
    """How a target stands, in words that need no colour."""
    return {
        "reached": _("reached"), "on-course": _("on course"), "open": _("open: may or may not be reached"), "behind": _("behind: will fall short"),
        "missed": _("missed"), "unknown": _("fact not known"), "not-applicable": _("not applicable"),
    }[state]  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A target beside its figure."""

    target: Target
    figure: Figure | None
    plan: Plan
    state: str
    share: Decimal | None

    @property
    def words(self) -> str:
        return standing_words(self.state)

    @property
    def sign(self) -> str:
        return STANDING_SIGNS[self.state]

    @property
    def fact(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def lags(self) -> bool:
        return self.target.state == "approved" and self.state in LAGGING


def targets_for(actor: Any) -> Any:
    """Targets that the actor may see, of the whole university first."""
    rows = Target.objects.visible_to(actor).exclude(state="withdrawn")
    return rows.select_related("indicator", "unit", "owner", "responsible").order_by("period", "unit__slug", "indicator_id", "pk")


def standings(targets: Iterable[Target], today: dt.date, actor: Any) -> list[Standing]:
    """Each target with its figure as the actor may see it; two queries, however many there are."""
    rows = list(targets)
    figures = {
        (f.indicator_id, f.period, f.breakdown): f
        for f in for_reader(
            Figure.objects.filter(indicator__in={t.indicator_id for t in rows}, period__in={t.period for t in rows}).select_related("indicator"), actor
        )
    }  # fmt: skip
    defined, entries = known(t.indicator.catalogue_id for t in rows)
    return [
        _standing(
            t,
            figures.get((t.indicator_id, t.period, t.breakdown)),
            today,
            entries[t.indicator.catalogue_id],
            defined.get(t.indicator.catalogue_id),
        )
        for t in rows
    ]


def _standing(target: Target, figure: Figure | None, today: dt.date, entry: Entry, definition: Definition | None) -> Standing:
    plan = Plan(target.value, target.baseline, direction_of(entry.direction, target.value, target.baseline), target.weight)
    fact = figure.value if figure is not None and figure.state == "value" else None
    state = state_of(
        plan, fact, figure.state if figure else "missing", over=period_of(target.period).end <= today,
        grows=definition is not None and grows(definition), low=target.forecast_low, high=target.forecast_high,
    )  # fmt: skip
    return Standing(target, figure, plan, state, share_of(plan, fact))


def lagging(owners: Iterable[int], today: dt.date) -> list[Standing]:
    """Approved targets of these owners that lag and that nobody has commented."""
    rows = Target.objects.filter(owner__in=list(owners), state="approved", comments=None).select_related(
        "indicator", "unit", "owner", "responsible"
    )
    return [s for s in standings(rows.order_by("period", "pk"), today, Actor.system("lagging")) if s.lags]


def forecasts(owner: Any, facts: Facts, today: dt.date, earlier: int = 2) -> Iterator[tuple[Target, Forecast | None]]:
    """The forecast of each target of a running period, from the curves of its figure in it and in the `earlier` periods before."""
    rows = (
        Target.objects.filter(owner=owner, starts_on__lte=today, ends_on__gte=today)
        .exclude(state="withdrawn")
        .select_related("indicator", "unit")
    )
    by_period: dict[str, list[Target]] = {}
    for target in rows:
        by_period.setdefault(target.period, []).append(target)
    defined = known(t.indicator.catalogue_id for some in by_period.values() for t in some)[0]
    for label, targets in by_period.items():
        chosen = {t.indicator.catalogue_id for t in targets if t.indicator.catalogue_id in defined}
        held = [defined[i] for i in sorted(chosen) if facts.hold(defined[i])]
        periods = [*_before(period_of(label), earlier), period_of(label)]
        found = curves(held, facts, owner.slug, periods, today, by_unit=any(t.unit_id for t in targets)) if held else {}
        facts_now = {s.target.pk: s.fact for s in standings(targets, today, Actor.system("forecasts"))}
        for target in targets:
            yield target, _forecast(target, found, periods, facts_now[target.pk], defined.get(target.indicator.catalogue_id))


def _before(period: Period, count: int) -> list[Period]:
    made = [period.before]
    while len(made) < count:
        made.insert(0, made[0].before)
    return made


def _forecast(
    target: Target,
    found: dict[tuple[str, str, str], list[Decimal | None]],
    periods: list[Period],
    fact: Decimal | None,
    definition: Definition | None,
) -> Forecast | None:
    name = target.indicator.catalogue_id
    if definition is None:
        return None
    adds = grows(definition)
    lines = [_numbers(found.get((name, p.label, target.breakdown)), adds) for p in periods]
    *past, now = lines
    if now is None:
        return None
    return forecast(
        now, [p for p in past if p is not None and len(p) == STEPS], steps=STEPS, grows=adds, least=float(fact or 0) if adds else 0.0,
        most=100.0 if definition.unit == "percent" else None,
    )  # fmt: skip


def _numbers(curve: list[Decimal | None] | None, adds: bool) -> list[float] | None:
    """The curve as numbers. Where a group has no row yet, what adds up stands at zero; anything else begins when it is known."""
    if curve is None:
        return None
    if adds:
        return [float(v or 0) for v in curve]
    return None if any(v is None for v in curve) else [float(v) for v in curve if v is not None]
