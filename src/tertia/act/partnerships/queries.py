"""What is asked of partnerships: agreements, which of them sleep or end, who knows whom, what waits for a partner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from tertia.act.activities.models import Activity
from tertia.act.partnerships.models import Agreement, AgreementParty, Assessment, Contact, Doubles, NotTwins, Signature
from tertia.core.access.models import Pass
from tertia.core.parties.alike import Party, Twins, twins
from tertia.core.parties.models import Membership, Organisation
from tertia.core.records.models import Link, OwedAnswer, visible
from tertia.core.rules.queries import rule_on

__all__ = [
    "COMPARED_AT_ONCE", "Knows", "Waiting", "find_pairs", "agreements_for", "agreements_of", "alike_pairs", "count_sleeping", "ending", "living_between", "sides_of", "sleeping", "spoken_for", "waiting_for", "who_knows_whom",
]  # fmt: skip

SPEAKS = ("office", "leader", "editor", "partner", "administrator")


def spoken_for(actor: Any) -> QuerySet[Organisation]:
    """Bodies outside for which somebody speaks; no university that keeps records here, no unit."""
    return Organisation.objects.filter(pk__in=actor.organisations(*SPEAKS), hosts=False, merged_into=None).exclude(kind="unit")


def agreements_for(actor: Any) -> QuerySet[Agreement]:
    """Agreements that the actor may see: public ones, the own university's, and those to which the own body is a side."""
    rows: Any = Agreement.objects.select_related("owner", "unit", "responsible", "notice_by", "proposed_by")
    if actor.is_system:
        return rows
    mine = AgreementParty.objects.filter(agreement=OuterRef("pk"), organisation__in=actor.organisations(*SPEAKS))
    return rows.filter(visible(actor) | Exists(mine))


def agreements_of(actor: Any, organisation: Any) -> QuerySet[Agreement]:
    """Those of them to which an organisation is a side, the latest first."""
    return agreements_for(actor).filter(parties__organisation=organisation).exclude(state="withdrawn").order_by("-starts_on", "-pk")


def sides_of(agreements: list[Any]) -> dict[int, list[AgreementParty]]:
    """Of each agreement its sides, in one query."""
    found: dict[int, list[AgreementParty]] = {}
    for party in AgreementParty.objects.filter(agreement__in=agreements).select_related("organisation"):
        found.setdefault(party.agreement_id, []).append(party)
    return found


def living_between(owner_id: int, organisation_id: int, day: dt.date) -> QuerySet[Agreement]:
    """Agreements in force on a day between a university and a partner."""
    rows: Any = Agreement.objects.filter(owner=owner_id, state="in-force", parties__organisation=organisation_id, starts_on__lte=day)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=day)).order_by("pk")


def _before(owner: Any, today: dt.date) -> dt.date:
    return today - dt.timedelta(days=rule_on("agreement.sleep_days", today, owner))


def _asleep(owner: Any, before: dt.date) -> Any:
    """Agreements in force since before a day, without a signed activity under them from that day on."""
    awake = Link.objects.filter(
        relation="under", upper__owner=owner, lower__as_activity__sheet__state="signed", lower__starts_on__gte=before
    )
    rows = Agreement.objects.filter(owner=owner, state="in-force", starts_on__lt=before)
    return rows.exclude(pk__in=awake.values("upper"))


def sleeping(owner: Any, today: dt.date, most: int = 50) -> list[Agreement]:
    """In force, and for longer than the rule says without a signed activity under it; each with `quiet_since`, the longest sleep first.

    None has been quiet for longer than it exists, so that reading them by their first day may stop early. Four queries.
    """
    before = _before(owner, today)
    under = Link.objects.filter(
        relation="under", upper__owner=owner, lower__as_activity__sheet__state="signed", lower__starts_on__lt=before
    )
    last = dict(under.order_by().values_list("upper").annotate(last=Max("lower__starts_on")))
    longest: list[tuple[int, int]] = []  # a heap with the shortest sleep of those kept at its head
    for start, pk in _asleep(owner, before).order_by("starts_on", "pk").values_list("starts_on", "pk").iterator(chunk_size=200):
        if len(longest) == most and -longest[0][0] <= start.toordinal():
            break
        since = max(start, last.get(pk) or start)
        (heappush if len(longest) < most else heappushpop)(longest, (-since.toordinal(), -pk))
    quiet = sorted((dt.date.fromordinal(-since), -pk) for since, pk in longest)
    there = Agreement.objects.in_bulk([pk for _since, pk in quiet])
    for since, pk in quiet:
        there[pk].quiet_since = since  # type: ignore[attr-defined]
    return [there[pk] for _since, pk in quiet]


def count_sleeping(owner: Any, today: dt.date) -> int:
    return int(_asleep(owner, _before(owner, today)).count())


def ending(owner: Any, today: dt.date) -> QuerySet[Agreement]:
    """In force and ending within the days of warning, the nearest first."""
    until = today + dt.timedelta(days=rule_on("agreement.warn_days", today, owner))
    rows: Any = Agreement.objects.filter(owner=owner, state="in-force", ends_on__range=(today, until))
    return rows.order_by("ends_on", "pk")


#: more organisations than this are compared at night
COMPARED_AT_ONCE = 400


@dataclass
class Knows:
    """A partner with something alive, and who of the university knows somebody there or answers for an agreement with it."""

    pk: int
    people: dict[int, str] = field(default_factory=dict)
    agreements: int = 0
    activities: int = 0
    #: set for those that are shown
    organisation: Any = None

    @property
    def state(self) -> str:
        """none: nobody of ours is left; one: it hangs on one person; well: two or more."""
        return "none" if not self.people else "one" if len(self.people) == 1 else "well"

    @property
    def first(self) -> str:
        """The name of the one on whom it hangs."""
        return next(iter(self.people.values()), "")


def who_knows_whom(owner: Any, today: dt.date, most: int = 100) -> list[Knows]:
    """Of every partner with an agreement in force or an activity within two years who of us is left; the lonely ones first.

    Somebody counts whose membership is in force today and who keeps a contact there or answers for an agreement with it. All are counted; the
    first `most` come with their organisation. Five queries, counted by the database.
    """
    since = today - dt.timedelta(days=730)
    found: dict[int, Knows] = {}
    sides = AgreementParty.objects.filter(agreement__owner=owner, agreement__state="in-force").exclude(organisation=owner)
    answers = sides.order_by().values_list("organisation", "agreement__responsible", "agreement__responsible__name").annotate(n=Count("pk"))
    for pk, person_id, name, count in answers:
        row = found.setdefault(pk, Knows(pk))
        row.agreements += count
        if person_id is not None:
            row.people[person_id] = name
    hosts = Activity.objects.filter(owner=owner, host__isnull=False, host__hosts=False, starts_on__gte=since).exclude(host__kind="unit")
    for pk, count in hosts.order_by().values_list("host").annotate(n=Count("pk")):
        found.setdefault(pk, Knows(pk)).activities = count
    keepers = Contact.objects.filter(owner=owner, erased_on=None, kept_by__isnull=False)
    for pk, person_id, name in keepers.values_list("organisation", "kept_by", "kept_by__name"):
        if pk in found:
            found[pk].people[person_id] = name
    here = set(Membership.objects.in_force(today).filter(organisation=owner).values_list("person", flat=True))
    for row in found.values():
        row.people = {pk: name for pk, name in row.people.items() if pk in here}
    order = {"none": 0, "one": 1, "well": 2}
    rows = sorted(found.values(), key=lambda k: (order[k.state], -(k.agreements + k.activities), k.pk))
    organisations = Organisation.objects.in_bulk([row.pk for row in rows[:most]])
    for row in rows[:most]:
        row.organisation = organisations[row.pk]
    return rows


@dataclass
class Waiting:
    """What waits for a partner, each with the link that opens it without an account."""

    signatures: list[Any]
    sheets: list[Any]
    answers: list[Any]
    assessments: list[Any]

    @property
    def count(self) -> int:
        return len(self.signatures) + len(self.sheets) + len(self.answers) + len(self.assessments)


def waiting_for(organisation: Any, owner: Any, today: dt.date) -> Waiting:
    """What a university asks of a partner now; how it went is asked for half a year. Five queries, however much it is."""
    signatures = list(
        Signature.objects.filter(party__organisation=organisation, term__agreement__owner=owner, signed_at=None, refused_at=None)
        .filter(term__dropped_on=None, term__in_force_since=None).select_related("term__agreement").order_by("asked_on", "pk")[:50]
    )  # fmt: skip
    sheets = list(
        Activity.objects.filter(host=organisation, owner=owner, sheet__state="asked")
        .select_related("sheet")
        .order_by("sheet__asked_on", "pk")[:50]
    )
    answers = list(
        OwedAnswer.objects.filter(party=organisation, record__owner=owner, state__in=("sent", "received"))
        .select_related("record")
        .order_by("due_on", "pk")[:50]
    )
    assessments = list(
        Assessment.objects.filter(party=organisation, record__owner=owner, answered_on=None, asked_on__gte=today - dt.timedelta(days=182))
        .select_related("record")
        .order_by("-asked_on", "-pk")[:20]
    )
    held = {}
    rows = Pass.objects.filter(organisation=organisation, issued_by=owner, revoked_at=None).order_by("pk")
    for one in rows:
        if not one.refusal:
            held[(one.purpose, one.subject_id)] = one
    for purpose, things, key in (
        ("partnerships.sign", signatures, lambda t: t.pk), ("activities.attest", sheets, lambda t: t.sheet.pk), ("partnerships.assess", assessments, lambda t: t.pk),
    ):  # fmt: skip
        for thing in things:
            thing.link = held.get((purpose, key(thing)))
    return Waiting(signatures, sheets, answers, assessments)


def alike_pairs(owner: Any, most: int = 100) -> list[tuple[Twins, Organisation, Organisation]]:
    """Partners that may be written down twice, without those of whom somebody said that they are two.

    Few are compared at once; of many the pairs that the night found are taken.
    """
    kept = Doubles.objects.order_by("-pk").first() if compared().count() > COMPARED_AT_ONCE else None
    pairs = [Twins(a, b, likeness, tuple(why)) for a, b, likeness, why in kept.pairs] if kept else find_pairs()
    apart = set(NotTwins.objects.values_list("first", "second"))
    pairs = [t for t in pairs if (t.first, t.second) not in apart][: 3 * most]
    there = compared().filter(hosts=False).in_bulk({pk for t in pairs for pk in (t.first, t.second)})
    return [(t, there[t.first], there[t.second]) for t in pairs if t.first in there and t.second in there][:most]


def compared() -> QuerySet[Organisation]:
    return Organisation.objects.filter(merged_into=None).exclude(kind__in=("unit", "class"))


def find_pairs() -> list[Twins]:
    """Every organisation beside every other that may be the same; seconds for thousands."""
    return twins(party_of(o) for o in compared().prefetch_related("names", "identifiers"))


def party_of(organisation: Organisation) -> Party:
    names = [organisation.name, organisation.short_name, *(n.name for n in organisation.names.all())]
    return Party(
        organisation.pk, organisation.kind, tuple(v[0] for text in names for v in text.versions.values() if v[0]), organisation.email, organisation.website,
        organisation.place_id, frozenset((i.scheme, i.value) for i in organisation.identifiers.all()),
    )  # fmt: skip
