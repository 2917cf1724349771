"""A strategy as plain data: what is frozen when it is adopted, and what two versions are compared by."""

from __future__ import annotations

import hashlib
from typing import Any

from tertia.core.checks.canonical import canonical
from tertia.core.languages.text import Text
from tertia.plan.strategy.queries import measures_in

__all__ = ["digest_of", "measure_of", "snapshot_of"]


def _words(text: Text | None) -> dict[str, str]:
    return {lang: words for lang, (words, _state) in sorted(text.versions.items())} if text else {}


def snapshot_of(strategy: Any) -> dict[str, Any]:
    """Everything that is adopted: words, forms, needs, partners, priorities, measures in the order of their numbers."""
    return {
        "title": _words(strategy.title), "mission": _words(strategy.mission), "analysis": _words(strategy.analysis),
        "forms": sorted(strategy.forms), "own_forms": _words(strategy.own_forms),
        "starts_on": strategy.starts_on.isoformat() if strategy.starts_on else None, "ends_on": strategy.ends_on.isoformat() if strategy.ends_on else None,
        "needs": [{"id": c.need_id, "title": _words(c.need.title)} for c in strategy.chosen_needs.select_related("need")],
        "partners": [{"name": _words(c.organisation.name), "words": _words(c.words)} for c in strategy.chosen_partners.select_related("organisation")],
        "priorities": [_words(p.title) for p in strategy.priorities.all()],
        "measures": [measure_of(m) for m in measures_in(strategy)],
    }  # fmt: skip


def measure_of(measure: Any) -> dict[str, Any]:
    owner = _words(measure.unit.name) if measure.unit else {"": measure.responsible.name} if measure.responsible else {}
    return {
        "id": measure.pk, "number": measure.number, "title": _words(measure.title), "owner": owner,
        "starts_on": measure.starts_on.isoformat() if measure.starts_on else None, "ends_on": measure.ends_on.isoformat() if measure.ends_on else None,
        "budget": str(measure.budget) if measure.budget is not None else None, "target": measure.target, "proof": _words(measure.proof),
        "priority": _words(measure.priority.title) if measure.priority else {},
    }  # fmt: skip


def digest_of(snapshot: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()
