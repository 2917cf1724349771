"""The way of approval, adopting, and opening again for a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.plan.strategy.models import Approval, Measure, Strategy, Version
from tertia.plan.strategy.queries import measures_in
from tertia.plan.strategy.snapshot import digest_of, snapshot_of

__all__ = ["adopt_strategy", "approve_step", "begin_review", "open_again", "return_step"]


def unready(strategy: Strategy) -> list[Fault]:
    """What stands against adopting: words that are missing, and each measure without owner, term or proof."""
    faults = []
    if not strategy.mission:
        faults.append(Fault("mission", _("Say what the university's social mission is.")))
    if not strategy.starts_on or not strategy.ends_on:
        faults.append(Fault("ends_on", _("Say from when to when it holds.")))
    measures = measures_in(strategy)
    if not measures:
        faults.append(Fault("measures", _("There is no measure yet.")))
    words = {"owner": _("nobody answers for it"), "term": _("it has no term"), "proof": _("nothing says how it will be seen")}
    for measure in measures:
        for what in measure.missing:
            name = f"{measure.number} {measure.title}".strip()
            faults.append(Fault(f"measure-{measure.pk}", _("“%(name)s”: %(what)s.") % {"name": name, "what": words[what]}, what))
    return faults


@action("strategy.begin_review", may=roles(*WORKERS, of="strategy.owner_id"), about="strategy")
def begin_review(*, by: Any, strategy: Strategy, route: Sequence[tuple[Text, Any]], on: dt.date) -> Strategy:
    """Send it on its way: (body or office, person who speaks for it), in order. Incomplete it does not go."""
    strategy = lock(strategy)
    require_state(strategy, "draft", "revising")
    faults = unready(strategy)
    if not [name for name, _person in route if name]:
        faults.append(Fault("route", _("Name at least one body or office that approves it.")))
    if faults:
        raise BadInput(*faults)
    number = strategy.version if strategy.state == "draft" else strategy.version + 1
    turn = 1 + strategy.approvals.filter(version=number).values("turn").distinct().count()
    for position, (name, person) in enumerate(((n, p) for n, p in route if n), start=1):
        Approval(strategy=strategy, version=number, turn=turn, position=position, name=name, person=person).save()
    strategy.version = number
    move(strategy, "review")
    _ask_next(strategy)
    return strategy


def next_step(strategy: Strategy) -> Approval | None:
    """Whose turn it is now."""
    last = strategy.approvals.filter(version=strategy.version).order_by("-turn").first()
    if last is None:
        return None
    return strategy.approvals.filter(version=strategy.version, turn=last.turn, state=Approval.State.WAITING).order_by("position").first()


def _ask_next(strategy: Strategy) -> None:
    step = next_step(strategy)
    if step is None or step.person is None:
        return
    write_letter(
        key=f"approve:{step.pk}", to=step.person, organisation=strategy.owner, record=strategy, subject=gettext_noop("Please approve: %(title)s"),
        body=gettext_noop("The strategy waits for %(name)s. Read it in Tertia; approve it, or give it back with a reason."),
        values=lambda language: {"title": strategy.title.read(language).text, "name": step.name.read(language).text},
    )  # fmt: skip


MAY_APPROVE = one_of(itself("step.person_id"), roles("leader", of="step.strategy.owner_id"))


@action("strategy.approve", may=MAY_APPROVE)
def approve_step(*, by: Any, step: Approval, on: dt.date, words: Text | None = None) -> Approval:
    """A body or an office approves; the next one is asked. The order is kept."""
    return _decide(by, step, Approval.State.APPROVED, words or Text({}), on)


@action("strategy.return", may=MAY_APPROVE)
def return_step(*, by: Any, step: Approval, words: Text, on: dt.date) -> Approval:
    """It goes back to be written better, with the reason."""
    if not words:
        raise BadInput(Fault("words", _("Say what has to be better.")))
    return _decide(by, step, Approval.State.RETURNED, words, on)


def _decide(by: Any, step: Approval, state: str, words: Text, on: dt.date) -> Approval:
    strategy = lock(step.strategy)
    require_state(strategy, "review")
    waiting = next_step(strategy)
    if waiting is None or waiting.pk != step.pk:
        raise WrongState(step, step.state, ("its turn",))
    step = lock(step)
    step.state, step.words, step.on, step.said_by = state, words, on, by.person.name if by.person else ""
    step.save()
    if state == Approval.State.RETURNED:
        move(strategy, "revising" if strategy.versions.exists() else "draft")
        if strategy.state == "revising":
            strategy.version -= 1
            strategy.save()
    else:
        _ask_next(strategy)
    return step


@action("strategy.adopt", may=roles("leader", of="strategy.owner_id"), about="strategy")
def adopt_strategy(*, by: Any, strategy: Strategy, decision: str, on: dt.date, why: Text | None = None) -> Strategy:
    """Adopt what all have approved: frozen with its digest, public, its measures planned. Adopted once for each version."""
    strategy = lock(strategy)
    require_state(strategy, "review")
    if next_step(strategy) is not None:
        raise BadInput(Fault("approvals", _("Not all have approved it yet.")))
    faults = unready(strategy)
    if not decision.strip():
        faults.append(Fault("decision", _("Write by which decision it is adopted: body, number, day.")))
    if faults:
        raise BadInput(*faults)
    snapshot = snapshot_of(strategy)
    Version(
        strategy=strategy,
        number=strategy.version,
        adopted_on=on,
        decision=decision.strip()[:200],
        why=why or Text({}),
        snapshot=snapshot,
        digest=digest_of(snapshot),
    ).save()
    strategy.adopted_on, strategy.decision, strategy.visibility = on, decision.strip()[:200], Visibility.PUBLIC
    move(strategy, "adopted")
    for measure in Measure.objects.filter(strategy=strategy, visibility=Visibility.OFFICE):
        measure.visibility = Visibility.PUBLIC
        measure.save()
    for other in Strategy.objects.filter(owner=strategy.owner_id, state="adopted").exclude(pk=strategy.pk):
        move(lock(other), "superseded")
    return strategy


@action("strategy.open_again", may=roles("office", "leader", "editor", of="strategy.owner_id"), about="strategy")
def open_again(*, by: Any, strategy: Strategy) -> Strategy:
    """Open an adopted strategy for a new version. What was adopted stays in force, frozen, until the new one is."""
    strategy = lock(strategy)
    require_state(strategy, "adopted")
    move(strategy, "revising")
    return strategy
