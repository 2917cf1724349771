"""Reads the table of regions that lies beside this file into plain rows. No Django."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

__all__ = ["RegionRow", "read_regions"]

FILE = Path(__file__).parent / "data" / "regions.csv"


@dataclass(frozen=True)
class RegionRow:
    code: str
    kind: str
    names: dict[str, str]
    valid_from: dt.date | None
    valid_to: dt.date | None
    part_of_before: str
    note: str


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def read_regions(path: Path = FILE) -> list[RegionRow]:
    """All rows; a code that occurs twice is one place under several names through time."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            RegionRow(
                code=row["iso_code"] or row["iso_code_before_2022"],
                kind=row["type"],
                names={lang: row[f"name_{lang}"] for lang in ("en", "ru", "kk")},
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                part_of_before=row["part_of_before"],
                note=row["note"],
            )
            for row in csv.DictReader(file)
        ]
