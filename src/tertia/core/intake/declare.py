"""How a room declares a kind of list that can be taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tertia.core.actions.errors import Fault
from tertia.core.files.sheets import SheetRow

__all__ = ["INTAKES", "Change", "Intake", "Judged", "Line", "declare_intake"]


@dataclass(frozen=True)
class Line:
    """A right line: where it stands, what it is about (two lines with the same `identity` are doubles), what it says."""

    number: int
    identity: str
    said: Any


@dataclass(frozen=True)
class Judged:
    """What a line would do: `new`, `changed`, `same`, or nothing for the reason of `fault`."""

    verdict: str
    fault: Fault | None = None


@dataclass(frozen=True)
class Change:
    """What a line did: the person it is about, what it made (model → id), and what stood before and stands now, so that it can be undone."""

    line: int
    person_id: int
    made: dict[str, int] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """`columns`: name → headings in any language. `reader(organisation)` gives a function row → (Line or None, faults).

    `judge(organisation, lines)` says of each line what it would do, `write(organisation, lines, language, on)` does it and gives the
    changes, `undo(organisation, changes)` takes them back where nobody has built on them and gives how many stay. The last two run
    inside an action.
    `opener(file)` opens lists that are no tables: it gives what has `head`, `rows(after)` and `raw(lines)`, or raises SheetUnreadable
    with the sentence. Where a kind `joins`, lines of one identity all come to `write`, which joins what they say.
    """

    kind: str
    label: Any
    help: Any
    columns: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    reader: Callable[[Any], Callable[[SheetRow], tuple[Line | None, list[Fault]]]]
    judge: Callable[[Any, Sequence[Line]], list[Judged]]
    write: Callable[..., list[Change]]
    undo: Callable[[Any, Sequence[Any]], int]
    opener: Callable[[Path], Any] | None = None
    joins: bool = False


INTAKES: dict[str, Intake] = {}


def declare_intake(intake: Intake) -> Intake:
    if intake.kind in INTAKES:
        raise ValueError(f"two kinds of list are called {intake.kind}")
    INTAKES[intake.kind] = intake
    return intake
