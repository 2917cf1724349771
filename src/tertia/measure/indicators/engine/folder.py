"""A folder of facts: `TABLE/organisation=X/year=Y/*.parquet` with `schema.json` beside the tables. No Django, no engine.

`schema.json` holds `organisations` (who hands in), `tables` (version, unit of one row, columns with type and unit), and may
hold `periods` (which a row must stand for, even where nothing was handed in) and `years` (where a university's academic or
financial year starts on another day: `{"academic-year": {"default": "09-01", "uni": "10-01"}}`).

A partition that is there and holds no row states that there was nothing: its figures are zero. Where there is no partition
nothing was handed in, and its figures are missing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

__all__ = ["Column", "FactsError", "Folder", "Partition", "Table", "period_label"]

TYPES = ("int", "text", "bool", "date", "decimal")
#: digits after the point of hours, credits and money
SCALE = 4
_START = {"academic-year": "09-01", "financial-year": "01-01"}


class FactsError(ValueError):
    """A folder of facts that cannot be used; the sentence says what, where and what to do."""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Table:
    """A fact table as `schema.json` declares it. `unit` says what one row is, such as `activities`."""

    name: str
    version: int
    unit: str
    columns: dict[str, Column] = field(hash=False)
    meaning: str = ""


@dataclass(frozen=True)
class Partition:
    organisation: str
    year: str
    files: tuple[Path, ...]


def period_label(first: int, kind: str, start: str = "") -> str:
    """`2025-26` for a year that crosses New Year, `2025` for one that does not."""
    crosses = kind == "academic-year" or (kind == "financial-year" and (start or _START[kind]) != "01-01")
    return f"{first}-{(first + 1) % 100:02d}" if crosses else str(first)


class Folder:
    """What lies in a folder of facts, of all its organisations or of some. Raises FactsError if it is none."""

    def __init__(self, path: Path, organisations: list[str] | None = None) -> None:
        self.path, self._only = path, organisations
        body = self._read(path / "schema.json")
        self.organisations: list[str] = [o for o in body["organisations"] if organisations is None or o in organisations]
        self.tables = {name: self._table(name, row) for name, row in body["tables"].items()}
        self._periods: list[str] = [str(p) for p in body.get("periods", [])]
        self._years: dict[str, dict[str, str]] = body.get("years", {})
        for kind, starts in self._years.items():
            if (
                kind not in _START
                or not isinstance(starts, dict)
                or not all(re.fullmatch(r"[01]\d-[0-3]\d", str(s)) for s in starts.values())
            ):
                raise FactsError(f'{path}/schema.json: years: {kind!r}: write {{"academic-year": {{"default": "09-01"}}}}')
        self._partitions: dict[str, list[Partition]] = {}

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            body = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise FactsError(f"{self.path}: no schema.json; export facts first: tertia facts export --out {self.path}") from error
        except ValueError as error:
            raise FactsError(f"{file}: this is not JSON ({error}); export the facts again") from error
        for key, kind in (("organisations", list), ("tables", dict)):
            if not isinstance(body, dict) or not isinstance(body.get(key), kind):
                raise FactsError(f"{file}: “{key}” is missing; export the facts again")
        return body

    def _table(self, name: str, row: dict[str, Any]) -> Table:
        columns = {}
        for c in row.get("columns", []):
            if c.get("type") not in TYPES:
                raise FactsError(
                    f"{self.path}/schema.json: {name}.{c.get('name')}: the type {c.get('type')!r} is not known; write {', '.join(TYPES)}"
                )
            columns[c["name"]] = Column(c["name"], c["type"], c.get("unit", ""), c.get("meaning", ""))
        return Table(name, int(row.get("version", 1)), row.get("unit", ""), columns, row.get("meaning", ""))

    def partitions(self, table: str) -> list[Partition]:
        """Every partition of a table, in order, with its files."""
        if table not in self._partitions:
            found = []
            places = ["organisation=*"] if self._only is None else [f"organisation={o}" for o in self._only]
            for part in sorted(p for place in places for p in (self.path / table).glob(f"{place}/year=*")):
                organisation = unquote(part.parent.name.removeprefix("organisation="))
                found.append(Partition(organisation, unquote(part.name.removeprefix("year=")), tuple(sorted(part.glob("*.parquet")))))
            self._partitions[table] = found
        return self._partitions[table]

    def start_of(self, kind: str, organisation: str = "default") -> str:
        """`09-01`: month and day on which a year of this kind begins for an organisation."""
        starts = self._years.get(kind, {})
        return starts.get(organisation) or starts.get("default") or _START.get(kind, "01-01")

    def special_starts(self, kind: str) -> dict[str, str]:
        """Organisations whose year of this kind begins on another day than the default."""
        usual = self.start_of(kind)
        return {o: s for o, s in self._years.get(kind, {}).items() if o != "default" and s != usual}

    def label(self, first: int, kind: str) -> str:
        return period_label(first, kind, self.start_of(kind))

    def is_of_kind(self, year: str, kind: str) -> bool:
        """Whether a partition's year is a period of this kind, so that it says where its rows belong."""
        if kind == "financial-year":
            return False
        return bool(re.fullmatch(r"\d{4}-\d{2}" if kind == "academic-year" else r"\d{4}", year))

    def periods(self, kind: str) -> list[str]:
        """Every period of a kind for which a row stands: those declared, and those that the partitions touch."""
        crosses = len(self.label(2000, kind)) > 4
        declared = {p for p in self._periods if (len(p) > 4) == crosses}
        if declared:
            return sorted(declared)
        years = {p.year for name in self.tables for p in self.partitions(name)}
        if own := {y for y in years if self.is_of_kind(y, kind)}:
            return sorted(own)
        touched: set[int] = set()
        for year in years:
            if self.is_of_kind(year, "academic-year"):
                touched |= {int(year[:4]), int(year[:4]) + 1}
            elif self.is_of_kind(year, "calendar-year"):
                touched |= {int(year) - 1, int(year)} if crosses else {int(year)}
        return sorted(self.label(first, kind) for first in touched)

    def stated(self, table: str, kind: str) -> set[tuple[str, str]]:
        """Organisations and periods for which a partition is there, with or without rows."""
        return {(p.organisation, p.year) for p in self.partitions(table) if p.files and self.is_of_kind(p.year, kind)}
