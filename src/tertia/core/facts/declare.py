"""How an app declares the flat, documented, versioned tables that it gives to measuring.

It stands in the hall because a stage's app imports the hall and its own stage only; `measure.facts` reads the registry.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tertia.core.access.secrets import derived_key

__all__ = [
    "FACTS",
    "LIVED",
    "TYPES",
    "Column",
    "Days",
    "FactTable",
    "InYear",
    "Lived",
    "declare_facts",
    "declare_lived",
    "person_key",
    "secret_mark",
]

TYPES = ("int", "text", "bool", "date", "decimal", "person")


@dataclass(frozen=True)
class Days:
    """Whole days from one column of the row to another; empty where one of them is."""

    since: str
    until: str


@dataclass(frozen=True)
class InYear:
    """Whether a column's day falls into the academic year in which the row stands."""

    day: str


@dataclass(frozen=True)
class Column:
    """A column: name, type (one of TYPES), what it means in English, its unit, and where the query finds it.

    `source` is a lookup, an expression of Django, a function that gives one (for what depends on the day), or Days or InYear
    of other columns; without it the name is the lookup. A `person` is found as the person's id and leaves as a keyed hash.
    A decimal has at most `digits` digits after the point.
    """

    name: str
    type: str
    meaning: str
    source: Any = None
    unit: str = ""
    digits: int = 2


@dataclass(frozen=True)
class FactTable:
    """A fact table: `rows` gives the queryset of an organisation, `unit` says what one row is, such as `activities`.

    The column `day` puts a row into its year. With `spans`, two columns that hold the first and the last day of something
    that lasts, a row stands in each academic year that it touches, on its first day there.
    `changes_with` names what changes rows without any event: "year" or "day" where the calendar does.
    """

    name: str
    version: int
    unit: str
    meaning: str
    rows: Callable[[Any], Any]
    columns: tuple[Column, ...]
    spans: tuple[Any, Any] | None = None
    #: a span ends today at the latest: a membership that runs on is none of next year
    until_today: bool = False
    changes_with: str = ""
    #: with `spans`: a row stands in each calendar year that it touches instead, for what is counted by calendar years
    by_calendar: bool = False


FACTS: dict[str, FactTable] = {}


def declare_facts(table: FactTable) -> FactTable:
    if table.name in FACTS:
        raise ValueError(f"two fact tables are called {table.name}")
    if "day" not in {c.name for c in table.columns}:
        raise ValueError(f"{table.name} has no column `day`")
    for column in table.columns:
        if column.type not in TYPES:
            raise ValueError(f"{table.name}.{column.name}: the type {column.type!r} is not known")
    FACTS[table.name] = table
    return table


@dataclass(frozen=True)
class Lived:
    """What shows that a row of the mission was lived: a record of a kind, in a state that somebody other than its author brought about."""

    row: str
    kind: str
    states: tuple[str, ...]
    #: what else must hold of the record, as a condition on records
    also: Any = None


LIVED: list[Lived] = []


def declare_lived(row: str, kind: str, *states: str, also: Any = None) -> None:
    """Let confirmed records of a kind stand for a row of the mission, S1 to S12. The first declaration that holds of a record decides."""
    LIVED.append(Lived(row, kind, states, also))


@lru_cache(maxsize=256)
def _secret(organisation_id: int) -> bytes:
    return derived_key(f"facts.{organisation_id}")


def person_key(organisation: Any, person_id: int | None) -> str | None:
    """A keyed hash of a person, with a secret for each organisation: the same person is no match across two of them."""
    if person_id is None:
        return None
    return hmac.new(_secret(organisation.pk), str(person_id).encode(), hashlib.sha256).hexdigest()[:24]


def secret_mark(organisation: Any) -> str:
    """Tells whether the secret is still the one with which an export was made; says nothing about it."""
    return hmac.new(_secret(organisation.pk), b"mark", hashlib.sha256).hexdigest()[:12]
