"""The catalogue of indicators in words: what is asked for, by whom, and what to beware of. No Django."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["CATALOGUE", "DATA", "Entry", "catalogue"]

DATA = Path(__file__).resolve().parents[1] / "data"
CATALOGUE = DATA / "catalogue.toml"


@dataclass(frozen=True)
class Entry:
    """An indicator of the catalogue in words."""

    id: str
    titles: dict[str, str] = field(hash=False)
    counts: str
    numerator: str
    denominator: str
    unit: str
    period: str
    aggregation: str
    records: tuple[str, ...]
    mission_rows: tuple[str, ...]
    direction: str
    caveat: str
    dimension: str
    kind: str
    refs: tuple[dict[str, Any], ...] = field(default=(), hash=False)


@lru_cache(maxsize=8)
def catalogue(file: Path = CATALOGUE) -> dict[str, Entry]:
    """All indicators of the catalogue by id."""
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {}
    for row in body["indicator"]:
        found[row["id"]] = Entry(
            id=row["id"],
            titles={lang: row[f"title_{lang}"] for lang in ("en", "ru", "kk") if row.get(f"title_{lang}")},
            counts=row["counts"], numerator=row["numerator"], denominator=row["denominator"], unit=row["unit"],
            period=row["period"], aggregation=row["aggregation"], records=tuple(row["records"]), mission_rows=tuple(row["mission_rows"]),
            direction=row["direction"], caveat=row.get("caveat", ""), dimension=row["dimension"], kind=row["kind"],
            refs=tuple(row.get("refs", ())),
        )  # fmt: skip
    return found
