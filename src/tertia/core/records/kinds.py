"""Kinds of record, relations between them, and how one kind grows into another: declared by the apps, known to the hall."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = [
    "GROWTHS",
    "KINDS",
    "RELATIONS",
    "THREAD",
    "THREAD_HEADS",
    "Growth",
    "Kind",
    "Lifecycle",
    "Relation",
    "declare_growth",
    "declare_kind",
    "declare_relation",
]

#: the columns of the golden thread, from the resolution to the public report
THREAD = ("resolution", "recommendation", "measure", "activity", "hours", "indicator", "report")
#: what stands above each column; a need is asked as a recommendation is
THREAD_HEADS = {
    "resolution": _("Resolution"),
    "recommendation": _("Recommendation"),
    "measure": _("Measure"),
    "activity": _("Activity"),
    "hours": _("Hours"),
    "indicator": _("Indicator"),
    "report": _("Report"),
}


@dataclass(frozen=True)
class Lifecycle:
    """The states of a kind in order, with the moves that are allowed. `signs` gives each state its drawn sign."""

    states: dict[str, Any]
    moves: frozenset[tuple[str, str]]
    first: str
    signs: dict[str, str] = field(default_factory=dict)

    def may_move(self, before: str, after: str) -> bool:
        return (before, after) in self.moves

    def words(self, state: str) -> Any:
        return self.states.get(state, state)

    def sign(self, state: str) -> str:
        """done, underway, open, silent, declined or none."""
        return self.signs.get(state, "open")


@dataclass(frozen=True)
class Kind:
    """A kind of record. `page` is the name of the address that takes `slug`; `gap` says what is missing below it."""

    name: str
    label: Any
    label_plural: Any
    stage: str
    lifecycle: Lifecycle
    page: str
    model: str
    #: the small template by which other pages show it
    card: str = "records/_card.html"
    #: the column of the thread in which it stands; empty for kinds outside
    column: str = ""
    #: (relation by which the next step would be joined, sentence of the gap when nothing is)
    gap: tuple[str, Any] | None = None
    #: what the box of the thread says under the title: from a list of records to lines by record id
    lines: Callable[[list[Any]], dict[int, str]] | None = None


@dataclass(frozen=True)
class Relation:
    """`from` *relation* `to`: a measure *answers* a recommendation. `down` is read from `to`'s side.

    In the thread `to` stands above `from`, unless `upward` is False.
    """

    name: str
    from_kinds: tuple[str, ...]
    to_kinds: tuple[str, ...]
    label: Any
    inverse: Any
    in_thread: bool = True
    #: what hangs on a record above is shown beside everything below it too (an indicator beside the hours it counts)
    aside: bool = False

    @property
    def pairs(self) -> Iterable[tuple[str, str]]:
        return ((a, b) for a in self.from_kinds for b in self.to_kinds)


@dataclass(frozen=True)
class Growth:
    """How the receiving app makes its kind from any of `from_kinds`; the giving app knows nothing of it."""

    into: str
    from_kinds: tuple[str, ...]
    relation: str
    page: str
    label: Any
    roles: tuple[str, ...] = ("editor", "office", "leader")


KINDS: dict[str, Kind] = {}
RELATIONS: dict[str, Relation] = {}
GROWTHS: list[Growth] = []


def declare_kind(kind: Kind) -> Kind:
    if kind.name in KINDS and KINDS[kind.name] != kind:
        raise ValueError(f"two kinds are called {kind.name}")
    KINDS[kind.name] = kind
    return kind


def declare_relation(relation: Relation) -> Relation:
    if relation.name in RELATIONS:
        raise ValueError(f"two relations are called {relation.name}")
    RELATIONS[relation.name] = relation
    return relation


def declare_growth(growth: Growth) -> None:
    GROWTHS.append(growth)
