"""What is asked of self-assessments: the heat map with everything behind each cell; peers from the country's figures."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from tertia.measure.country.models import NationalFigure
from tertia.measure.country.queries import expected_on
from tertia.measure.indicators.engine.catalogue import Entry, catalogue
from tertia.measure.involvement.agreement import Agreement, agreement
from tertia.measure.involvement.framework import Framework, frameworks
from tertia.measure.involvement.models import Assessment, Cell
from tertia.measure.involvement.peers import Group, Measured, Place, groups_of, places

__all__ = ["Heat", "HeatCell", "PeerPage", "assessments_for", "heat_map", "peer_page"]


def assessments_for(actor: Any) -> Any:
    return Assessment.objects.visible_to(actor).select_related("owner").order_by("-period", "framework", "pk")


@dataclass
class HeatCell:
    """One cell as it is shown: proposed and decided, the assessors' agreement, the level of the period before."""

    row: Any
    column: Any
    cell: Cell | None
    agreement: Agreement | None = None
    before: int | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)

    @property
    def level(self) -> int | None:
        return self.cell.decided if self.cell else None

    @property
    def name(self) -> str:
        return f"cell-{self.row.id}-{self.column.id}"

    @property
    def change(self) -> int | None:
        return self.level - self.before if self.level is not None and self.before is not None else None


@dataclass
class Heat:
    framework: Framework
    rows: list[tuple[Any, list[HeatCell]]]

    @property
    def cells(self) -> list[HeatCell]:
        return [c for _, cells in self.rows for c in cells]

    @property
    def decided(self) -> int:
        return sum(c.level is not None for c in self.cells)


def heat_map(assessment: Assessment, *, with_judgements: bool) -> Heat:
    """Every cell of the framework in its order. Three queries."""
    framework = frameworks()[assessment.framework]
    cells = {(c.row, c.column): c for c in assessment.cells.select_related("dialogue")}
    judged: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, column, level in assessment.judgements.values_list("row", "column", "level") if with_judgements else ():
        judged[row, column].append(level)
    earlier = (
        Assessment.objects.filter(owner=assessment.owner_id, framework=assessment.framework, period__lt=assessment.period, state="closed")
        .order_by("-period")
        .first()
    )
    before = {(c.row, c.column): c.decided for c in earlier.cells.all()} if earlier else {}
    rows = []
    for r in framework.rows:
        line = []
        for c in framework.columns:
            cell = cells.get((r.id, c.id))
            evidence = [
                {**e, "entry": catalogue().get(e["indicator"]), "value": Decimal(e["value"])} for e in (cell.evidence if cell else [])
            ]
            line.append(HeatCell(r, c, cell, agreement(judged[r.id, c.id], len(framework.levels)), before.get((r.id, c.id)), evidence))
        rows.append((r, line))
    return Heat(framework, rows)


@dataclass
class PeerPage:
    """A group of like universities with one figure: who belongs to it, how stable that is, everybody's interval."""

    entry: Entry
    period: str
    groups: list[Group]
    chosen: Group | None
    rows: list[tuple[Any, Place]]
    names: dict[str, Any]
    left_out: list[Any]
    middle_half: tuple[float, float] | None = None


def peer_page(keeper: Any, entries: list[Entry], period: str, slug: str, day: Any) -> PeerPage:
    """The group of a university (or the first one) and the places of its members by one figure, or by several with all ways to weigh them."""
    universities = {o.slug: o for o in expected_on(keeper, day)}
    sizes: dict[str, dict[str, float]] = defaultdict(dict)
    wanted = {"student-volunteers-share": "students", "staff-engaged-share": "staff"}
    rows = (
        NationalFigure.objects.filter(keeper=keeper, breakdown="", indicator__in=wanted, denominator__isnull=False)
        .order_by("period")
        .select_related("organisation")
    )
    for f in rows:
        sizes[f.organisation.slug][wanted[f.indicator]] = float(f.denominator or 0)
    features, left_out = {}, []
    for name, organisation in universities.items():
        size = sizes.get(name, {})
        if size.get("students") and size.get("staff"):
            city = organisation.place is not None and organisation.place.code in ("KZ-71", "KZ-75", "KZ-79")
            features[name] = (math.log(size["students"]), math.log(size["staff"] / size["students"]), float(city))
        else:
            left_out.append(organisation)
    groups = groups_of(features)
    chosen = next((g for g in groups if slug in g.members), groups[0] if groups else None)
    asked = NationalFigure.objects.filter(keeper=keeper, breakdown="", indicator__in=[e.id for e in entries], period=period)
    found = {(f.organisation.slug, f.indicator): f for f in asked.select_related("organisation")}
    table = {name: [_measured(found.get((name, e.id)), e) for e in entries] for name in (chosen.members if chosen else ())}
    made = places(table, weights_vary=len(entries) > 1)
    language = (get_language() or "en")[:2]
    lines = sorted(((universities[p.name], p) for p in made), key=lambda line: line[0].name.read(language).text)
    values = sorted(float(p.value) for p in made if p.value is not None)
    half = (values[len(values) // 4], values[(3 * len(values)) // 4]) if len(values) >= 4 else None
    return PeerPage(entries[0], period, groups, chosen, lines, universities, left_out, half)


def _measured(figure: NationalFigure | None, entry: Entry) -> Measured:
    lower = entry.direction == "lower-better"
    if figure is None or figure.state != "value":
        return Measured(None, lower_better=lower)
    return Measured(figure.value, figure.numerator, figure.denominator, figure.unit == "percent", lower)
