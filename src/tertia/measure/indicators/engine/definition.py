"""What an indicator is: the catalogue's words and, where its records exist, a definition that can be computed. No Django."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["CATALOGUE", "DEFINITIONS", "BadDefinition", "Definition", "Entry", "Side", "catalogue", "definitions"]

CATALOGUE = Path(__file__).resolve().parents[1] / "data" / "catalogue.toml"
DEFINITIONS = Path(__file__).resolve().parents[1] / "data" / "definitions.toml"
_MEASURE = re.compile(r"^(count|(sum|distinct)\(([a-z_]+)\))$")
_OPERATORS = ("is", "not", "in")


class BadDefinition(ValueError):
    """A definition that cannot be used. `file`, `indicator`, and a sentence with the remedy."""

    def __init__(self, file: Path, indicator: str, sentence: str) -> None:
        super().__init__(f"{file.name}, [{indicator}]: {sentence}")
        self.file, self.indicator, self.sentence = file, indicator, sentence


@dataclass(frozen=True)
class Side:
    """Numerator or denominator: a fact table, a measure of its rows, conditions that a row has to meet."""

    table: str
    measure: str
    column: str
    where: tuple[tuple[str, str, Any], ...] = ()


@dataclass(frozen=True)
class Definition:
    """How an indicator is computed. Without denominator it is a sum or a count; `scale` 100 makes a percentage."""

    id: str
    version: str
    numerator: Side
    denominator: Side | None
    scale: int = 1
    dimensions: tuple[str, ...] = ()
    #: numerator and denominator count persons, so small cells are not published
    persons: bool = False


@dataclass(frozen=True)
class Entry:
    """An indicator of the catalogue in words."""

    id: str
    titles: dict[str, str]
    counts: str
    numerator: str
    denominator: str
    unit: str
    period: str
    records: tuple[str, ...]
    mission_rows: tuple[str, ...]
    direction: str
    caveat: str
    dimension: str
    kind: str
    refs: tuple[dict[str, Any], ...] = field(default=(), hash=False)


def catalogue(file: Path = CATALOGUE) -> dict[str, Entry]:
    """All indicators of the catalogue by id."""
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {}
    for row in body["indicator"]:
        found[row["id"]] = Entry(
            id=row["id"],
            titles={lang: row[f"title_{lang}"] for lang in ("en", "ru", "kk") if row.get(f"title_{lang}")},
            counts=row["counts"], numerator=row["numerator"], denominator=row["denominator"], unit=row["unit"],
            period=row["period"], records=tuple(row["records"]), mission_rows=tuple(row["mission_rows"]),
            direction=row["direction"], caveat=row.get("caveat", ""), dimension=row["dimension"], kind=row["kind"],
            refs=tuple(row.get("refs", ())),
        )  # fmt: skip
    return found


def definitions(file: Path = DEFINITIONS) -> dict[str, Definition]:
    """All definitions of a file. Raises BadDefinition with what is wrong and what to write instead."""
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key: _definition(file, key, row) for key, row in body.items()}


def _definition(file: Path, key: str, row: dict[str, Any]) -> Definition:
    unknown = set(row) - {"version", "numerator", "denominator", "scale", "dimensions", "persons"}
    if unknown:
        raise BadDefinition(file, key, f"the key {sorted(unknown)[0]!r} is not known; remove it or correct its spelling")
    if "version" not in row or "numerator" not in row:
        raise BadDefinition(file, key, "version and numerator are needed")
    return Definition(
        id=key, version=str(row["version"]), numerator=_side(file, key, row["numerator"]),
        denominator=_side(file, key, row["denominator"]) if "denominator" in row else None,
        scale=int(row.get("scale", 1)), dimensions=tuple(row.get("dimensions", ())), persons=bool(row.get("persons", False)),
    )  # fmt: skip


def _side(file: Path, key: str, row: dict[str, Any]) -> Side:
    match = _MEASURE.match(row.get("measure", ""))
    if not match:
        raise BadDefinition(file, key, f"the measure {row.get('measure')!r} is not known; write count, sum(COLUMN) or distinct(COLUMN)")
    where = []
    for condition in row.get("where", []):
        if len(condition) != 3 or condition[1] not in _OPERATORS:
            raise BadDefinition(file, key, f"the condition {condition!r} is not known; write [COLUMN, is | not | in, VALUE]")
        where.append((condition[0], condition[1], tuple(condition[2]) if isinstance(condition[2], list) else condition[2]))
    return Side(row["table"], match[2] or "count", match[3] or "", tuple(where))
