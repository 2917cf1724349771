"""What is asked of the library."""

from __future__ import annotations

from typing import Any

from tertia.core.languages.text import all_words
from tertia.core.search.matching import Index
from tertia.plan.practice.models import Practice

__all__ = ["near_practices", "practices_for", "said_by"]


def practices_for(actor: Any) -> Any:
    return Practice.objects.visible_to(actor).exclude(state="withdrawn").order_by("-created_at", "-pk")


def near_practices(actor: Any, record: Any, most: int = 3) -> list[tuple[Practice, tuple[str, ...]]]:
    """Practices that share rare words with a record, with the words; those that were found not to fit by all who judged stay away."""
    rows = list(practices_for(actor).prefetch_related("fits")[:500])
    kept = [r for r in rows if not r.fits.all() or any(f.verdict != "no" for f in r.fits.all())]
    index = Index([said_by(r) for r in kept])
    asked = all_words(record.title, record.summary)
    return [(kept[s.at], s.shared) for s in index.nearest([asked], None, most, 0.12)[0]]


def said_by(practice: Practice) -> str:
    return all_words(practice.title, practice.summary, practice.came_of_it)
