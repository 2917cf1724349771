"""Targets of the demonstration: each starts from the figure of the year before, as planning offices do it."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.periods.years import Period
from tertia.core.records.actions import link_records
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.measure.indicators.models import Figure
from tertia.measure.targets.actions import Proposal, comment_lag, decide_target, propose_target
from tertia.measure.targets.models import Target
from tertia.measure.targets.queries import standings
from tertia.plan.strategy.actions import plan_measure

__all__ = ["plan_targets", "say_what_lags"]

#: indicator, growth that is planned for a year, weight, whether each faculty has its own
PLANNED: tuple[tuple[str, str, str, bool], ...] = (
    ("volunteer-hours-total", "1.15", "3", True),
    ("student-volunteers-share", "1.10", "2", True),
    ("active-partners", "1.20", "2", False),
    ("confirmed-records-share", "1.05", "2", False),
    ("needs-addressed-share", "1.25", "1", False),
)


def plan_targets(cast: Cast, years: list[Period], day: dt.date) -> None:
    """Targets of the last closed year and of the running one, proposed by the office; the leader leaves two undecided."""
    for before, year in zip(years, years[1:]):
        on = year.start + dt.timedelta(days=9)
        if on > day:
            continue
        with clock.at(on, 11):
            made = [_propose(cast, figure, growth, weight, before, year, on) for figure, growth, weight in _starts(cast, before)]
            undecided = 2 if year is years[-1] else 0
            for target in made[: len(made) - undecided]:
                decide_target(by=cast.actor("leader", on), target=target, approve=True, on=on)


def _starts(cast: Cast, before: Period) -> list[tuple[Figure, str, str]]:
    found = []
    for catalogue_id, growth, weight, by_unit in PLANNED:
        rows = Figure.objects.filter(
            indicator__owner=cast.university, indicator__catalogue_id=catalogue_id, period=before.label, state="value", value__gt=0
        )
        for figure in rows.select_related("indicator").order_by("breakdown"):
            if not figure.breakdown or (by_unit and figure.breakdown.removeprefix("unit=") in cast.units):
                found.append((figure, growth, weight if not figure.breakdown else "1"))
    return found


def _propose(cast: Cast, figure: Figure, growth: str, weight: str, before: Period, year: Period, on: dt.date) -> Target:
    assert figure.value is not None
    value = figure.value * Decimal(growth)
    step = Decimal(10) if value >= 200 else Decimal(1)
    value = (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    unit = cast.units.get(figure.breakdown.removeprefix("unit="))
    proposal = Proposal(
        figure.indicator, year.label, min(value, Decimal(100)) if figure.unit == "percent" else value, unit, figure.value.quantize(Decimal("0.1")),
        before.label, Decimal(weight), cast.people["editor" if unit else "office"],
    )  # fmt: skip
    return propose_target(by=cast.actor("office", on), owner=cast.university, proposal=proposal, demonstration=True)


def say_what_lags(cast: Cast, day: dt.date) -> None:
    """The office says why the first of the targets that lag does so, and plans a measure; the others still owe their words."""
    rows = Target.objects.filter(owner=cast.university, state="approved").select_related("indicator", "unit").order_by("-period", "pk")
    lags = [s for s in standings(rows, day, SYSTEM) if s.lags]
    if not lags:
        return
    content: dict[str, Any] = load("targets")
    chosen, on = lags[0].target, day
    with clock.at(on, 8):
        office = cast.actor("office", on)
        comment_lag(by=office, target=chosen, words=text(content["comment"]), on=on, fact=lags[0].fact, standing=lags[0].state)
        measure = plan_measure(
            by=office, owner=cast.university, title=text(content["measure"]), summary=Text({}), answers=None, starts_on=on,
            ends_on=on + dt.timedelta(days=200), unit=cast.units["third-mission-office"], responsible=cast.people["office"], budget=Decimal(0),
            number="C1", demonstration=True,
        )  # fmt: skip
        link_records(by=SYSTEM, lower=measure, relation="corrects", upper=chosen)
