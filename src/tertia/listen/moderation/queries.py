"""What is asked of rulings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from tertia.listen.moderation.models import Ruling
from tertia.listen.moderation.words import MODERATED, RULES

__all__ = ["Counted", "counted", "public_log", "rulings_by", "waiting_appeals"]


@dataclass(frozen=True)
class Counted:
    """What was done under one rule."""

    rule: str
    words: Any
    meaning: Any
    count: int
    appealed: int
    reversed: int


def public_log(most: int = 200) -> list[Ruling]:
    """The latest rulings: what, by which rule, when, and the appeal. Neither the words nor who wrote them."""
    return list(Ruling.objects.filter(record__visibility="public").only("what", "rule", "decided_on", "appeal", "appeal_decided_on")[:most])


def counted() -> list[Counted]:
    rows = {
        row["rule"]: row
        for row in Ruling.objects.values("rule").annotate(
            n=Count("pk"), appealed=Count("pk", filter=~Q(appeal="none")), back=Count("pk", filter=Q(appeal="reversed"))
        ).order_by()
    }  # fmt: skip
    none = {"n": 0, "appealed": 0, "back": 0}
    return [
        Counted(code, words, meaning, found["n"], found["appealed"], found["back"])
        for code, (words, meaning) in RULES.items()
        for found in [rows.get(code, none)]
    ]


def appeal_days() -> float | None:
    """Mean days from an appeal to its decision."""
    found = Ruling.objects.exclude(appeal_decided_on=None).annotate(took=F("appeal_decided_on") - F("appealed_on"))
    mean = found.aggregate(m=Avg("took"))["m"]
    return mean.total_seconds() / 86400 if mean is not None else None


def waiting_appeals(owners: Any) -> QuerySet[Ruling]:
    return (
        Ruling.objects.filter(record__owner__in=owners, appeal=Ruling.Appeal.ASKED)
        .select_related("record", "author")
        .order_by("appealed_on", "pk")
    )


def rulings_by(what: str, ids: list[int]) -> dict[int, Ruling]:
    """The last ruling on each of the subjects."""
    found: dict[int, Ruling] = {}
    for ruling in Ruling.objects.filter(what=what, subject_id__in=ids).order_by("pk"):
        found[ruling.subject_id] = ruling
    return found


def texts_of(rulings: list[Ruling]) -> dict[int, Any]:
    """By ruling the words that were not published, for those who decide."""
    found: dict[int, Any] = {}
    for what, one in MODERATED.items():
        mine = [r for r in rulings if r.what == what]
        texts = one.text([r.subject_id for r in mine]) if mine else {}
        found.update({r.pk: texts.get(r.subject_id) for r in mine})
    return found
