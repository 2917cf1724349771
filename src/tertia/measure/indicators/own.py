"""A university's own indicators: chosen from facts, columns and conditions, kept as the same TOML as the catalogue's, never run as code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tertia.measure.indicators.engine.catalogue import Entry, catalogue
from tertia.measure.indicators.engine.definition import Definition, definitions, parse
from tertia.measure.indicators.models import OwnIndicator

__all__ = ["PREFIX", "Chosen", "definition_of", "known", "toml_of"]

#: own indicators are called `own-…`, so that none of them can be taken for one of the catalogue
PREFIX = "own-"


@dataclass(frozen=True)
class Chosen:
    """One side as it was chosen: table, measure, its column, and conditions as (column, operator, value)."""

    table: str
    measure: str
    column: str = ""
    where: tuple[tuple[str, str, Any], ...] = field(default=())

    @property
    def toml(self) -> str:
        measure = f"{self.measure}({self.column})" if self.column else self.measure
        conditions = ", ".join(f"[{_value(c)}, {_value(o)}, {_value(v)}]" for c, o, v in self.where)
        return f"{{ table = {_value(self.table)}, measure = {_value(measure)}, where = [{conditions}] }}"


def _value(value: Any) -> str:
    """JSON's and TOML's strings, numbers and truth values are written alike; but TOML wants the delete character escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_of(key: str, *, above: Chosen, below: Chosen | None, unit: str, period: str, dimensions: Iterable[str] = ()) -> str:
    lines = [f"[{key}]", 'version = "1"', f"unit = {_value(unit)}", f"period = {_value(period)}", f"numerator = {above.toml}"]
    if below is not None:
        lines.append(f"denominator = {below.toml}")
    lines.append(f"dimensions = {_value(list(dimensions))}")
    return "\n".join(lines) + "\n"


def definition_of(key: str, toml: str) -> Definition:
    """The definition of a text; `entries` are empty, so it says its own unit and period. Raises BadDefinition with the line."""
    return parse(toml, Path(f"{key}.toml"), entries={})[key]


def known(ids: Iterable[str]) -> tuple[Mapping[str, Definition], Mapping[str, Entry]]:
    """Definitions and entries of the catalogue, and of the own indicators among the ids. At most one query."""
    own = [i for i in ids if i.startswith(PREFIX)]
    if not own:
        return definitions(), catalogue()
    made, entries = dict(definitions()), dict(catalogue())
    for row in OwnIndicator.objects.filter(key__in=own):
        made[row.key], entries[row.key] = definition_of(row.key, row.toml), _entry(row)
    return made, entries


def _entry(row: OwnIndicator) -> Entry:
    definition = definition_of(row.key, row.toml)
    said = {lang: words for lang, (words, _state) in row.title.versions.items()}
    title = str(row.title)
    return Entry(
        id=row.key, titles={"en": title, **said}, counts=str(row.counts), numerator="", denominator="", unit=definition.unit, period=definition.period,
        aggregation=definition.aggregation, records=(), mission_rows=(), direction=row.direction, caveat=str(row.caveat), dimension="own", kind="own", refs=(),
        words={f"{name}_{lang}": words for name, text in (("counts", row.counts), ("caveat", row.caveat)) for lang, (words, _s) in text.versions.items()},
    )  # fmt: skip
