"""Sending a list in, taking it in batch by batch, undoing it: every write."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import roles, system
from tertia.core.intake.declare import INTAKES, Change, Line
from tertia.core.intake.lookup import Found
from tertia.core.intake.models import IntakeMade, IntakeRow, IntakeRun
from tertia.core.periods import clock

__all__ = ["begin_taking", "begin_undoing", "forget_lists", "keep_file", "note_looked_through", "send_list", "take_batch", "undo_batch"]

KEEPERS = ("office", "administrator")


def keep_file(pieces: Iterable[bytes]) -> tuple[Path, str, int]:
    """Write an upload down where only the installation may read it: (draft, SHA-256, size). Nothing of it is kept in memory."""
    folder = Path(settings.HOME) / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}-{os.urandom(6).hex()}"
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return draft, digest.hexdigest(), size


@action("intake.send", may=roles(*KEEPERS, of="organisation.pk"))
def send_list(*, by: Any, organisation: Any, kind: str, name: str, draft: Path, digest: str, size: int, language: str) -> IntakeRun:
    """Begin with a list. The same list again is the run that is there; one that was undone or could not be read begins anew."""
    if kind not in INTAKES or not size:
        draft.unlink()
        raise BadInput(Fault("file", _("The file is empty.")))
    run = IntakeRun.objects.filter(organisation=organisation, kind=kind, digest=digest).first()
    if run is None:
        run = IntakeRun(organisation=organisation, kind=kind, digest=digest)
    elif run.state not in ("undone", "unreadable", "checked", "checking"):
        draft.replace(run.file)
        return run
    run.person, run.name, run.size, run.language, run.state, run.sent_at = by.person, name[:200], size, language, "checking", clock.now()
    run.rows = run.done_lines = run.upto = run.stay = 0
    run.save()
    draft.replace(run.file)
    return run


@action("intake.note_looked_through", may=system, about="run")
def note_looked_through(*, by: Any, run: IntakeRun, found: Found | None, sentence: str = "") -> IntakeRun:
    """Keep what looking through has found; None where the file could not be read, for the reason of `sentence`."""
    run = lock(run)
    if run.state != "checking":
        return run
    if found is None:
        run.state, run.faults = "unreadable", [[0, "file", sentence]]
    else:
        run.state, run.rows, run.faulty, run.faults, run.torn = "checked", found.rows, found.faulty, sorted(found.faults), found.torn
        for name in ("new", "changed", "same", "repeated"):
            setattr(run, name, found.counts[name])
        # a line that repeats another one would have done what that one does
        run.new, run.changed = (max(n, 0) for n in _without_repeated(found))
    run.save()
    return run


def _without_repeated(found: Found) -> tuple[int, int]:
    new, changed, repeated = found.counts["new"], found.counts["changed"], found.counts["repeated"]
    return (new - repeated, changed) if new >= repeated else (0, changed - (repeated - new))


@action("intake.begin", may=roles(*KEEPERS, of="run.organisation_id"), about="run")
def begin_taking(*, by: Any, run: IntakeRun) -> IntakeRun:
    """From now on its right lines are taken in. Raises WrongState unless it was looked through."""
    run = lock(run)
    if run.state == "taking":
        return run
    require_state(run, "checked")
    run.state, run.person, run.upto, run.done_lines = "taking", by.person, 0, 0
    run.new = run.changed = run.same = run.repeated = 0
    run.save()
    return run


@action("intake.take_batch", may=roles(*KEEPERS, of="run.organisation_id"), about="run")
def take_batch(*, by: Any, run: IntakeRun, lines: Sequence[Line], rows: int, upto: int, on: dt.date, last: bool = False) -> IntakeRun:
    """Take in the next lines and note how far it is, in one transaction: broken off, it goes on behind them."""
    run = lock(run)
    if run.state != "taking" or (upto <= run.upto and not last):
        return run
    kind = INTAKES[run.kind]
    once = list(lines) if kind.joins else list({line.identity: line for line in lines}.values())
    changes: list[Change] = kind.write(run.organisation, once, run.language, on) if once else []
    fresh, touched = [c for c in changes if not c.before], [c for c in changes if c.before]
    if fresh:
        IntakeMade(run=run, upto=upto, made=[[c.line, c.person_id, c.made] for c in fresh]).save()
    IntakeRow.objects.bulk_create(
        [IntakeRow(run=run, line=c.line, person_id=c.person_id or None, made=c.made, before=c.before, after=c.after) for c in touched],
        batch_size=1000,
    )
    made = sum(1 for c in fresh if c.made)
    run.new, run.changed, run.same = run.new + made, run.changed + len(changes) - made, run.same + len(once) - len(changes)
    run.repeated += len(lines) - len(once)
    run.done_lines, run.upto = run.done_lines + rows, max(run.upto, upto)
    if last:
        run.state = "taken"
    run.save()
    return run


@action("intake.begin_undoing", may=roles(*KEEPERS, of="run.organisation_id"), about="run")
def begin_undoing(*, by: Any, run: IntakeRun) -> IntakeRun:
    """Take back what a list did, for a month; what somebody has built on stays."""
    run = lock(run)
    require_state(run, "taken", "taking")
    run.state, run.stay, run.person = "undoing", 0, by.person
    run.save()
    return run


@action("intake.undo_batch", may=roles(*KEEPERS, of="run.organisation_id"), about="run")
def undo_batch(*, by: Any, run: IntakeRun, most: int = 500) -> IntakeRun:
    """Take back the last lines that are not taken back yet. When none is left the list is undone."""
    run = lock(run)
    if run.state != "undoing":
        return run
    rows = list(IntakeRow.objects.filter(run=run).order_by("-line", "-pk")[:most])
    batch = None if rows else IntakeMade.objects.filter(run=run).order_by("-upto", "-pk").first()
    if rows:
        changes = [Change(r.line, r.person_id or 0, r.made, r.before, r.after) for r in rows]
        IntakeRow.objects.filter(pk__in=[r.pk for r in rows]).delete()
    elif batch is not None:
        changes = [Change(*one) for one in reversed(batch.made)]
        batch.delete()
    if rows or batch:
        run.stay += INTAKES[run.kind].undo(run.organisation, changes)
        run.done_lines = max(run.done_lines - len(changes), 0)
    else:
        run.state, run.done_lines, run.upto = "undone", 0, 0
    run.save()
    return run


@action("intake.forget", may=system, traceless=True)
def forget_lists(*, by: Any, before: dt.datetime) -> int:
    """After a month the files and what undoing needs are removed; what was taken in stays."""
    runs = IntakeRun.objects.filter(sent_at__lt=before)
    for run in runs:
        run.file.unlink(missing_ok=True)
    runs.exclude(faults=[]).update(faults=[])  # their sentences quote the list
    count, _models = IntakeRow.objects.filter(run__in=runs).delete()
    more, _models = IntakeMade.objects.filter(run__in=runs).delete()
    return count + more
