"""Proposing, deciding and commenting targets; forecasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles
from tertia.core.languages.text import Text
from tertia.core.periods.years import period as period_of
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.measure.indicators.models import Indicator
from tertia.measure.indicators.own import known
from tertia.measure.targets.forecast import Forecast
from tertia.measure.targets.models import LagComment, Target

__all__ = ["Proposal", "comment_lag", "decide_target", "propose_target", "save_sheet", "withdraw_target", "write_forecasts"]


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes; `unit` None means the whole university."""

    indicator: Indicator
    period: str
    value: Decimal
    unit: Any = None
    baseline: Decimal | None = None
    baseline_period: str = ""
    weight: Decimal = Decimal(1)
    responsible: Any = None

    @property
    def said(self) -> dict[str, Any]:
        """What may be said anew of a target, by the name of its field."""
        names = ("value", "baseline", "baseline_period", "weight", "responsible")
        return {name: getattr(self, name) for name in names}

    def stands_as(self, target: Target) -> bool:
        """Whether a target that stands says the same already."""
        return target.state in ("approved", "proposed") and all(getattr(target, k) == v for k, v in self.said.items())

    @property
    def slug(self) -> str:
        return "-".join([self.indicator.catalogue_id, self.period, *([self.unit.slug] if self.unit else [])])[:120]


def faults_of(owner: Any, p: Proposal) -> list[Fault]:
    """Everything that is wrong with a proposal, by the name of its field."""
    found = []
    defined, entries = known([p.indicator.catalogue_id])
    entry = entries[p.indicator.catalogue_id]
    if p.indicator.owner_id != owner.pk:
        found.append(Fault("indicator", _("This indicator is another university’s. Choose one of your own.")))
    for name, label in (("period", p.period), ("baseline_period", p.baseline_period)):
        if name == "baseline_period" and not label:
            continue
        try:
            academic = "-" in period_of(label).label
        except ValueError:
            found.append(
                Fault(
                    name, _("“%(label)s” is no period. Write 2026-27 for an academic year or 2026 for a calendar year.") % {"label": label}
                )
            )
            continue
        if academic != (entry.period == "academic-year"):
            kind = _("an academic year, such as 2026-27") if entry.period == "academic-year" else _("a calendar year, such as 2026")
            found.append(Fault(name, _("This indicator is counted by %(kind)s.") % {"kind": kind}))
    for name, number in (("value", p.value), ("baseline", p.baseline), ("weight", p.weight)):
        if number is not None and number < 0:
            found.append(Fault(name, _("A number below zero is not taken here.")))
        elif number is not None and entry.unit == "percent" and number > 100 and name != "weight":
            found.append(Fault(name, _("A share is at most 100 percent.")))
        elif number is not None and number > Decimal("1e15"):
            found.append(Fault(name, _("The number is too large to be meant.")))
    if p.unit is not None:
        definition = defined.get(p.indicator.catalogue_id)
        if p.unit.parent_id != owner.pk:
            found.append(Fault("unit", _("This unit is not one of your university.")))
        elif definition is not None and "unit" not in definition.dimensions:
            found.append(Fault("unit", _("This figure is not counted by unit. Plan it for the whole university.")))
    return found


@action("targets.propose", may=roles(*OFFICE, of="owner.pk"))
def propose_target(*, by: Any, owner: Any, proposal: Proposal, demonstration: bool = False) -> Target:
    """Propose a target, or propose another value of one that stands: it is then to be approved anew."""
    faults = faults_of(owner, proposal)
    if faults:
        raise BadInput(*faults)
    return _propose(by, owner, proposal, demonstration)


def _propose(by: Any, owner: Any, p: Proposal, demonstration: bool = False) -> Target:
    found = Target.objects.filter(owner=owner, slug=p.slug).first()
    there = lock(found) if found is not None else Target(owner=owner, slug=p.slug, indicator=p.indicator, period=p.period, unit=p.unit)
    if found is not None and p.stands_as(there):
        return there
    span = period_of(p.period)
    there.title, there.number, there.author, there.demonstration = p.indicator.title, p.period, by.person, demonstration
    there.starts_on, there.ends_on, there.visibility, there.state = span.start, span.last_day, Visibility.OFFICE, "proposed"
    there.decided_by, there.decided_on = None, None
    there.forecast = there.forecast_low = there.forecast_high = there.forecast_on = None
    for name, value in p.said.items():
        setattr(there, name, value)
    there.save()
    return there


@action("targets.save_sheet", may=roles(*OFFICE, of="owner.pk"), about="owner")
def save_sheet(*, by: Any, owner: Any, proposals: list[Proposal]) -> int:
    """Propose all targets of a table, or none. Returns how many were new or changed."""
    faults = [Fault(f"{n}:{f.where}", f.sentence) for n, p in enumerate(proposals) for f in faults_of(owner, p)]
    if faults:
        raise BadInput(*faults)
    before = dict(Target.objects.filter(owner=owner, slug__in=[p.slug for p in proposals]).values_list("slug", "changed_at"))
    made = [_propose(by, owner, p) for p in proposals]
    return sum(before.get(t.slug) != t.changed_at for t in made)


@action("targets.decide", may=roles("leader", of="target.owner_id"), about="target")
def decide_target(*, by: Any, target: Target, approve: bool, on: dt.date, words: Text | None = None) -> Target:
    """Approve a proposed target, or give it back with a reason. An approved one is public."""
    target = lock(target)
    require_state(target, "proposed")
    if not approve and not words:
        raise BadInput(Fault("words", _("Say why you give it back.")))
    target.decided_by, target.decided_on, target.decision = by.person, on, words or Text({})
    target.visibility = Visibility.PUBLIC if approve else Visibility.OFFICE
    move(target, "approved" if approve else "returned")
    return target


@action("targets.withdraw", may=roles("office", "leader", of="target.owner_id"), about="target")
def withdraw_target(*, by: Any, target: Target) -> Target:
    target = lock(target)
    move(target, "withdrawn")
    return target


@action("targets.comment", may=roles(*OFFICE, of="target.owner_id"), about="target")
def comment_lag(*, by: Any, target: Target, words: Text, on: dt.date, fact: Decimal | None, standing: str) -> LagComment:
    """Say why a target lags and what is done about it; how it stood that day is kept with the words."""
    if not words:
        raise BadInput(Fault("words", _("Say what holds it up and what you do about it.")))
    require_state(target, "approved")
    made = LagComment(target=target, words=words, person=by.person, written_on=on, fact=fact, standing=standing)
    made.save()
    return made


@action("targets.write_forecasts", may=roles(*OFFICE, of="owner.pk"), about="owner")
def write_forecasts(*, by: Any, owner: Any, found: Iterable[tuple[Target, Forecast | None]], on: dt.date) -> int:
    """Keep the forecast of each target; what can no longer be forecast keeps none. Returns how many have one."""
    rows = []
    for target, made in found:
        target.forecast, target.forecast_low, target.forecast_high = (made.value, made.low, made.high) if made else (None, None, None)
        target.forecast_on, target.forecast_basis = (on, made.basis) if made else (None, "")
        rows.append(target)
    Target.objects.bulk_update(rows, ["forecast", "forecast_low", "forecast_high", "forecast_on", "forecast_basis"], batch_size=200)
    return sum(t.forecast is not None for t in rows)
