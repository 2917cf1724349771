"""The golden thread through a record: what stands above and below it, and where it has a gap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tertia.core.records.kinds import KINDS, RELATIONS, THREAD
from tertia.core.records.models import Record
from tertia.core.records.queries import aside_ids, chain_ids, linked_by, links_among

__all__ = ["Box", "Gap", "Thread", "thread_of"]


@dataclass
class Box:
    """One record as it stands in the thread."""

    record: Record
    column: int
    is_here: bool = False
    on_path: bool = True
    lines: str = ""


@dataclass(frozen=True)
class Gap:
    """A step that is missing below a record, and who owes it until when."""

    below: Record
    column: int
    sentence: Any
    owed_by: Any = None
    due_on: dt.date | None = None
    due: bool = True


@dataclass
class Thread:
    here: Record
    boxes: list[Box]
    links: list[tuple[int, int, str]]
    gaps: list[Gap]
    above: list[tuple[Any, Record]]
    below: list[tuple[Any, Record]]
    cut: bool = False
    more: dict[int, int] = field(default_factory=dict)

    @property
    def columns(self) -> list[list[Box]]:
        found: dict[int, list[Box]] = defaultdict(list)
        for box in self.boxes:
            found[box.column].append(box)
        return [found[i] for i in range(len(THREAD))]


LIMIT = 120
#: how far above a record its indicators are looked for
NEAR = 3


def thread_of(record: Record, actor: Any, *, today: dt.date, limit: int = LIMIT) -> Thread:
    """The chain of a record as this actor may see it, in a constant number of queries.

    Of a long chain the nearest `limit` records above and below are taken; a gap is said only where no link exists at all.
    """
    up = chain_ids(record.pk, "up", limit=limit)
    down = chain_ids(record.pk, "down", limit=limit)
    distance = {**up, **{k: v for k, v in down.items() if k not in up or v < up[k]}}
    for pk in aside_ids([i for i, d in up.items() if 0 < d <= NEAR]):
        distance.setdefault(pk, NEAR + 1)
    ids = sorted(distance, key=lambda i: (distance[i], i))[: 2 * limit]
    records = {r.pk: r for r in Record.objects.visible_to(actor).filter(pk__in=ids).select_related("responsible", "unit").defer("summary")}
    records.setdefault(record.pk, record)
    links = [(a, b, rel) for a, b, rel in links_among(sorted(records)) if a in records and b in records]
    shown = _ordered(records, distance)
    lines = _lines(shown)
    boxes = [Box(r, _column(r), is_here=r.pk == record.pk, lines=lines.get(r.pk, "")) for r in shown if _column(r) >= 0]
    return Thread(
        here=record,
        boxes=boxes,
        links=links,
        gaps=_gaps(shown, today),
        above=[(RELATIONS[rel].label, records[b]) for a, b, rel in links if a == record.pk],
        below=[(RELATIONS[rel].inverse, records[a]) for a, b, rel in links if b == record.pk],
        cut=len(up) > limit or len(down) > limit,
    )


def _column(record: Record) -> int:
    column = KINDS[record.kind].column
    return THREAD.index(column) if column else -1


def _ordered(records: dict[int, Record], distance: dict[int, int]) -> list[Record]:
    def order(r: Record) -> tuple[Any, ...]:
        number = tuple(int(n) if n.isdecimal() else 0 for n in r.number.split(".")) if r.number else (999,)
        return (_column(r), number, r.pk)

    return sorted(records.values(), key=order)


def _lines(shown: list[Record]) -> dict[int, str]:
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in shown:
        by_kind[record.kind].append(record)
    found: dict[int, str] = {}
    for kind, rows in by_kind.items():
        if (lines := KINDS[kind].lines) is not None:
            found.update(lines(rows))
    return found


def _gaps(shown: list[Record], today: dt.date) -> list[Gap]:
    """A record whose kind promises a next step, and which has none, is a gap; before its day it is only not due yet."""
    promising = {r.pk: declared.gap[0] for r in shown if (declared := KINDS[r.kind]).gap}
    has = linked_by(list(promising), sorted(set(promising.values())))
    gaps = []
    for record in shown:
        declared = KINDS[record.kind]
        if declared.gap is None or record.state in ("draft", "closed", "withdrawn", "declined"):
            continue
        relation, sentence = declared.gap
        if (record.pk, relation) in has:
            continue
        due = record.starts_on is None or record.starts_on <= today
        gaps.append(Gap(record, _column(record) + 1, sentence, record.responsible or record.unit, record.due_on, due))
    return gaps
