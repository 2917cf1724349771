"""What is asked of the country's figures. Every page takes a constant number of queries, however many universities hand in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import get_language

from tertia.core.languages.fold import fold
from tertia.core.parties.models import Membership, Organisation
from tertia.core.places.models import Place
from tertia.measure.country.actions import KEEPERS
from tertia.measure.country.estimates import Estimate, Part, Spread, estimate, spread
from tertia.measure.country.models import Expected, FigureQuestion, HandIn, NationalFigure
from tertia.measure.indicators.engine.catalogue import Entry, catalogue
from tertia.measure.indicators.engine.definition import definitions

__all__ = [
    "National",
    "RegionRow",
    "Told",
    "expected_on",
    "hands_in_for",
    "indicators_there",
    "keeper_here",
    "keeper_of",
    "national",
    "university_rows",
]


def keeper_here() -> Organisation | None:
    """The ministry that keeps the country's figures in this installation: the one that somebody works for."""
    workers = Membership.objects.filter(role__in=KEEPERS).values("organisation")
    return Organisation.objects.filter(kind="ministry", pk__in=workers).order_by("pk").first()


def keeper_of(actor: Any) -> Organisation | None:
    """The keeper for which the actor works."""
    return Organisation.objects.filter(kind="ministry", pk__in=actor.organisations(*KEEPERS)).order_by("pk").first()


def hands_in_for(actor: Any, keeper: Any) -> list[Organisation]:
    """For which universities the actor may hand in: his own, and for the keeper's people every expected one."""
    rows = Organisation.objects.filter(expected_by__keeper=keeper)
    if not actor.has(keeper.pk, *KEEPERS):
        rows = rows.filter(pk__in=actor.organisations("office", "leader", "administrator"))
    return list(rows.order_by("slug"))


def expected_on(keeper: Any, day: dt.date) -> list[Organisation]:
    """Universities on the list on a day."""
    rows = Expected.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), keeper=keeper, valid_from__lte=day)
    return list(Organisation.objects.filter(pk__in=rows.values("organisation")).select_related("place__parent").order_by("slug"))


def indicators_there(keeper: Any) -> list[Entry]:
    """Indicators of which at least one value is in force, in the order of the catalogue."""
    mark = HandIn.objects.filter(keeper=keeper).aggregate(
        last=Max("pk"), decided=Max("decided_on"), waiting=Count("pk", filter=Q(state="asked"))
    )
    there = _there(keeper.pk, tuple(sorted(mark.items(), key=str)))
    return [e for e in catalogue().values() if e.id in there]


@lru_cache(maxsize=16)
def _there(keeper: int, mark: tuple[Any, ...]) -> frozenset[str]:
    """Kept until something comes in or is decided: `mark` says what came last."""
    rows = NationalFigure.objects.filter(keeper=keeper, breakdown="", state="value")
    return frozenset(rows.order_by().values_list("indicator", flat=True).distinct())


def region_of(organisation: Organisation) -> str:
    """ISO 3166-2 code of the region in which the university lies; empty where no place is on record."""
    place = organisation.place
    while place is not None and not (place.code.startswith("KZ-") and place.code.count("-") == 1):
        place = place.parent
    return place.code if place else ""


@dataclass
class RegionRow:
    """A region's figure: an estimate, or why there is none (`nobody`: none handed in; `hidden`: few persons; `none`: no university)."""

    place: Place
    expected: int = 0
    handed_in: int = 0
    estimate: Estimate | None = None
    why: str = "none"


@dataclass
class Told:
    """A university's line: its figure in force, or None where it has not handed in."""

    organisation: Organisation
    region: str
    figure: NationalFigure | None = None


@dataclass
class National:
    """Everything that the country's page shows of one indicator and period."""

    entry: Entry
    period: str
    periods: list[str]
    regions: list[RegionRow]
    universities: list[Told]
    whole: Estimate | None
    spread: Spread | None
    trend: list[tuple[str, Estimate | None]] = field(default_factory=list)

    @property
    def handed_in(self) -> list[Told]:
        return [t for t in self.universities if t.figure is not None and t.figure.state != "missing"]

    @property
    def missing(self) -> list[Told]:
        return [t for t in self.universities if t.figure is None or t.figure.state == "missing"]


def national(keeper: Any, entry: Entry, period: str, day: dt.date) -> National:
    """One indicator of the country: regions, spread, years. Four queries."""
    universities = expected_on(keeper, day)
    ids = {o.pk for o in universities}
    figures: dict[tuple[int, str], NationalFigure] = {}
    rows = NationalFigure.objects.filter(keeper=keeper, indicator=entry.id, breakdown="").order_by("period")
    for f in rows.only("hand_in_id", "organisation_id", "period", "numerator", "denominator", "value", "state", "unit"):
        if f.organisation_id in ids:
            figures[f.organisation_id, f.period] = f
    periods = sorted({p for _, p in figures})
    if period not in periods:
        period = periods[-1] if periods else period
    language = (get_language() or "en")[:2]
    told = [Told(o, region_of(o), figures.get((o.pk, period))) for o in universities]
    told.sort(key=lambda t: fold(t.organisation.name.read(language).text))
    definition = definitions().get(entry.id)
    scale = definition.scale if definition else 100 if entry.unit == "percent" else 1
    sums = entry.aggregation in ("sum", "ratio-of-sums")
    last = _last_denominators(figures)
    regions = []
    for place in Place.objects.filter(kind__in=("region", "city"), valid_to=None).order_by("code"):
        inside = [t for t in told if t.region == place.code]
        regions.append(_region(place, inside, scale, sums, last, _parts(told)))
    regions.sort(key=lambda r: fold(r.place.name.read(language).text))
    whole = _estimate(told, scale, last) if sums else None
    trend = [(p, _estimate([Told(o, "", figures.get((o.pk, p))) for o in universities], scale, last) if sums else None) for p in periods]
    values = [t.figure.value for t in told if t.figure is not None and t.figure.value is not None]
    return National(entry, period, periods, regions, told, whole, spread(values), trend)


def _last_denominators(figures: dict[tuple[int, str], NationalFigure]) -> dict[int, Decimal]:
    """The latest denominator that each university ever handed in: its size, for when it is missing."""
    found: dict[int, Decimal] = {}
    for (organisation, _period), f in sorted(figures.items(), key=lambda item: item[0][1]):
        if f.denominator is not None:
            found[organisation] = f.denominator
    return found


def _parts(told: list[Told]) -> list[Part]:
    """The counts of those whose figure is shown."""
    return [
        Part(t.figure.numerator, t.figure.denominator)
        for t in told
        if t.figure is not None and t.figure.state == "value" and t.figure.numerator is not None
    ]


def _estimate(told: list[Told], scale: int, last: dict[int, Decimal], donors: list[Part] | None = None) -> Estimate | None:
    rest = [last.get(t.organisation.pk) for t in told if t.figure is None or t.figure.state in ("missing", "suppressed")]
    return estimate(_parts(told), rest, donors=donors or (), scale=scale)


def _region(place: Place, inside: list[Told], scale: int, sums: bool, last: dict[int, Decimal], donors: list[Part]) -> RegionRow:
    row = RegionRow(place, len(inside), sum(t.figure is not None and t.figure.state != "missing" for t in inside))
    if not inside:
        return row
    row.estimate = _estimate(inside, scale, last, donors) if sums else _only(inside)
    states = {t.figure.state for t in inside if t.figure}
    row.why = "" if row.estimate else "hidden" if "suppressed" in states else "nobody" if not row.handed_in else "not-applicable"
    return row


def _only(inside: list[Told]) -> Estimate | None:
    """Medians and counts of different things are not added: a region with one university shows that one's figure."""
    values = [t.figure.value for t in inside if t.figure is not None and t.figure.value is not None]
    return Estimate(values[0], values[0], values[0], 1, 1) if len(inside) == 1 and values else None


def university_rows(keeper: Any, organisation: Organisation) -> tuple[list[HandIn], dict[str, list[NationalFigure]], list[FigureQuestion]]:
    """A university's versions, its figures in force by indicator (totals), the questions about them."""
    versions = list(HandIn.objects.filter(keeper=keeper, organisation=organisation).select_related("person").order_by("-number"))
    found: dict[str, list[NationalFigure]] = defaultdict(list)
    for f in NationalFigure.objects.filter(keeper=keeper, organisation=organisation, breakdown="").order_by("indicator", "period"):
        found[f.indicator].append(f)
    questions = list(
        FigureQuestion.objects.filter(owner=keeper, organisation=organisation).prefetch_related("owed_answers").order_by("-pk")
    )
    return versions, dict(found), questions
