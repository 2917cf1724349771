"""Specifications: for an indicator a small printed table and the answer counted by hand. No Django."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tertia.measure.indicators.engine.catalogue import DATA

__all__ = ["SPECIFICATIONS", "Printed", "Specification", "specifications"]

SPECIFICATIONS = DATA / "specifications.toml"


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: column names, and rows of cells as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def dicts(self) -> list[dict[str, str]]:
        return [dict(zip(self.columns, row)) for row in self.rows]


@dataclass(frozen=True)
class Specification:
    """`tables` are the facts by name; `expected` the figures: org, period, numerator, denominator, value, state."""

    id: str
    tables: dict[str, Printed] = field(hash=False)
    expected: Printed
    note: str = ""


@lru_cache(maxsize=2)
def specifications(file: Path = SPECIFICATIONS) -> dict[str, Specification]:
    """All specifications of a file. Raises ValueError where a row has more or fewer cells than the head."""
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        key: Specification(
            key, {k: printed(v, f"[{key}] {k}") for k, v in row.items() if k not in ("expected", "note")},
            printed(row["expected"], f"[{key}] expected"), row.get("note", ""),
        )
        for key, row in body.items()
    }  # fmt: skip


def printed(text: str, where: str = "") -> Printed:
    """A table drawn with `|`."""
    lines = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    head, rows = lines[0], lines[1:]
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            raise ValueError(f"{where}, row {number}: {len(row)} cells under {len(head)} heads")
    return Printed(head, tuple(rows))
