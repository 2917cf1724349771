"""Frameworks of self-assessment as data: rows, columns, levels, and the rules by which a level is proposed from figures. No Django."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["Evidence", "Framework", "Named", "Proposal", "Rule", "frameworks", "propose"]

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Named:
    """A row, column or level with its words."""

    id: str
    words: tuple[tuple[str, str], ...]

    def read(self, language: str) -> str:
        words = dict(self.words)
        return words.get(language) or words["en"]


@dataclass(frozen=True)
class Rule:
    """A figure that speaks for a cell. `steps` are the values from which level 2, 3 … is proposed; falling steps: less is better."""

    row: str
    column: str
    indicator: str
    steps: tuple[Decimal, ...]

    def level(self, value: Decimal) -> int:
        rises = self.steps[-1] >= self.steps[0]
        return 1 + sum(value >= s if rises else value <= s for s in self.steps)


@dataclass(frozen=True)
class Framework:
    """One framework. A cell is a pair of row and column."""

    id: str
    version: str
    source: str
    title: Named
    levels: tuple[Named, ...]
    rows: tuple[Named, ...]
    columns: tuple[Named, ...]
    rules: tuple[Rule, ...]

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(r.id, c.id) for r in self.rows for c in self.columns]

    def level_words(self, level: int | None, language: str) -> str:
        return self.levels[level - 1].read(language) if level else ""


@dataclass(frozen=True)
class Evidence:
    """A figure that spoke: its value, and the level that it alone would give."""

    indicator: str
    value: Decimal
    level: int


@dataclass(frozen=True)
class Proposal:
    """What the records propose for a cell; `level` None where no figure speaks, which is no level 1."""

    level: int | None
    evidence: tuple[Evidence, ...] = ()


@lru_cache(maxsize=1)
def frameworks() -> dict[str, Framework]:
    """Every framework by id. Raises ValueError where a file names a row, column or number of steps that does not fit."""
    return {f.id: f for f in (_read(file) for file in sorted(DATA.glob("*.toml")))}


def _read(file: Path) -> Framework:
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    rows, columns = (tuple(_named(r, r["id"]) for r in body[name]) for name in ("row", "column"))
    levels = tuple(_named(r, str(n + 1)) for n, r in enumerate(body["level"]))
    rules = tuple(Rule(r["row"], r["column"], r["indicator"], tuple(Decimal(str(s)) for s in r["steps"])) for r in body.get("rule", ()))
    known = ({r.id for r in rows}, {c.id for c in columns})
    for rule in rules:
        if rule.row not in known[0] or rule.column not in known[1] or len(rule.steps) != len(levels) - 1:
            raise ValueError(f"{file.name}: the rule of {rule.indicator} for {rule.row}, {rule.column} fits no cell or not the levels")
    return Framework(body["id"], body["version"], body["source"], _named(body["title"], body["id"]), levels, rows, columns, rules)


def _named(row: Mapping[str, Any], name: str) -> Named:
    return Named(name, tuple((lang, row[lang]) for lang in ("en", "ru", "kk") if lang in row))


def propose(framework: Framework, values: Mapping[str, Decimal]) -> dict[tuple[str, str], Proposal]:
    """A proposal for each cell from the figures that have a value: the lower middle of what they give alone."""
    found = {}
    for cell in framework.cells:
        spoke = tuple(
            Evidence(r.indicator, values[r.indicator], r.level(values[r.indicator])) for r in framework.rules if (r.row, r.column) == cell and r.indicator in values
        )  # fmt: skip
        levels = sorted(e.level for e in spoke)
        found[cell] = Proposal(levels[(len(levels) - 1) // 2] if levels else None, spoke)
    return found
