"""The long work with lists, in steps that commit: a worker that is killed loses one batch, and the next goes on behind the last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from tertia.core.actions.actor import Actor
from tertia.core.files.sheet_words import unreadable_words
from tertia.core.files.sheets import SheetUnreadable
from tertia.core.intake.actions import forget_lists, note_looked_through, take_batch, undo_batch
from tertia.core.intake.declare import INTAKES
from tertia.core.intake.lookup import look_through, right_lines
from tertia.core.intake.models import KEPT, IntakeRun
from tertia.core.jobs.queue import enqueue, job, progress
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock

__all__ = ["check_list", "start", "take_list", "undo_list"]

BY = Actor.system("lists")


def start(name: str, run: IntakeRun) -> None:
    """Put the work on a list in the queue: `check`, `take` or `undo`."""
    key = f"{run.pk}:{clock.now().isoformat()}"
    enqueue(f"intake.{name}", key, run=run.pk, told=f"intake.{name}:{key}")


def _doer(run: IntakeRun) -> Actor:
    return Actor.of(run.person, clock.today()) if run.person else BY


def _found(pk: int) -> IntakeRun | None:
    return IntakeRun.objects.select_related("organisation", "person").filter(pk=pk).first()


@job("intake.check", alone=True)
def check_list(run: int, told: str = "") -> str:
    """Look through a list; nothing is taken in."""
    found = _found(run)
    if found is None or found.state != "checking":
        return "not waiting"
    with translation.override(found.language):
        try:
            note_looked_through(by=BY, run=found, found=look_through(found, lambda done: progress(told, done, 0)))
        except SheetUnreadable as error:
            note_looked_through(by=BY, run=found, found=None, sentence=unreadable_words(error, INTAKES[found.kind].columns))
    return "looked through"


@job("intake.take", alone=True)
def take_list(run: int, told: str = "") -> str:
    """Take in every right line, from where it was broken off."""
    found = _found(run)
    if found is None or found.state != "taking":
        return "not waiting"
    with translation.override(found.language):
        for now in taking(found, _doer(found)):
            progress(told, now.done_lines, now.rows)
    return "taken in"


def taking(run: IntakeRun, by: Any) -> Iterator[IntakeRun]:
    """Take in batch after batch; gives the run after each."""
    on = clock.today()
    for rows, upto, lines in right_lines(run, run.upto):
        run = take_batch(by=by, run=run, lines=lines, rows=rows, upto=upto, on=on)
        yield run
    yield take_batch(by=by, run=run, lines=[], rows=0, upto=0, on=on, last=True)


@job("intake.undo", alone=True)
def undo_list(run: int, told: str = "") -> str:
    """Take back what a list did, the last line first."""
    found = _found(run)
    if found is None:
        return "gone"
    by = _doer(found)
    while found.state == "undoing":
        found = undo_batch(by=by, run=found)
        progress(told, found.rows - found.done_lines, found.rows)
    return "undone"


@declare_round("intake.forget", every="day")
def forget() -> int:
    return forget_lists(by=BY, before=clock.now() - KEPT)
