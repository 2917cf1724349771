"""How an indicator is computed: a TOML file read into definitions, and what is wrong with it said by file and line. No Django.

    [volunteer-hours-per-student]
    version = "2"
    since = "2025-26"                      # from which period this version counts; without it, always
    numerator = { table = "participation", measure = "sum(hours)", where = [["attested", "is", true]] }
    denominator = { table = "member", measure = "distinct(person)", where = [["standing", "is", "student"]] }
    dimensions = ["unit"]
    [[volunteer-hours-per-student.earlier]]
    version = "1"
    numerator = { … }

Nothing in a definition is run as code. Measures of the rows that meet the conditions:
`count` rows; `sum(C)`; `distinct(C)` values; `median(C)`, where a row without C counts as still waiting;
`returning(C)` values that were there in the period before too; `former(C)` values of the period before;
`lasting(C)` values that were there in both periods before too; `top10(C)` rows of the ten values with most rows;
`tenth(C, D)` the sum of D over the tenth of the values of C (rounded up) with the largest sum of D.
A denominator may be `{ constant = 8 }`, and a side may be another indicator's numerator: `{ indicator = "ID" }`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from tertia.measure.indicators.engine.catalogue import DATA, Entry, catalogue

__all__ = ["DEFINITIONS", "PERIODS", "BadDefinition", "Definition", "Side", "definitions", "parse"]

DEFINITIONS = DATA / "definitions.toml"
PERIODS = ("academic-year", "calendar-year", "financial-year")
OPERATORS = ("is", "not", "in", "at-least", "at-most", "known")
_MEASURE = re.compile(r"(count)|(sum|distinct|median|returning|former|lasting|top10)\(\s*(\w+)\s*\)|(tenth)\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_KEYS = {
    "version", "since", "numerator", "denominator", "scale", "dimensions", "unit", "period", "aggregation", "bins", "earlier",
    "title_en", "title_ru", "title_kk", "counts",
}  # fmt: skip
_SIDE_KEYS = {"table", "measure", "where", "constant", "indicator"}
MEASURES = "count, sum(COLUMN), distinct(COLUMN), median(COLUMN), returning(COLUMN), former(COLUMN), lasting(COLUMN), top10(COLUMN) or tenth(COLUMN, COLUMN)"


class BadDefinition(ValueError):
    """A definition that cannot be used: `file`, `line` (0 where there is none), `indicator`, and a sentence with the remedy."""

    def __init__(self, file: Path, line: int, indicator: str, sentence: str) -> None:
        where = [file.name, *([f"line {line}"] if line else []), *([f"[{indicator}]"] if indicator else [])]
        super().__init__(f"{', '.join(where)}: {sentence}")
        self.file, self.line, self.indicator, self.sentence = file, line, indicator, sentence


@dataclass(frozen=True)
class Side:
    """Numerator or denominator: a fact table, a measure of its rows, conditions that a row has to meet; or a constant."""

    table: str = ""
    measure: str = "count"
    column: str = ""
    by: str = ""
    where: tuple[tuple[str, str, Any], ...] = ()
    constant: Decimal | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the side reads."""
        return (*(c for c, _, _ in self.where), *(c for c in (self.column, self.by) if c))


@dataclass(frozen=True)
class Definition:
    """How an indicator is computed. Without denominator it is a sum or a count; `scale` 100 makes a percentage."""

    id: str
    version: str
    numerator: Side
    denominator: Side | None
    unit: str
    period: str = "academic-year"
    aggregation: str = "sum"
    scale: int = 1
    dimensions: tuple[str, ...] = ()
    #: upper edges of a median's histogram; the last bin is open
    bins: tuple[Decimal, ...] = ()
    since: str = ""
    titles: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    earlier: tuple[Definition, ...] = ()
    file: Path = field(default=DEFINITIONS, hash=False, compare=False)
    line: int = field(default=0, hash=False, compare=False)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that read a table."""
        return tuple(s for s in (self.numerator, self.denominator) if s is not None and s.constant is None)

    @property
    def versions(self) -> tuple[Definition, ...]:
        """This version and the earlier ones, latest first."""
        return (self, *sorted(self.earlier, key=lambda d: d.since, reverse=True))

    def in_force(self, period: str) -> Definition:
        """The version that counts for a period; for one before all of them, the earliest."""
        return next((d for d in self.versions if d.since <= period), self.versions[-1])

    def refuse(self, sentence: str) -> BadDefinition:
        return BadDefinition(self.file, self.line, self.id, sentence)


@lru_cache(maxsize=8)
def definitions(file: Path = DEFINITIONS) -> dict[str, Definition]:
    """All definitions of a file by id. Raises BadDefinition with what is wrong, where, and what to write instead."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDefinition(file, 0, "", f"the file cannot be read ({error}); give a UTF-8 file in TOML") from error
    return parse(text, file)


def parse(text: str, file: Path, entries: dict[str, Entry] | None = None) -> dict[str, Definition]:
    """The definitions of a text in TOML; `entries` (the catalogue) gives unit and period where a definition does not."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise BadDefinition(
            file, int(found[1]) if found else text.count("\n") + 1, "", f"this is not TOML: {error}; correct the line"
        ) from error
    entries = catalogue() if entries is None else entries
    reader = _Reader(file, text.splitlines(), body, entries)
    return {key: reader.definition(key, row) for key, row in body.items()}


class _Reader:
    """Reads the definitions of one file; keeps what is needed to say where something is wrong."""

    def __init__(self, file: Path, lines: list[str], body: dict[str, Any], entries: dict[str, Entry]) -> None:
        self.file, self.lines, self.body, self.entries = file, lines, body, entries

    def line_of(self, key: str, inner: str = "") -> int:
        """The line of `[key]`, or of `inner =` below it."""
        head = re.compile(rf'\s*\[+\s*"?{re.escape(key)}"?\s*[\].]')
        start = next((n for n, line in enumerate(self.lines) if head.match(line)), -1)
        if start < 0 or not inner:
            return start + 1
        for n in range(start + 1, len(self.lines)):
            if self.lines[n].lstrip().startswith("["):
                break
            if re.match(rf"\s*{re.escape(inner)}\s*=", self.lines[n]):
                return n + 1
        return start + 1

    def refuse(self, key: str, sentence: str, inner: str = "") -> BadDefinition:
        return BadDefinition(self.file, self.line_of(key, inner), key, sentence)

    def definition(self, key: str, row: Any) -> Definition:
        if not isinstance(row, dict):
            raise self.refuse(key, f"write a table: [{key}] with version and numerator below it")
        unknown = sorted(set(row) - _KEYS)
        if unknown:
            raise self.refuse(key, f"the key {unknown[0]!r} is not known; remove it or correct its spelling", unknown[0])
        entry = self.entries.get(key)
        made = self._one(key, row, entry)
        earlier = row.get("earlier", [])
        if not isinstance(earlier, list) or not all(isinstance(e, dict) for e in earlier):
            raise self.refuse(key, f"earlier versions are written as [[{key}.earlier]]", "earlier")
        if earlier and not made.since:
            raise self.refuse(key, 'a definition with earlier versions says since when it counts: since = "2025-26"')
        shared = {k: v for k, v in row.items() if k in ("unit", "period", "scale", "dimensions", "aggregation", "bins")}
        return replace(made, earlier=tuple(self._one(key, {**shared, **e}, entry) for e in earlier))

    def _one(self, key: str, row: dict[str, Any], entry: Entry | None) -> Definition:
        for needed in ("version", "numerator"):
            if needed not in row:
                raise self.refuse(key, f"{needed} is missing; version and numerator are needed")
        period = row.get("period") or (entry.period if entry else "academic-year")
        if period not in PERIODS:
            raise self.refuse(key, f"the period {period!r} is not known; write {', '.join(PERIODS)}", "period")
        numerator = self.side(key, row["numerator"], "numerator")
        denominator = self.side(key, row["denominator"], "denominator") if "denominator" in row else None
        unit = row.get("unit") or (entry.unit if entry else "")
        if not unit:
            raise self.refuse(key, 'unit is missing; an indicator that is not in the catalogue says its unit, such as unit = "hours"')
        if numerator.constant is not None:
            raise self.refuse(key, "the numerator cannot be a constant; choose a fact table", "numerator")
        if numerator.measure == "median" and denominator is not None or denominator is not None and denominator.measure == "median":
            raise self.refuse(key, "a median has no denominator and is no denominator; remove it", "denominator")
        scale = row.get("scale", 100 if unit == "percent" else 1)
        if isinstance(scale, bool) or not isinstance(scale, int) or scale < 1 or (unit == "percent" and scale != 100):
            raise self.refuse(key, f"the scale {scale!r} is wrong; write a whole number, and 100 for a percentage", "scale")
        return Definition(
            id=key, version=str(row["version"]), numerator=numerator, denominator=denominator, unit=unit, period=period,
            aggregation=row.get("aggregation") or (entry.aggregation if entry else _aggregation(numerator, denominator)),
            scale=scale, dimensions=tuple(row.get("dimensions", ())), bins=tuple(Decimal(str(b)) for b in row.get("bins", ())),
            since=str(row.get("since", "")), titles={lang: row[f"title_{lang}"] for lang in ("en", "ru", "kk") if f"title_{lang}" in row},
            file=self.file, line=self.line_of(key),
        )  # fmt: skip

    def side(self, key: str, row: Any, name: str, seen: tuple[str, ...] = ()) -> Side:
        if not isinstance(row, dict):
            raise self.refuse(key, f'the {name} is written as {{ table = "TABLE", measure = "count" }}', name)
        unknown = sorted(set(row) - _SIDE_KEYS)
        if unknown:
            raise self.refuse(key, f"the key {unknown[0]!r} of the {name} is not known; there are {', '.join(sorted(_SIDE_KEYS))}", name)
        if "constant" in row:
            if isinstance(row["constant"], bool) or not isinstance(row["constant"], int | float):
                raise self.refuse(key, f"the constant {row['constant']!r} is no number; write a number", name)
            return Side(constant=Decimal(str(row["constant"])))
        if "indicator" in row:
            return self._reference(key, str(row["indicator"]), name, (*seen, key))
        if not isinstance(row.get("table"), str):
            raise self.refuse(key, f'the {name} names no fact table; write table = "TABLE"', name)
        match = _MEASURE.fullmatch(str(row.get("measure", "")))
        if not match:
            raise self.refuse(key, f"the measure {row.get('measure')!r} is not known; write {MEASURES}", name)
        measure = match[1] or match[2] or match[4]
        return Side(row["table"], measure, match[3] or match[5] or "", match[6] or "", self._where(key, row.get("where", []), name))

    def _reference(self, key: str, other: str, name: str, seen: tuple[str, ...]) -> Side:
        """The numerator of another indicator of the file; a ring of references is refused with its path."""
        if other in seen:
            ring = " → ".join([*seen[seen.index(other) :], other])
            raise self.refuse(key, f"the definitions form a ring: {ring}; let one of them name a fact table", name)
        row = self.body.get(other)
        if not isinstance(row, dict) or "numerator" not in row:
            raise self.refuse(key, f"there is no indicator {other!r} in this file; define it or name a fact table", name)
        return self.side(other, row["numerator"], "numerator", seen)

    def _where(self, key: str, rows: Any, name: str) -> tuple[tuple[str, str, Any], ...]:
        made = []
        for condition in rows if isinstance(rows, list) else [rows]:
            if not isinstance(condition, list) or len(condition) != 3 or condition[1] not in OPERATORS:
                raise self.refuse(key, f"the condition {condition!r} is not known; write [COLUMN, {' | '.join(OPERATORS)}, VALUE]", name)
            column, operator, value = condition
            if (operator == "in") != isinstance(value, list):
                raise self.refuse(key, f"the condition {condition!r}: `in` takes a list of values, the others take one", name)
            made.append((column, operator, tuple(value) if isinstance(value, list) else value))
        return tuple(made)


def _aggregation(numerator: Side, denominator: Side | None) -> str:
    """How a figure without an entry in the catalogue is rolled up."""
    if denominator is not None:
        return "ratio-of-sums"
    return {"median": "median", "distinct": "distinct-count"}.get(
        numerator.measure, "sum" if numerator.measure in ("count", "sum") else "distinct-count"
    )
