"""What a record gives to whoever tells of it: a room declares it, so that a story is begun with facts and not with an empty page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tertia.core.languages.text import Text

__all__ = ["Material", "Picture", "declare_material", "material_of"]


@dataclass(frozen=True)
class Picture:
    """A kept file, what it shows, and what those on it have agreed to (a sentence; empty: nobody can be recognised)."""

    file: Any
    words: Text
    consent: str


@dataclass(frozen=True)
class Material:
    """`lines`: sentences in the active language; `partners`: bodies that took part; `pictures`: those that may be shown."""

    lines: Sequence[str] = ()
    partners: Sequence[Any] = ()
    pictures: Sequence[Picture] = field(default_factory=tuple)


_SOURCES: dict[str, Callable[[Any], Material]] = {}


def declare_material(kind: str, source: Callable[[Any], Material]) -> None:
    if kind in _SOURCES:
        raise ValueError(f"two sources of material for {kind}")
    _SOURCES[kind] = source


def material_of(record: Any) -> Material:
    """The material of a record; nothing where its room declares none."""
    source = _SOURCES.get(record.kind)
    return source(record) if source else Material()
