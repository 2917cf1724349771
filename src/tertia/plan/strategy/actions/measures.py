"""Planning a measure, changing it while its strategy is open, taking it through its life, asking its owner for news."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, itself, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.periods import clock
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.strategy.models import Measure, MeasureNews, Strategy, Wait
from tertia.plan.strategy.order import circle

__all__ = ["ask_for_news", "change_measure", "move_measure", "plan_measure", "say_news", "wait_for"]


@action("strategy.plan_measure", may=roles(*WORKERS, of="owner.pk"))
def plan_measure(
    *, by: Any, owner: Any, title: Text, answers: Record | None, starts_on: dt.date | None, ends_on: dt.date | None,
    summary: Text | None = None, number: str = "", unit: Any = None, responsible: Any = None, budget: Decimal | None = None,
    target: str = "", proof: Text | None = None, strategy: Strategy | None = None, priority: Any = None, demonstration: bool = False,
) -> Measure:  # fmt: skip
    """Plan a measure; from its first day on it answers a recommendation or a need, or corrects a target that lags.

    In a strategy it may lack owner, term and proof while the strategy is being written; adopted it cannot be without them.
    """
    faults = _faults(title, starts_on, ends_on, budget)
    if answers is not None and not Record.objects.visible_to(by).filter(pk=answers.pk).exists():
        faults.append(Fault("answers", _("This record is not there for you.")))
    if strategy is not None and (strategy.owner_id != owner.pk or not strategy.is_open):
        faults.append(Fault("strategy", _("The strategy is adopted or under approval. Open it for a new version first.")))
    if faults:
        raise BadInput(*faults)
    made = Measure(
        owner=owner, title=title, summary=summary or Text({}), starts_on=starts_on, ends_on=ends_on, number=number, unit=unit,
        responsible=responsible, due_on=ends_on, first_deadline=ends_on, budget=budget, target=target, proof=proof or Text({}), strategy=strategy,
        priority=priority, slug=free_slug(owner, "measure", title), author=by.person, demonstration=demonstration,
        visibility=Visibility.PUBLIC if strategy is None else Visibility.OFFICE,
    )  # fmt: skip
    made.save()
    if answers is not None:
        join(made, "corrects" if answers.kind == "target" else "answers", answers)
    return made


def _faults(title: Text, starts_on: dt.date | None, ends_on: dt.date | None, budget: Decimal | None) -> list[Fault]:
    faults = []
    if not title:
        faults.append(Fault("title", _("Say in one sentence what will be done.")))
    if starts_on and ends_on and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    if budget is not None and budget < 0:
        faults.append(Fault("budget", _("A budget is not below zero. Write 0 where no money is needed.")))
    return faults


@action("strategy.change_measure", may=roles(*WORKERS, of="measure.owner_id"), about="measure")
def change_measure(
    *, by: Any, measure: Measure, title: Text, starts_on: dt.date | None, ends_on: dt.date | None, summary: Text | None = None, number: str = "", unit: Any = None,
    responsible: Any = None, budget: Decimal | None = None, target: str = "", proof: Text | None = None, priority: Any = None,
) -> Measure:  # fmt: skip
    """Change what is planned. A measure of an adopted strategy is frozen until the strategy is opened for a new version."""
    measure = lock(measure)
    faults = _faults(title, starts_on, ends_on, budget)
    if measure.strategy is not None and not measure.strategy.is_open:
        faults.append(Fault("", _("It belongs to an adopted strategy and is frozen. Open the strategy for a new version to change it.")))
    if measure.state in ("done", "withdrawn"):
        faults.append(Fault("", _("It is over; what is over is not planned anew.")))
    if faults:
        raise BadInput(*faults)
    measure.title, measure.starts_on, measure.ends_on, measure.due_on, measure.number = title, starts_on, ends_on, ends_on, number
    measure.summary = summary if summary is not None else measure.summary
    measure.unit, measure.budget, measure.target, measure.proof, measure.priority = unit, budget, target, proof or Text({}), priority
    if responsible is not None:
        measure.responsible = responsible
    measure.save()
    return measure


@action("strategy.move_measure", may=roles(*WORKERS, of="measure.owner_id"), about="measure")
def move_measure(*, by: Any, measure: Measure, state: str) -> Measure:
    """Take a measure on. One that waits for another cannot begin before that one is done."""
    measure = lock(measure)
    if state == "underway":
        waits = [w.before for w in measure.waits.select_related("before") if w.before.state not in ("done", "withdrawn")]
        if waits:
            raise BadInput(Fault("state", _("It waits for “%(title)s”, which is not done yet.") % {"title": waits[0].title}))
    measure.closed_on = clock.today() if state == "done" else None
    move(measure, state)
    return measure


@action("strategy.wait_for", may=roles(*WORKERS, of="measure.owner_id"), about="measure")
def wait_for(*, by: Any, measure: Measure, before: Measure | None, stop: bool = False) -> Measure:
    """A measure begins only after another; `stop` takes that back. A circle is refused and told in words."""
    if before is None or before.owner_id != measure.owner_id or before.pk == measure.pk:
        raise BadInput(Fault("before", _("Choose another measure of the same university.")))
    rows = Wait.objects.filter(measure__owner=measure.owner_id)
    if stop:
        rows.filter(measure=measure, before=before).delete()
        return measure
    pairs = [*rows.values_list("measure", "before"), (measure.pk, before.pk)]
    round_trip = circle(pairs)
    if round_trip:
        titles = {m.pk: str(m.title) for m in Measure.objects.filter(pk__in=round_trip)}
        way = " → ".join(f"“{titles[pk]}”" for pk in round_trip)
        raise BadInput(Fault("before", _("Then none of them could begin: %(way)s. Take one of these away.") % {"way": way}))
    if not rows.filter(measure=measure, before=before).exists():
        Wait(measure=measure, before=before).save()
    return measure


@action("strategy.ask_for_news", may=one_of(system, roles("office", "leader", "editor", of="measure.owner_id")), about="measure")
def ask_for_news(*, by: Any, measure: Measure, on: dt.date) -> Measure:
    """Nothing was heard of a measure for a term: its owner is asked, else the office."""
    measure = lock(measure)
    if measure.state != "underway" or measure.asked_on == on:
        return measure
    measure.asked_on = on
    measure.save()
    to = measure.responsible if measure.responsible is not None and measure.responsible.email else measure.owner
    write_letter(
        key=f"news:{measure.pk}:{on.isoformat()}", to=to, organisation=measure.owner, record=measure, subject=gettext_noop("What became of it: %(title)s"),
        body=gettext_noop("Nothing was heard of this measure for a long time: no activity, no word. Write down what was done, or say in one sentence how it stands."),
        values=lambda language: {"title": measure.title.read(language).text},
    )  # fmt: skip
    return measure


@action("strategy.say_news", may=one_of(roles(*WORKERS, of="measure.owner_id"), itself("measure.responsible_id")), about="measure")
def say_news(*, by: Any, measure: Measure, words: Text, on: dt.date) -> Measure:
    """What its owner tells. Progress is still counted from activities and evidence alone."""
    if not words:
        raise BadInput(Fault("words", _("Write at least one sentence.")))
    MeasureNews(measure=measure, on=on, words=words).save()
    return measure
