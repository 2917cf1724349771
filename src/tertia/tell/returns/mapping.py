"""How records fill an outside form: a mapping is data, two files of TOML beside each other. No Django.

`NAME.toml` says how the form looks, `NAME.cells.toml` what each of its cells counts, as indicators are defined
(`measure/indicators/engine/definition.py`), so that a cell has a unit, a period, conditions, and opens to its rows.

    title = { en = "…", ru = "…", kk = "…" }
    source = { en = "whose form it is, which edition, what was seen of it", ru = "…", kk = "…" }   # or one string
    period = "academic-year"                      # or calendar-year, financial-year
    form = "xlsx"                                 # or docx
    [[part]]
    title = { … }
    columns = [{ en = "Number" }, { en = "Value, ₸" }]
    [[part.row]]
    label = { … }
    cells = ["contracts", { text = { en = "tenge" } }, { empty = { en = "Tertia keeps no …" } }, { statement = "social-mission" }]
    [[part]]
    title = { … }
    each = "partner"                              # one row for each value of this dimension
    rank = "partner-activities"                   # the largest of this cell first
    limit = 15
    columns = [{ en = "Partner" }, { en = "Activities" }]
    cells = [{ name = true }, "partner-activities"]
    [[part]]
    title = { … }
    links = { kinds = ["agreement"], states = ["in-force"], limit = 3 }   # addresses of public records

A wrong mapping is refused with its file and line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tertia.measure.indicators.engine.definition import PERIODS, BadDefinition, Definition, parse

__all__ = ["DATA", "BadMapping", "Cell", "Links", "Mapping", "Part", "Row", "mapping", "mappings"]

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru", "kk")
_KEYS = {"title", "source", "period", "form", "part", "note"}
_PART = {"title", "columns", "row", "each", "rank", "limit", "cells", "links", "note"}


class BadMapping(ValueError):
    """A mapping that cannot be used: `file`, `line`, and a sentence with the remedy."""

    def __init__(self, file: Path, line: int, sentence: str) -> None:
        super().__init__(f"{file.name}, line {line}: {sentence}" if line else f"{file.name}: {sentence}")
        self.file, self.line, self.sentence = file, line, sentence


Words = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """One of: `counts` (name of a definition), `text`, `empty` (why nothing is there), `statement`, `name` (of the row's organisation)."""

    counts: str = ""
    text: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    statement: str = ""
    name: bool = False


@dataclass(frozen=True)
class Row:
    label: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Links:
    """Addresses of public records: of which kinds, in which states (any where none is named), at most how many."""

    kinds: tuple[str, ...]
    states: tuple[str, ...]
    limit: int


@dataclass(frozen=True)
class Part:
    title: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...] = ()
    each: str = ""
    rank: str = ""
    limit: int = 50
    cells: tuple[Cell, ...] = ()
    links: Links | None = None
    note: Words | None = None


@dataclass(frozen=True)
class Mapping:
    """A form and what fills it."""

    name: str
    title: Words
    source: Words
    period: str
    form: str
    parts: tuple[Part, ...]
    cells: dict[str, Definition]
    note: Words | None = None

    @property
    def counted(self) -> list[str]:
        """Names of the definitions that some cell shows."""
        shown = [c.counts for p in self.parts for c in (*p.cells, *(c for r in p.rows for c in r.cells)) if c.counts]
        return list(dict.fromkeys([*shown, *(p.rank for p in self.parts if p.rank)]))


def mappings(*folders: Path) -> dict[str, Mapping | BadMapping]:
    """Every mapping of some folders by name; a wrong one as the error that says where."""
    found: dict[str, Mapping | BadMapping] = {}
    for folder in folders or (DATA,):
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            if file.name.endswith(".cells.toml"):
                continue
            try:
                found[file.stem] = mapping(file)
            except BadMapping as error:
                found[file.stem] = error
    return found


@lru_cache(maxsize=32)
def _read(file: Path, _changed: float) -> tuple[str, dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(file, 0, f"the file cannot be read ({error}); give a UTF-8 file in TOML") from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise BadMapping(file, int(line[1]) if line else text.count("\n") + 1, f"this is not TOML: {error}; correct the line") from error


def mapping(file: Path) -> Mapping:
    """Read one mapping. Raises BadMapping with what is wrong, where, and what to write instead."""
    text, body = _read(file, file.stat().st_mtime if file.exists() else 0.0)
    beside = file.with_name(f"{file.stem}.cells.toml")
    try:
        cells = parse(beside.read_text(encoding="utf-8"), beside) if beside.exists() else {}
    except BadDefinition as error:
        raise BadMapping(error.file, error.line, error.sentence) from error
    return _Reader(file, text.splitlines(), cells).mapping(body)


class _Reader:
    """Reads one mapping; keeps what is needed to say where something is wrong."""

    def __init__(self, file: Path, lines: list[str], cells: dict[str, Definition]) -> None:
        self.file, self.lines, self.cells = file, lines, cells
        self.parts = [n for n, line in enumerate(lines, start=1) if re.match(r"\s*\[\[\s*part\s*\]\]", line)]

    def refuse(self, sentence: str, *, part: int | None = None, word: str = "") -> BadMapping:
        start = self.parts[part] if part is not None and part < len(self.parts) else 1
        stop = self.parts[part + 1] - 1 if part is not None and part + 1 < len(self.parts) else len(self.lines)
        line = next(
            (n for n in range(start, stop + 1) if word and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self.lines[n - 1])), start
        )
        return BadMapping(self.file, line, sentence)

    def mapping(self, body: dict[str, Any]) -> Mapping:
        for key in body:
            if key not in _KEYS:
                raise self.refuse(f"the key {key!r} is not known; there are {', '.join(sorted(_KEYS))}", word=key)
        for key in ("title", "source", "period", "part"):
            if key not in body:
                raise self.refuse(f"{key} is missing")
        if body["period"] not in PERIODS:
            raise self.refuse(f"the period {body['period']!r} is not known; write {', '.join(PERIODS)}", word="period")
        form = body.get("form", "xlsx")
        if form not in ("xlsx", "docx"):
            raise self.refuse(f"the form {form!r} is not known; write xlsx or docx", word="form")
        for name, cell in self.cells.items():
            if cell.period != body["period"]:
                raise BadMapping(
                    cell.file, cell.line, f"[{name}] counts by {cell.period}, the form by {body['period']}; write one of them for both"
                )
        parts = tuple(self.part(n, row) for n, row in enumerate(body["part"]))
        return Mapping(
            self.file.stem,
            self.words(body["title"], "title"),
            {"en": body["source"]} if isinstance(body["source"], str) else self.words(body["source"], "source"),
            body["period"],
            form,
            parts,
            self.cells,
            self.optional(body.get("note"), "note"),
        )

    def words(self, value: Any, key: str, part: int | None = None) -> Words:
        if not isinstance(value, dict) or not value or not all(k in LANGUAGES and isinstance(v, str) and v for k, v in value.items()):
            raise self.refuse(f'{key} is written as {{ en = "…", ru = "…", kk = "…" }}', part=part, word=key)
        return value

    def optional(self, value: Any, key: str, part: int | None = None) -> Words | None:
        return None if value is None else self.words(value, key, part)

    def part(self, number: int, row: Any) -> Part:
        for key in row:
            if key not in _PART:
                raise self.refuse(f"the key {key!r} of a part is not known; there are {', '.join(sorted(_PART))}", part=number, word=key)
        title = self.words(row.get("title"), "title", number)
        columns = tuple(self.words(c, "columns", number) for c in row.get("columns", []))
        note = self.optional(row.get("note"), "note", number)
        if "links" in row:
            return Part(title, columns, links=self.links(row["links"], number), note=note)
        if "each" in row:
            rank = str(row.get("rank", ""))
            if rank not in self.cells:
                raise self.refuse(
                    f"rank names {rank!r}, which {self.file.stem}.cells.toml does not define; name one of its tables",
                    part=number,
                    word="rank",
                )
            cells = tuple(self.cell(c, number, each=row["each"]) for c in row.get("cells", []))
            if len(cells) != len(columns):
                raise self.refuse(f"there are {len(columns)} columns and {len(cells)} cells; make them as many", part=number, word="cells")
            limit = row.get("limit", 50)
            if not isinstance(limit, int) or not 1 <= limit <= 1000:
                raise self.refuse("limit is a whole number from 1 to 1000", part=number, word="limit")
            return Part(title, columns, each=str(row["each"]), rank=rank, limit=limit, cells=cells, note=note)
        rows = tuple(self.row(r, number, len(columns)) for r in row.get("row", []))
        if not rows:
            raise self.refuse("a part has rows, or `each`, or `links`", part=number)
        return Part(title, columns, rows, note=note)

    def row(self, row: Any, part: int, columns: int) -> Row:
        cells = tuple(self.cell(c, part) for c in row.get("cells", []))
        if len(cells) != columns:
            label = row.get("label", {})
            word = next(iter(label.values()), "") if isinstance(label, dict) else ""
            raise self.refuse(f"there are {columns} columns and {len(cells)} cells; make them as many", part=part, word=str(word))
        return Row(self.words(row.get("label"), "label", part), cells)

    def cell(self, value: Any, part: int, each: str = "") -> Cell:
        if isinstance(value, str):
            definition = self.cells.get(value)
            if definition is None:
                raise self.refuse(
                    f"the cell {value!r} is not defined in {self.file.stem}.cells.toml; define it or correct its name",
                    part=part,
                    word=value,
                )
            if each and each not in definition.dimensions:
                raise BadMapping(definition.file, definition.line, f'[{value}] is shown for each {each}; write dimensions = ["{each}"]')
            return Cell(counts=value)
        if isinstance(value, dict) and len(value) == 1:
            key, said = next(iter(value.items()))
            if key in ("text", "empty"):
                return Cell(**{key: tuple(sorted(self.words(said, key, part).items()))})
            if key == "statement" and isinstance(said, str):
                return Cell(statement=said)
            if key == "name" and said is True and each:
                return Cell(name=True)
        raise self.refuse(
            f"a cell is the name of a definition, or text, empty, statement, or name in a part with `each`; this is {value!r}",
            part=part,
            word="cells",
        )

    def links(self, value: Any, part: int) -> Links:
        if not isinstance(value, dict) or not isinstance(value.get("kinds"), list) or not value["kinds"]:
            raise self.refuse('links are written as { kinds = ["agreement"], states = ["in-force"], limit = 3 }', part=part, word="links")
        return Links(tuple(value["kinds"]), tuple(value.get("states", ())), int(value.get("limit", 3)))
