"""The rubric for reflections, read from the data beside this file. No Django."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Criterion", "Rubric", "rubric"]

LEVELS = 4


@dataclass(frozen=True)
class Criterion:
    code: str
    words: dict[str, str]
    levels: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Rubric:
    criteria: tuple[Criterion, ...]
    pass_sum: int

    def passes(self, levels: dict[str, int]) -> bool:
        """Whether every criterion is above its lowest level and the sum suffices. Raises ValueError where a criterion is missing or wrong."""
        for criterion in self.criteria:
            if levels.get(criterion.code) not in range(LEVELS):
                raise ValueError(criterion.code)
        return all(levels[c.code] > 0 for c in self.criteria) and sum(levels[c.code] for c in self.criteria) >= self.pass_sum


@cache
def rubric(file: Path = Path(__file__).parent / "rubric.toml") -> Rubric:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    criteria = tuple(
        Criterion(
            r["code"], {lang: r[lang] for lang in ("en", "ru", "kk")}, {lang: tuple(r[f"levels_{lang}"]) for lang in ("en", "ru", "kk")}
        )
        for r in rows["criterion"]
    )
    if any(len(levels) != LEVELS for c in criteria for levels in c.levels.values()):
        raise ValueError(f"{file}: every criterion has {LEVELS} levels in each language")
    return Rubric(criteria, int(rows["pass_sum"]))
