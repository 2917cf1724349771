"""Choosing indicators and writing down what the engine computed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import join
from tertia.core.records.models import Record, Visibility
from tertia.measure.indicators.engine import compute as engine
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.models import Figure, Indicator

__all__ = ["choose_indicator", "compute_figures"]


@action("indicators.choose", may=roles(*WORKERS, of="owner.pk"))
def choose_indicator(
    *, by: Any, owner: Any, catalogue_id: str, measures: list[Record] | None = None, starts_on: Any = None, demonstration: bool = False
) -> Indicator:
    """Answer for an indicator of the catalogue and say which recommendations or measures it measures."""
    entry = catalogue().get(catalogue_id)
    if entry is None:
        raise BadInput(Fault("catalogue_id", _("There is no indicator %(id)s in the catalogue.") % {"id": catalogue_id}))
    made = Indicator.objects.filter(owner=owner, catalogue_id=catalogue_id).first()
    if made is None:
        made = Indicator(
            owner=owner, catalogue_id=catalogue_id, slug=catalogue_id, title=Text.of("en", **entry.titles), summary=Text.of("en", **{lang: words for lang in ("en", "ru", "kk") for words, found in [entry.said("counts", lang)] if found == lang}),
            visibility=Visibility.PUBLIC, starts_on=starts_on, demonstration=demonstration,
        )  # fmt: skip
        made.save()
    for record in measures or []:
        join(made, "measures", record)
    return made


@action("indicators.compute_figures", may=roles(*WORKERS, of="owner.pk"), about="owner")
def compute_figures(*, by: Any, owner: Any, facts: engine.Facts, periods: list[str]) -> list[Figure]:
    """Compute the chosen indicators over facts. What has no definition yet is written as missing. Each counts by its own kind of year."""
    known, entries = definitions(), catalogue()
    chosen = list(Indicator.objects.filter(owner=owner, state="chosen").order_by("pk"))
    Figure.objects.filter(indicator__in=chosen, period__in=periods).delete()
    by_kind = {"academic-year": [p for p in periods if "-" in p], "calendar-year": [p for p in periods if "-" not in p]}
    made = [
        _missing(i, period, entries[i.catalogue_id].unit)
        for i in chosen
        if i.catalogue_id not in known
        for period in by_kind.get(entries[i.catalogue_id].period, [])
    ]
    by_id = {i.catalogue_id: i for i in chosen if i.catalogue_id in known}
    sql = {key: engine.sql_of(known[key], facts) for key in by_id}
    for kind, labels in by_kind.items():
        of_kind = [known[key] for key in by_id if (known[key].period == "calendar-year") == (kind == "calendar-year")]
        for found in engine.compute_all(of_kind, facts, organisations=[owner.slug], periods=labels) if of_kind and labels else ():
            made.append(_row(by_id[found.indicator], found, sql[found.indicator]))
    Figure.objects.bulk_create(made)
    return made


def _missing(indicator: Indicator, period: str, unit: str) -> Figure:
    return Figure(indicator=indicator, period=period, version="", unit=unit, state="missing", computed_at=clock.now())


def _row(indicator: Indicator, found: engine.Figure, sql: str) -> Figure:
    return Figure(
        indicator=indicator, period=found.period, breakdown=found.breakdown, version=found.version, numerator=found.numerator,
        denominator=found.denominator, value=found.value, unit=found.unit, state=found.state, rows=found.rows, sql=sql,
        computed_at=clock.now(),
    )  # fmt: skip
