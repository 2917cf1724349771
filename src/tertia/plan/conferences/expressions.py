"""A resolution's records as the expressions of an Akoma Ntoso work: in which languages it is whole, and what it says in one of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tertia.core.languages.text import LANGUAGES
from tertia.plan.conferences.akoma_ntoso import Clause, Group, Statement
from tertia.plan.conferences.models import Recommendation, Resolution

__all__ = ["languages_of", "statement_of"]


def _rows(resolution: Resolution) -> list[Recommendation]:
    return list(resolution.recommendations.order_by("position"))


def languages_of(resolution: Resolution) -> list[str]:
    """Languages in which every recommendation has its words; an expression that is half in another language is none."""
    rows = _rows(resolution)
    return [language for language in LANGUAGES if rows and all(language in row.title.versions for row in rows)]


def statement_of(resolution: Resolution, language: str) -> Statement | None:
    """The resolution in one language, None where it is not adopted or not whole in it. Two queries."""
    rows = _rows(resolution)
    if resolution.adopted_on is None or not rows or any(language not in row.title.versions for row in rows):
        return None
    below: dict[int | None, list[Recommendation]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)

    def clause(row: Recommendation) -> Clause:
        return Clause(row.position, row.marker, row.title.read(language).text, tuple(clause(part) for part in below[row.pk]))

    groups: dict[int, list[Recommendation]] = defaultdict(list)
    for row in below[None]:
        groups[row.group].append(row)
    return Statement(
        resolution.owner.slug, _said(resolution.adopting_body, language), resolution.number, resolution.title.read(language).text, resolution.adopted_on, language,
        resolution.source_language or resolution.title.original,
        tuple(Group(number, _said(found[0].group_lead_in, language), tuple(clause(r) for r in found)) for number, found in sorted(groups.items())),
        digest=resolution.sha256,
    )  # fmt: skip


def _said(text: Any, language: str) -> str:
    return str(text.read(language).text) if text else ""
