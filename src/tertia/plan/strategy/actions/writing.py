"""Writing a strategy, step by step: mission, needs, partners, priorities, measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import move, once
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.strategy.actions.measures import plan_measure
from tertia.plan.strategy.models import ChosenNeed, ChosenPartner, Measure, Priority, Strategy
from tertia.plan.strategy.vocabulary import mission_forms

__all__ = [
    "choose_need", "choose_partner", "drop_choice", "keep_read_measures", "set_priorities", "take_measure", "withdraw_strategy", "write_strategy",
]  # fmt: skip

MAY_WRITE = roles(*WORKERS, of="strategy.owner_id")


@action("strategy.write", may=roles(*WORKERS, of="owner.pk"), about="strategy")
def write_strategy(
    *, by: Any, owner: Any, title: Text, mission: Text, forms: list[str], starts_on: dt.date | None, ends_on: dt.date | None, own_forms: Text | None = None,
    analysis: Text | None = None, strategy: Strategy | None = None,
) -> Strategy:  # fmt: skip
    """A new draft, or other words for one that is open."""
    faults = [Fault("title", _("Say in one sentence what the university wants to be for its society."))] if not title else []
    if set(forms) - set(mission_forms()):
        faults.append(Fault("forms", _("Choose from the list; write other forms in your own words below.")))
    if starts_on and ends_on and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    if faults:
        raise BadInput(*faults)
    if strategy is None:
        strategy = Strategy(
            owner=owner,
            slug=free_slug(owner, "strategy", title),
            author=by.person,
            responsible=by.person,
            visibility=Visibility.OFFICE,
            demonstration=owner.demonstration,
        )
    else:
        strategy = _opened(strategy)
    strategy.title, strategy.mission, strategy.forms, strategy.starts_on, strategy.ends_on = (
        title,
        mission,
        sorted(set(forms)),
        starts_on,
        ends_on,
    )
    strategy.own_forms, strategy.analysis = own_forms or Text({}), analysis if analysis is not None else strategy.analysis
    strategy.save()
    return strategy


def _opened(strategy: Strategy) -> Strategy:
    """Inside an action: the strategy, locked, whose words may be changed. Raises WrongState."""
    strategy = lock(strategy)
    require_state(strategy, "draft", "revising")
    return strategy


@action("strategy.choose_need", may=MAY_WRITE, about="strategy")
def choose_need(*, by: Any, strategy: Strategy, need: Record) -> Strategy:
    """The strategy takes a need up. The need has to be there for whoever chooses it."""
    strategy = _opened(strategy)
    if need.kind not in ("need", "conversation", "recommendation") or not Record.objects.visible_to(by).filter(pk=need.pk).exists():
        raise BadInput(Fault("need", _("Choose a need that is there.")))
    once(ChosenNeed, strategy=strategy, need_id=need.pk)
    return strategy


@action("strategy.choose_partner", may=MAY_WRITE, about="strategy")
def choose_partner(*, by: Any, strategy: Strategy, organisation: Any, words: Text | None = None) -> Strategy:
    strategy = _opened(strategy)
    if organisation.merged_into_id or organisation.pk == strategy.owner_id:
        raise BadInput(Fault("organisation", _("Choose a partner.")))
    row = ChosenPartner.objects.filter(strategy=strategy, organisation=organisation).first() or ChosenPartner(
        strategy=strategy, organisation=organisation
    )
    row.words = words or row.words or Text({})
    row.save()
    return strategy


@action("strategy.drop_choice", may=MAY_WRITE, about="strategy")
def drop_choice(*, by: Any, strategy: Strategy, need_id: int | None = None, organisation_id: int | None = None) -> Strategy:
    """A need or a partner is not taken up after all."""
    strategy = _opened(strategy)
    if need_id:
        strategy.chosen_needs.filter(need=need_id).delete()
    if organisation_id:
        strategy.chosen_partners.filter(organisation=organisation_id).delete()
    return strategy


@action("strategy.set_priorities", may=MAY_WRITE, about="strategy")
def set_priorities(*, by: Any, strategy: Strategy, titles: Sequence[Text]) -> Strategy:
    """What comes first, in this order; measures keep the priority that keeps its words, or its place where only the words changed."""
    strategy = _opened(strategy)
    wanted = [t for t in titles if t]
    if not wanted:
        raise BadInput(Fault("titles", _("Write at least one priority.")))
    there = list(strategy.priorities.all())
    by_words = {str(p.title): p for p in there}
    kept: list[Priority] = []
    for position, title in enumerate(wanted, start=1):
        row = by_words.get(str(title))
        if row is None and len(there) == len(wanted) and str(there[position - 1].title) not in {str(t) for t in wanted}:
            row = there[position - 1]
        row = row or Priority(strategy=strategy, position=position)
        row.title, row.position = title, position
        row.save()
        kept.append(row)
    strategy.priorities.exclude(pk__in=[p.pk for p in kept]).delete()
    return strategy


@action("strategy.take_measure", may=MAY_WRITE, about="strategy")
def take_measure(*, by: Any, strategy: Strategy, measure: Measure, leave: bool = False) -> Strategy:
    """A measure that was planned on its own becomes part of the strategy; `leave` takes it out again."""
    strategy = _opened(strategy)
    measure = lock(measure)
    if measure.owner_id != strategy.owner_id or (measure.strategy_id not in (None, strategy.pk)):
        raise BadInput(Fault("measure", _("It belongs to another strategy.")))
    measure.strategy = None if leave else strategy
    measure.priority = None if leave else measure.priority
    measure.save()
    return strategy


@action("strategy.keep_read", may=MAY_WRITE, about="strategy")
def keep_read_measures(*, by: Any, strategy: Strategy, rows: Sequence[Any], language: str, units: dict[str, Any]) -> list[Measure]:
    """Measures that were read out of a file and that somebody ticked, as part of the open strategy. A number that is there already is skipped."""
    strategy = _opened(strategy)
    there = set(strategy.measures.exclude(number="").values_list("number", flat=True))
    made = []
    for row in rows:
        if row.number and row.number in there:
            continue
        there.add(row.number)
        made.append(
            plan_measure(
                by=by,
                owner=strategy.owner,
                title=Text.of(language, **{language: row.title}),
                answers=None,
                starts_on=row.starts_on or strategy.starts_on,
                ends_on=row.ends_on,
                number=row.number,
                unit=units.get(row.owner.strip().lower()),
                budget=row.budget,
                target=row.target[:200],
                proof=Text.of(language, **{language: row.proof}) if row.proof else None,
                strategy=strategy,
                demonstration=strategy.demonstration,
            )  # fmt: skip
        )
    return made


@action("strategy.withdraw", may=MAY_WRITE, about="strategy")
def withdraw_strategy(*, by: Any, strategy: Strategy) -> Strategy:
    """A draft is given up; its measures stay as measures of their own."""
    strategy = lock(strategy)
    require_state(strategy, "draft")
    strategy.measures.update(strategy=None, priority=None)
    move(strategy, "withdrawn")
    return strategy
