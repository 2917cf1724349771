"""The catalogue of indicators in words: what is asked for, by whom, and what to beware of. No Django."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["CATALOGUE", "DATA", "Entry", "catalogue"]

DATA = Path(__file__).resolve().parents[1] / "data"
CATALOGUE, WORDS = DATA / "catalogue.toml", DATA / "catalogue_words.toml"


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
    #: what is counted and the caveat in Russian and Kazakh, where they are written: `counts_ru`, `caveat_kk`
    words: dict[str, str] = field(default_factory=dict, hash=False)

    def said(self, name: str, language: str) -> tuple[str, str]:
        """`counts` or `caveat` in a language, else in English; with the language in which it is."""
        found = self.words.get(f"{name}_{language}")
        return (found, language) if found else (getattr(self, name), "en")


@lru_cache(maxsize=8)
def catalogue(file: Path = CATALOGUE) -> dict[str, Entry]:
    """All indicators of the catalogue by id."""
    body = tomllib.loads(file.read_text(encoding="utf-8"))
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    found = {}
    for row in body["indicator"]:
        found[row["id"]] = Entry(
            id=row["id"],
            titles={lang: title for lang in ("en", "ru", "kk") if (title := row.get(f"title_{lang}") or words.get(row["id"], {}).get(f"title_{lang}"))},
            counts=row["counts"], numerator=row["numerator"], denominator=row["denominator"], unit=row["unit"],
            period=row["period"], aggregation=row["aggregation"], records=tuple(row["records"]), mission_rows=tuple(row["mission_rows"]),
            direction=row["direction"], caveat=row.get("caveat", ""), dimension=row["dimension"], kind=row["kind"],
            refs=tuple(row.get("refs", ())), words=words.get(row["id"], {}),
        )  # fmt: skip
    return found
