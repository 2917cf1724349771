"""How an app declares the flat, documented, versioned tables that it gives to measuring.

It stands in the hall because a stage's app imports the hall and its own stage only; `measure.facts` reads the registry.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

__all__ = ["FACTS", "TYPES", "Column", "FactTable", "declare_facts", "person_key"]

TYPES = ("int", "text", "bool", "date", "decimal")


@dataclass(frozen=True)
class Column:
    """A column: name, type (one of TYPES) and what it means, in English."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class FactTable:
    """A fact table. `rows` yields a dict for each row of an organisation; `day` is the date that puts it into a year."""

    name: str
    version: int
    meaning: str
    rows: Callable[[Any], Iterator[dict[str, Any]]]
    columns: tuple[Column, ...]


FACTS: dict[str, FactTable] = {}


def declare_facts(table: FactTable) -> FactTable:
    if table.name in FACTS:
        raise ValueError(f"two fact tables are called {table.name}")
    if "day" not in {c.name for c in table.columns}:
        raise ValueError(f"{table.name} has no column `day`")
    FACTS[table.name] = table
    return table


@lru_cache(maxsize=256)
def _secret(organisation_id: int) -> bytes:
    return hashlib.sha256(f"tertia.facts.{organisation_id}.{settings.SECRET_KEY}".encode()).digest()


def person_key(organisation: Any, person_id: int | None) -> str | None:
    """A keyed hash of a person, with a secret for each organisation: the same person is no match across two of them."""
    if person_id is None:
        return None
    return hmac.new(_secret(organisation.pk), str(person_id).encode(), hashlib.sha256).hexdigest()[:24]
