"""What is asked of mentions: the list, the desk, what nobody wrote about, what no record bears out, and how often suggestions were right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tertia.core.records.models import Link, Record
from tertia.tell.mentions.models import Mention, Outlet, StoryClaim, Suggestion

__all__ = [
    "Precision",
    "kept_mentions",
    "mentions_of",
    "outlets_of",
    "precision_of",
    "spoken_of",
    "unproven_claims",
    "waiting_mentions",
    "without_word",
]

#: below so many judgements no precision is stated
FEW = 10


def kept_mentions(actor: Any, owner: Any = None) -> QuerySet[Any]:
    """Pieces of others that are about us, reprints left to the piece that they repeat, the latest first."""
    rows: Any = Mention.objects.visible_to(actor).filter(state="kept", reprint_of=None).exclude(outlet__kind=Outlet.Kind.OWN)
    rows = rows.filter(owner=owner) if owner else rows
    return (
        rows.select_related("outlet", "owner")
        .annotate(again=Count("reprints", filter=~Q(reprints__state="dropped")))
        .order_by("-starts_on", "-pk")
    )


def waiting_mentions(owner: Any) -> QuerySet[Any]:
    """What feeds and lists brought and nobody has looked at."""
    rows: Any = Mention.objects.filter(owner=owner, state="found", reprint_of=None)
    return rows.select_related("outlet").annotate(again=Count("reprints")).order_by("-starts_on", "-pk")


def outlets_of(owner: Any) -> QuerySet[Outlet]:
    return Outlet.objects.filter(owner=owner).annotate(pieces=Count("mentions", filter=Q(mentions__state="kept"))).order_by("name", "pk")


def mentions_of(actor: Any, record: Any) -> list[Mention]:
    """Kept pieces that speak of a record."""
    rows: Any = Mention.objects.visible_to(actor).filter(state="kept", links_up__upper=record, links_up__relation="speaks-of")
    return list(rows.select_related("outlet").order_by("-starts_on", "-pk")[:20])


def spoken_of(actor: Any, mention: Mention) -> list[Record]:
    return list(Record.objects.visible_to(actor).filter(links_down__lower=mention, links_down__relation="speaks-of").order_by("pk"))


def without_word(actor: Any, owner: Any) -> QuerySet[Record]:
    """Activities that were held and of which neither a story that came out nor a piece of an outlet speaks, the latest first."""
    told = Link.objects.filter(upper=OuterRef("pk"), relation="tells", lower__state="published")
    spoken = Link.objects.filter(upper=OuterRef("pk"), relation="speaks-of", lower__state="kept")
    rows: Any = Record.objects.visible_to(actor).filter(owner=owner, kind="activity", state="held")
    return rows.filter(~Exists(told), ~Exists(spoken)).order_by("-starts_on", "-pk")


def unproven_claims(owner: Any) -> QuerySet[StoryClaim]:
    """Claims of stories that are not withdrawn, which no record and no person bears out; published ones first."""
    rows = StoryClaim.objects.filter(story__owner=owner, state=StoryClaim.State.OPEN).exclude(story__state="withdrawn")
    return rows.select_related("story").order_by("-story__published_at", "-story__pk", "pk")


@dataclass(frozen=True)
class Precision:
    """Of `judged` suggestions people called `right` right; `share` is None while there are too few to say."""

    right: int
    judged: int

    @property
    def share(self) -> float | None:
        return self.right / self.judged if self.judged >= FEW else None


def precision_of(owner: Any) -> Precision:
    rows = Suggestion.objects.filter(mention__owner=owner).exclude(verdict=Suggestion.Verdict.OPEN)
    found = rows.aggregate(judged=Count("pk"), right=Count("pk", filter=Q(verdict=Suggestion.Verdict.YES)))
    return Precision(found["right"], found["judged"])
