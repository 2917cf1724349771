"""Choosing indicators and writing down what the engine computed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles, system
from tertia.core.keys.signing import Key
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import join
from tertia.core.records.models import Record, Visibility
from tertia.measure.indicators.engine import compute as engine
from tertia.measure.indicators.engine.definition import BadDefinition, definitions
from tertia.measure.indicators.models import Closing, Figure, Indicator, OwnIndicator
from tertia.measure.indicators.own import PREFIX, definition_of, known
from tertia.measure.indicators.queries import is_over, latest_closings
from tertia.measure.indicators.snapshot import differences, freeze, name_of, restated, standing, verify_snapshot

__all__ = ["choose_indicator", "close_period", "compute_figures", "define_indicator", "hide_small", "look_at_closed", "worked_out"]


@action("indicators.choose", may=roles(*WORKERS, of="owner.pk"))
def choose_indicator(
    *, by: Any, owner: Any, catalogue_id: str, measures: list[Record] | None = None, starts_on: Any = None, demonstration: bool = False
) -> Indicator:
    """Answer for an indicator of the catalogue and say which recommendations or measures it measures."""
    entry = known([catalogue_id])[1].get(catalogue_id)
    if entry is None or (catalogue_id.startswith(PREFIX) and not OwnIndicator.objects.filter(key=catalogue_id, owner=owner).exists()):
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
def compute_figures(*, by: Any, owner: Any, facts: engine.Facts, periods: list[str], found: list[Figure] | None = None) -> list[Figure]:
    """Compute the chosen indicators over facts. What has no definition yet is written as missing. Each counts by its own kind of year;
    closed periods stay as they were closed. `found`: what `worked_out` gave before the transaction, so that no lock is held while it counts."""
    closed = set(Closing.objects.filter(owner=owner).values_list("period", flat=True))
    return _keep(owner, worked_out(owner, facts, periods) if found is None else found, [p for p in periods if p not in closed])


def _keep(owner: Any, found: list[Figure], periods: list[str]) -> list[Figure]:
    """Write figures in place of those that were there; of indicators that are still chosen and periods that are asked for."""
    chosen = set(Indicator.objects.filter(owner=owner, state="chosen").values_list("pk", flat=True))
    Figure.objects.filter(indicator__in=chosen, period__in=periods).delete()
    made = [f for f in found if f.indicator_id in chosen and f.period in periods]
    Figure.objects.bulk_create(made)
    return made


def worked_out(owner: Any, facts: engine.Facts, periods: list[str]) -> list[Figure]:
    """The figures of the chosen indicators in periods, unsaved. Writes nothing; seconds where there are many facts."""
    chosen = list(Indicator.objects.filter(owner=owner, state="chosen").order_by("pk"))
    defined, entries = known(i.catalogue_id for i in chosen)
    by_kind = {"academic-year": [p for p in periods if "-" in p], "calendar-year": [p for p in periods if "-" not in p]}
    made = [
        _missing(i, period, entries[i.catalogue_id].unit)
        for i in chosen
        if i.catalogue_id not in defined
        for period in by_kind.get(entries[i.catalogue_id].period, [])
    ]
    by_id = {i.catalogue_id: i for i in chosen if i.catalogue_id in defined}
    sql = {key: engine.sql_of(defined[key], facts) for key in by_id}
    for kind, labels in by_kind.items():
        of_kind = [defined[key] for key in by_id if (defined[key].period == "calendar-year") == (kind == "calendar-year")]
        for found in engine.compute_all(of_kind, facts, organisations=[owner.slug], periods=labels) if of_kind and labels else ():
            made.append(_row(by_id[found.indicator], found, sql[found.indicator]))
        signed = [d for d in of_kind if _by_signer(d)]
        for found in (
            engine.compute_all(signed, facts, organisations=[owner.slug], periods=labels, by=[("signer",)]) if signed and labels else ()
        ):
            if found.breakdown:
                made.append(_row(by_id[found.indicator], found, sql[found.indicator]))
    return made


def _by_signer(definition: Any) -> bool:
    """Whether it can be said who signed what is counted: hours and parts that hosts attest."""
    return (
        definition.denominator is None
        and definition.numerator.table == "participation"
        and definition.numerator.measure in ("sum", "count")
    )


@action("indicators.close_period", may=roles("office", "leader", of="owner.pk"), about="owner")
def close_period(*, by: Any, owner: Any, period: str, facts: engine.Facts, key: Key | None, reason: str = "") -> Closing:
    """Freeze a period that is over: its figures, definitions and the digests of its rows in a signed snapshot.

    Closing it again is a correction: it needs a reason, and something that changed. Raises BadInput.
    """
    last = Closing.objects.filter(owner=owner, period=period).order_by("-number").first()
    if not is_over(period):
        raise BadInput(Fault("period", _("This period is not over. It can be closed from its last day on.")))
    if last is not None and not reason.strip():
        raise BadInput(Fault("reason", _("Say why the closed period is corrected.")))
    _keep(owner, worked_out(owner, facts, [period]), [period])
    body = freeze(
        facts, _frozen(owner), organisation=owner.slug, period=period, key=key, made_at=timezone.localtime(clock.now()),
        previous=last.snapshot if last else None, reason=reason.strip(),
    )  # fmt: skip
    if last is not None and not differences(last.snapshot, body) and last.snapshot["rows"] == body["rows"]:
        raise BadInput(Fault("reason", _("Nothing has changed since it was closed, so there is nothing to correct.")))
    made = Closing(
        owner=owner, period=period, number=body["number"], snapshot=body, name=name_of(body), reason=body["reason"], person=by.person, closed_at=clock.now(),
        looked_on=clock.today(), figures=standing(body, [])[0], restated=restated(last.snapshot, body) if last else 0,
    )  # fmt: skip
    made.save()
    return made


@action("indicators.look_at_closed", may=system, about="owner")
def look_at_closed(*, by: Any, owner: Any, facts: engine.Facts) -> int:
    """Note for each closed period how many figures the records of today would make otherwise. Returns how many periods differ."""
    count = 0
    for last in latest_closings(owner):
        problems = list(verify_snapshot(last.snapshot, facts=facts, definitions=definitions()))
        last.drifted = sum(p.code in ("figure", "rows", "definition") for p in problems)
        last.differing = standing(last.snapshot, problems)[1]
        last.looked_on = clock.today()
        last.save()
        count += bool(last.drifted)
    return count


@action("indicators.hide_small", may=system, about="owner")
def hide_small(*, by: Any, owner: Any, hidden: set[tuple[str, str, str]]) -> int:
    """Hide figures from the public: (indicator, period, breakdown) of those that count few persons or give them away."""
    rows = list(Figure.objects.filter(indicator__owner=owner).select_related("indicator"))
    changed = [f for f in rows if f.hidden != ((f.indicator.catalogue_id, f.period, f.breakdown) in hidden)]
    for figure in changed:
        figure.hidden = not figure.hidden
    Figure.objects.bulk_update(changed, ["hidden"], batch_size=500)
    return len(changed)


def _frozen(owner: Any) -> list[Any]:
    """What a closing freezes: the catalogue's indicators, and the university's own that it has chosen."""
    chosen = Indicator.objects.filter(owner=owner, state="chosen").values_list("catalogue_id", flat=True)
    return list(known(chosen)[0].values())


@action("indicators.define", may=roles("office", "leader", "editor", of="owner.pk"))
def define_indicator(
    *, by: Any, owner: Any, key: str, toml: str, title: Text, counts: Text, caveat: Text, direction: str, facts: engine.Facts
) -> OwnIndicator:  # fmt: skip
    """Keep an own indicator whose definition holds against the facts' tables, columns and units. Raises BadInput with the engine's sentence."""
    faults = [Fault(name, _("Write it in at least one language.")) for name, said in (("title", title), ("counts", counts)) if not said]
    try:
        engine.check(definition_of(key, toml), facts.folder)
    except BadDefinition as error:
        faults.append(Fault("definition", str(error)))
    if faults:
        raise BadInput(*faults)
    made = OwnIndicator(
        owner=owner, key=key, toml=toml, title=title, counts=counts, caveat=caveat, direction=direction, author=by.person, written_at=clock.now()
    )  # fmt: skip
    made.save()
    return made


def _missing(indicator: Indicator, period: str, unit: str) -> Figure:
    return Figure(indicator=indicator, period=period, version="", unit=unit, state="missing", computed_at=clock.now())


def _row(indicator: Indicator, found: engine.Figure, sql: str) -> Figure:
    return Figure(
        indicator=indicator, period=found.period, breakdown=found.breakdown, version=found.version, numerator=found.numerator,
        denominator=found.denominator, value=found.value, unit=found.unit, state=found.state, rows=found.rows, sql=sql,
        computed_at=clock.now(),
    )  # fmt: skip
