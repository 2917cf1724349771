"""Looking through a list: what each line would do, doubles, and the lines to correct. Memory does not grow with the list."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.errors import Fault
from tertia.core.intake.declare import INTAKES, Intake, Line
from tertia.core.intake.models import IntakeRun
from tertia.core.intake.reading import ListFile, open_list

__all__ = ["BATCH", "MOST_FAULTS", "Found", "faulty_lines", "look_through", "mark_of", "opened", "right_lines"]

BATCH, MOST_FAULTS, MOST_TORN = 2000, 200, 20_000


@dataclass
class Found:
    """The outcome of looking through."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faulty: int = 0
    faults: list[list[Any]] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)


def opened(run: IntakeRun) -> tuple[Intake, ListFile]:
    """The kind and the list of a run. Raises SheetUnreadable, OSError."""
    kind = INTAKES[run.kind]
    return kind, kind.opener(run.file) if kind.opener else open_list(run.file, kind.columns, kind.needed)


def mark_of(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def look_through(run: IntakeRun, tell: Any = lambda done: None) -> Found:
    """Read and judge every line. `tell(lines)` is called after each batch."""
    kind, table = opened(run)
    found, marks, said = Found(), array("Q"), array("Q")
    for rows, lines, wrong in _batches(kind, table, run, 0):
        found.rows += rows
        for line in lines:
            marks.append(mark_of(line.identity))
            said.append(mark_of(repr(line.said)))
        for line, judged in zip(lines, kind.judge(run.organisation, lines), strict=True):
            if judged.fault is not None:
                wrong.append((line.number, [judged.fault]))
            else:
                found.counts[judged.verdict] += 1
        _note(found, wrong)
        tell(found.rows)
    _doubles(found, marks, said)
    if found.torn:
        _note_torn(found, kind, table, run)
    return found


def _note(found: Found, wrong: Sequence[tuple[int, list[Fault]]]) -> None:
    found.faulty += len(wrong)
    room = MOST_FAULTS - len(found.faults)
    found.faults += [[line, f.where, f.sentence] for line, faults in wrong for f in faults][: max(room, 0)]


def _doubles(found: Found, marks: array[int], said: array[int]) -> None:
    """Lines that say the same thing twice count once; of those that contradict each other none is taken in."""
    import numpy  # slow library

    if len(marks) < 2:
        return
    who, what = numpy.frombuffer(marks, dtype=numpy.uint64), numpy.frombuffer(said, dtype=numpy.uint64)
    order = numpy.argsort(who, kind="stable")
    twice = who[order][1:] == who[order][:-1]
    if not twice.any():
        return
    other = twice & (what[order][1:] != what[order][:-1])
    found.torn = sorted({int(v) for v in who[order][1:][other]})[:MOST_TORN]
    torn = numpy.isin(who[order][1:], numpy.array(found.torn, dtype=numpy.uint64))
    found.counts["repeated"] = int((twice & ~torn).sum())


def _note_torn(found: Found, kind: Intake, table: ListFile, run: IntakeRun) -> None:
    torn = set(found.torn)
    for _rows, lines, _wrong in _batches(kind, table, run, 0):
        hit = [line for line in lines if mark_of(line.identity) in torn]
        for line, judged in zip(hit, kind.judge(run.organisation, hit), strict=True):
            if judged.fault is None:
                found.counts[judged.verdict] -= 1
                _note(found, [(line.number, [_torn(line)])])


def _torn(line: Line) -> Fault:
    return Fault(
        str(line.number), _("Line %(line)d: another line says something else of the same. Keep one of them.") % {"line": line.number}
    )


def _batches(kind: Intake, table: ListFile, run: IntakeRun, after: int) -> Iterator[tuple[int, list[Line], list[tuple[int, list[Fault]]]]]:
    """(rows, right lines, wrong ones) in batches."""
    read = kind.reader(run.organisation)
    rows, lines, wrong = 0, [], []
    for row in table.rows(after):
        rows += 1
        line, faults = read(row)
        if line is not None and not faults:
            lines.append(line)
        else:
            wrong.append((row.line, faults))
        if rows >= BATCH:
            yield rows, lines, wrong
            rows, lines, wrong = 0, [], []
    if rows:
        yield rows, lines, wrong


def right_lines(run: IntakeRun, after: int) -> Iterator[tuple[int, int, list[Line]]]:
    """(rows, line up to which, right lines) in batches: what is taken in."""
    kind, table = opened(run)
    torn = set(run.torn)
    for rows, lines, wrong in _batches(kind, table, run, after):
        last = max([line.number for line in lines] + [number for number, _f in wrong])
        yield rows, last, [line for line in lines if mark_of(line.identity) not in torn] if torn else lines


def faulty_lines(run: IntakeRun) -> Iterator[list[Any]]:
    """The lines to correct with their head: as they stand in the list, and what is wrong with each."""
    kind, table = opened(run)
    torn = set(run.torn)
    yield [*table.head, _("What is wrong")]
    for _rows, lines, wrong in _batches(kind, table, run, 0):
        for line, judged in zip(lines, kind.judge(run.organisation, lines), strict=True):
            if judged.fault is not None:
                wrong.append((line.number, [judged.fault]))
            elif mark_of(line.identity) in torn:
                wrong.append((line.number, [_torn(line)]))
        words = {number: " ".join(f.sentence for f in faults) for number, faults in wrong}
        for number, row in table.raw(words):
            yield [*(_cell(c) for c in row), *[""] * (len(table.head) - len(row)), words[number]]


def _cell(value: Any) -> str:
    text = "" if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "@") else text
