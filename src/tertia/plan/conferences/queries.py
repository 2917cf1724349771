"""What is asked of conferences and resolutions."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from tertia.core.records.models import Link, OwedAnswer
from tertia.plan.conferences.clashes import Clash, Slot, clashes, people_in
from tertia.plan.conferences.models import (
    Addressee,
    Conference,
    Dispatch,
    Proposal,
    ProposalVersion,
    Recommendation,
    Registration,
    Resolution,
    Session,
)

__all__ = [
    "Block", "Ledger", "LedgerRow", "PartyRow", "carriable", "clashes_of", "conferences_for", "difference", "dispatches_of", "ledger", "proposals_of",
    "programme", "registration_of", "resolutions_for",
]  # fmt: skip

MANY = 2


def conferences_for(actor: Any) -> QuerySet[Conference]:
    rows: Any = Conference.objects.visible_to(actor).select_related("owner", "place")
    return rows.order_by("-starts_on", "-pk")


def resolutions_for(actor: Any) -> QuerySet[Resolution]:
    rows: Any = Resolution.objects.visible_to(actor).select_related("owner", "conference").annotate(count=Count("recommendations"))
    return rows.order_by("-adopted_on", "-pk")


@dataclass
class Block:
    """Sessions that run at the same time, side by side; one alone is a block of one."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    sessions: list[Session]


def programme(conference: Conference) -> list[Block]:
    """Sessions in order of time; those that overlap stand in one block."""
    blocks: list[Block] = []
    for session in conference.sessions.prefetch_related("talks").order_by("starts_at", "room", "pk"):
        if blocks and session.starts_at < blocks[-1].ends_at:
            blocks[-1].sessions.append(session)
            blocks[-1].ends_at = max(blocks[-1].ends_at, session.ends_at)
        else:
            blocks.append(Block(session.starts_at, session.ends_at, [session]))
    return blocks


def clashes_of(blocks: list[Block]) -> list[tuple[Clash, Session, Session]]:
    """Rooms and people that the programme wants at two places at once, with the sessions. No query: the programme was read already."""
    by_pk = {s.pk: s for block in blocks for s in block.sessions}
    slots = [
        Slot(s.pk, str(s.title), s.room, s.starts_at, s.ends_at, tuple(p for t in s.talks.all() for p in people_in(t.speaker)))
        for s in by_pk.values()
    ]
    return [(clash, by_pk[clash.first], by_pk[clash.second]) for clash in clashes(slots)]


def registration_of(conference: Conference, actor: Any) -> Registration | None:
    if actor.person_id is None:
        return None
    return Registration.objects.filter(conference=conference, person=actor.person_id).select_related("section").first()


#: of a proposal that many people change, so many of the latest versions are shown with their differences
LATEST = 5


def proposals_of(session: Session, whole: int = 0) -> QuerySet[Proposal]:
    """Proposals with their latest versions; of the proposal `whole` (an id) with all of them."""
    versions = ProposalVersion.objects.filter(Q(number__gte=F("proposal__version") - LATEST) | Q(proposal=whole)).select_related("author")
    return session.proposals.select_related("author").prefetch_related(Prefetch("versions", versions), "stances").order_by("pk")


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Words kept, added and taken away, as (`same` | `ins` | `del`, words) in reading order."""
    a, b = before.split(), after.split()
    found: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            found.append(("del", " ".join(a[i1:i2])))
        if j2 > j1:
            found.append(("ins", " ".join(b[j1:j2])))
    return found


@dataclass
class PartyRow:
    """One addressee's line under a recommendation: a body with its answer, or a class with how many of it have answered."""

    name: Any
    addressee: Addressee
    owed: list[OwedAnswer] = field(default_factory=list)
    #: named in the text, but not yet expanded into bodies, or sent on a day that nobody wrote down
    unknown: bool = False

    @property
    def is_many(self) -> bool:
        return len(self.owed) >= MANY

    @property
    def one(self) -> OwedAnswer | None:
        return self.owed[0] if len(self.owed) == 1 else None

    @property
    def answered(self) -> int:
        return sum(not o.is_open for o in self.owed)

    @property
    def longest(self) -> OwedAnswer | None:
        """The open answer with the longest silence, which the class's line shows."""
        waiting = [o for o in self.owed if o.is_open and o.sent_on]
        return min(waiting, key=lambda o: o.sent_on) if waiting else None


@dataclass
class LedgerRow:
    recommendation: Recommendation
    rows: list[PartyRow]
    not_asked: list[Addressee]
    measures: int = 0
    activities: int = 0
    parts: list[Recommendation] = field(default_factory=list)


@dataclass
class Ledger:
    rows: list[LedgerRow]
    addressees: list[Addressee]
    #: bodies that are shown one by one: addressees of the text with what is known of the sending
    sendings: list[tuple[Addressee, list[Dispatch]]]
    first_sent: dt.date | None
    owed: list[OwedAnswer]

    @property
    def unsent(self) -> list[Addressee]:
        return [a for a, dispatches in self.sendings if not any(d.sent_on for d in dispatches)]


def ledger(resolution: Resolution) -> Ledger:
    """Recommendation by recommendation, what every addressee did, in a constant number of queries."""
    recommendations = list(resolution.recommendations.order_by("position"))
    addressees = list(resolution.addressees.order_by("position").prefetch_related("dispatches__body"))
    owed_rows = list(
        OwedAnswer.objects.filter(record__in=[r.pk for r in recommendations]).select_related("party").order_by("sent_on", "party__slug")
    )
    owed: dict[int, dict[int, OwedAnswer]] = defaultdict(dict)
    for row in owed_rows:
        owed[row.record_id][row.party_id] = row
    measures, activities = _followed([r.pk for r in recommendations])
    parts: dict[int | None, list[Recommendation]] = defaultdict(list)
    for recommendation in recommendations:
        parts[recommendation.parent_id].append(recommendation)
    rows = [
        LedgerRow(
            r, _party_rows(r, addressees, owed[r.pk]), [a for a in addressees if r.group not in a.groups], measures.get(r.pk, 0),
            activities.get(r.pk, 0), parts[r.pk],
        )
        for r in parts[None]
    ]  # fmt: skip
    sendings = [(a, list(a.dispatches.all())) for a in addressees]
    days = [d.sent_on for _a, dispatches in sendings for d in dispatches if d.sent_on]
    return Ledger(rows, addressees, sendings, min(days, default=None), owed_rows)


def _party_rows(recommendation: Recommendation, addressees: list[Addressee], owed: dict[int, OwedAnswer]) -> list[PartyRow]:
    found = []
    for addressee in addressees:
        if recommendation.group not in addressee.groups:
            continue
        bodies = [d.body for d in addressee.dispatches.all()]
        mine = [owed[b.pk] for b in bodies if b.pk in owed]
        name = bodies[0].name if len(bodies) == 1 else addressee.printed
        found.append(PartyRow(name, addressee, mine, unknown=not mine))
    return found


def _followed(ids: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many measures answer each recommendation, and how many activities carry them out."""
    answers = list(Link.objects.filter(upper__in=ids, relation="answers").values_list("upper_id", "lower_id"))
    carried: dict[int, int] = dict(
        Link.objects.filter(upper__in=[m for _r, m in answers], relation="carries-out").values_list("upper_id").annotate(n=Count("pk"))
    )
    measures: dict[int, int] = defaultdict(int)
    activities: dict[int, int] = defaultdict(int)
    for recommendation, measure in answers:
        measures[recommendation] += 1
        activities[recommendation] += carried.get(measure, 0)
    return measures, activities


def dispatches_of(resolution: Resolution) -> QuerySet[Dispatch]:
    rows = Dispatch.objects.filter(addressee__resolution=resolution).select_related("addressee", "body", "letter", "link")
    return rows.order_by("addressee__position", "body__slug")


def carriable(draft: Resolution) -> QuerySet[Recommendation]:
    """Recommendations of the owner's earlier resolutions that no body has carried out and that this draft does not continue yet."""
    taken = Link.objects.filter(relation="continues", lower__as_recommendation__resolution=draft).values("upper")
    done = OwedAnswer.objects.filter(record=OuterRef("pk"), state=OwedAnswer.State.DONE)
    rows = Recommendation.objects.filter(owner=draft.owner_id, resolution__adopted_on__isnull=False, parent=None)
    return rows.exclude(pk__in=taken).exclude(Exists(done)).select_related("resolution").order_by("-resolution__adopted_on", "position")
