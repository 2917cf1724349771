"""Planning a measure and taking it through its life."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.strategy.models import Measure

__all__ = ["move_measure", "plan_measure"]


@action("strategy.plan_measure", may=roles(*WORKERS, of="owner.pk"))
def plan_measure(
    *, by: Any, owner: Any, title: Text, answers: Record | None, starts_on: dt.date | None, ends_on: dt.date | None,
    summary: Text | None = None, number: str = "", unit: Any = None, responsible: Any = None, budget: Decimal | None = None,
    target: str = "", demonstration: bool = False,
) -> Measure:  # fmt: skip
    """Plan a measure; from its first day on it answers a recommendation or a need, or corrects a target that lags."""
    faults = []
    if not title:
        faults.append(Fault("title", _("Say in one sentence what will be done.")))
    if starts_on and ends_on and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    if budget is not None and budget < 0:
        faults.append(Fault("budget", _("A budget is not below zero. Write 0 where no money is needed.")))
    if answers is not None and not Record.objects.visible_to(by).filter(pk=answers.pk).exists():
        faults.append(Fault("answers", _("This record is not there for you.")))
    if faults:
        raise BadInput(*faults)
    made = Measure(
        owner=owner, title=title, summary=summary or Text({}), starts_on=starts_on, ends_on=ends_on, number=number, unit=unit,
        responsible=responsible, due_on=ends_on, first_deadline=ends_on, budget=budget, target=target,
        slug=free_slug(owner, "measure", title), visibility=Visibility.PUBLIC, author=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    if answers is not None:
        join(made, "corrects" if answers.kind == "target" else "answers", answers)
    return made


@action("strategy.move_measure", may=roles(*WORKERS, of="measure.owner_id"), about="measure")
def move_measure(*, by: Any, measure: Measure, state: str) -> Measure:
    measure = lock(measure)
    measure.closed_on = clock.today() if state == "done" else None
    move(measure, state)
    return measure
