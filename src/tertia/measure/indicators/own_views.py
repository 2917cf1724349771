"""Choosing an indicator of the catalogue, and defining an own one: fact, measure, filter, denominator; tried before it is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE
from tertia.core.facts.declare import FACTS, FactTable
from tertia.core.facts.dictionary import said
from tertia.core.files.sheets import number_of
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.measure.indicators.actions import choose_indicator, define_indicator
from tertia.measure.indicators.engine.compute import compute
from tertia.measure.indicators.engine.definition import BadDefinition
from tertia.measure.indicators.nightly import periods_of, recompute
from tertia.measure.indicators.own import PREFIX, Chosen, definition_of, toml_of
from tertia.measure.indicators.queries import current_facts, figure_words, unit_words
from tertia.measure.indicators.words import definition_words

__all__ = ["choose", "own_new"]

MEASURES = ("count", "sum", "distinct", "median")
OPERATORS = ("is", "not", "at-least", "at-most", "known")
UNITS = ("count", "people", "hours", "days", "percent", "ratio", "hours per student", "activities per 1000 students")
CONDITIONS = 3


@login_required
def choose(request: Any, slug: str) -> HttpResponse:
    """Answer for an indicator of the catalogue; its figures are computed at once."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None or request.method != "POST":
        raise Http404
    made = choose_indicator(by=request.actor, owner=owner, catalogue_id=slug, starts_on=clock.today(), demonstration=owner.demonstration)
    recompute(owner, clock.today())
    messages.success(request, _("Your university answers for this indicator now."))
    return redirect(made)


def measure_words(measure: str) -> str:
    return {"count": _("how many rows"), "sum": _("the sum of"), "distinct": _("how many different"), "median": _("the median of")}[measure]


def operator_words(operator: str) -> str:
    return {
        "is": _("is"), "not": _("is not"), "at-least": _("is at least"), "at-most": _("is at most"), "known": _("is known (yes or no)"),
    }[operator]  # fmt: skip


@login_required
def own_new(request: Any) -> HttpResponse:
    """First the fact tables, then what is measured of them; “Try” shows what it would give, “Keep” keeps it."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    asked = request.POST or request.GET
    above, below = FACTS.get(asked.get("table", "")), FACTS.get(asked.get("below", ""))
    context: dict[str, Any] = {
        "tables": sorted(FACTS.values(), key=lambda t: t.name),
        "above": above,
        "below": below,
        "stage": "measure",
        "post": request.POST,
        "conditions": range(CONDITIONS),
    }
    status = 200
    if above is not None:
        context |= _choices(above, below)
    if request.method == "POST" and above is not None:
        try:
            made = _built(request, owner, above, below, context)
            if made is not None:
                return redirect(made)
        except BadInput as error:
            context["faults"], status = error.faults, 400
    if above is not None:
        context["sides"] = _shown_sides(above, below, request.POST)
    return render(request, "indicators/own_new.html", context, status=status)


def _choices(above: FactTable, below: FactTable | None) -> dict[str, Any]:
    both = [
        c.name
        for c in above.columns
        if c.type in ("text", "bool") and (below is None or any(o.name == c.name and o.type == c.type for o in below.columns))
    ]
    return {
        "measures": [(m, measure_words(m)) for m in MEASURES], "operators": [(o, operator_words(o)) for o in OPERATORS], "units": [(u, unit_words(u)) for u in UNITS],
        "dimensions": both,
    }  # fmt: skip


def _shown_sides(above: FactTable, below: FactTable | None, post: Any) -> list[dict[str, Any]]:
    """Each side as the form shows it, with what was chosen so far."""
    found = []
    for name, table in (("above", above), ("below", below)):
        if table is None:
            continue
        columns = [c.name for c in table.columns if c.name not in ("record",)]
        rows = [
            {"n": n, **{part: post.get(f"{name}-{part}-{n}", "") for part in ("column", "operator", "value")}} for n in range(CONDITIONS)
        ]
        found.append(
            {"name": name, "table": table, "meaning": said(table.meaning, (get_language() or "en")[:2]), "columns": columns, "filters": [c for c in columns if c != "person"], "measure": post.get(f"{name}-measure", "count"), "column": post.get(f"{name}-column", ""), "rows": rows}
        )  # fmt: skip
    return found


def _built(request: Any, owner: Any, above: FactTable, below: FactTable | None, context: dict[str, Any]) -> Any:
    """The definition of the form: tried into the context, or kept and chosen. Raises BadInput."""
    post = request.POST
    key = post.get("key") or f"{PREFIX}{owner.slug[:40]}-{secrets.token_hex(4)}"
    toml = toml_of(
        key, above=_side(post, "above", above), below=_side(post, "below", below) if below else None, unit=post.get("unit", "count"),
        period="calendar-year" if post.get("period") == "calendar-year" else "academic-year", dimensions=[d for d in context["dimensions"] if d in post.getlist("dimension")],
    )  # fmt: skip
    context |= {"toml": toml, "key": key}
    with current_facts(owner, *{t.name for t in (above, below) if t}) as facts:
        try:
            definition = definition_of(key, toml)
            tried = list(
                compute(
                    definition,
                    facts,
                    organisations=[owner.slug],
                    periods=[p for p in periods_of(owner, clock.today()) if ("-" in p) == (definition.period == "academic-year")],
                )
            )
        except BadDefinition as error:
            raise BadInput(Fault("definition", _("This does not fit together: %(reason)s") % {"reason": error})) from error
        context |= {"tried": [(f.period, figure_words(f)) for f in tried], "words": definition_words(definition)}  # type: ignore[arg-type]
        if post.get("do") != "keep":
            return None
        said = {name: text_of(post, name) for name in ("title", "counts", "caveat")}
        define_indicator(
            by=request.actor, owner=owner, key=key, toml=toml, direction=post.get("direction", "neutral"), facts=facts, **said
        )  # fmt: skip
    made = choose_indicator(by=request.actor, owner=owner, catalogue_id=key, starts_on=_year_ago(), demonstration=owner.demonstration)
    recompute(owner, clock.today())
    messages.success(request, _("The indicator is kept, and its figures are computed."))
    return made


def _year_ago() -> dt.date:
    return clock.today() - dt.timedelta(days=365)


def _side(post: Any, name: str, table: FactTable) -> Chosen:
    """One side of the form. Raises BadInput where a value does not fit its column."""
    kinds = {c.name: c.type for c in table.columns}
    measure = post.get(f"{name}-measure", "count")
    column = post.get(f"{name}-column", "") if measure != "count" else ""
    if measure not in MEASURES or (column and column not in kinds) or (measure != "count" and not column):
        raise BadInput(Fault(f"{name}-column", _("Choose the column that is measured.")))
    where = []
    for n in range(CONDITIONS):
        chosen, operator, value = (post.get(f"{name}-{part}-{n}", "").strip() for part in ("column", "operator", "value"))
        if not chosen:
            continue
        if chosen not in kinds or operator not in OPERATORS or chosen == "person":
            raise BadInput(Fault(f"{name}-column-{n}", _("This condition cannot be chosen.")))
        where.append((chosen, operator, _typed("bool" if operator == "known" else kinds[chosen], value, f"{name}-value-{n}")))
    return Chosen(table.name, measure, column, tuple(where))


def _typed(kind: str, value: str, where: str) -> Any:
    """The value of a condition as its column holds it."""
    if kind == "bool":
        if value.lower() in ("yes", "true", "1", _("yes")):
            return True
        if value.lower() in ("no", "false", "0", _("no")):
            return False
        raise BadInput(Fault(where, _("“%(value)s”: write yes or no.") % {"value": value}))
    if kind in ("int", "decimal"):
        try:
            number = number_of(value)
        except ValueError as error:
            raise BadInput(
                Fault(where, _("“%(said)s” is no number. Write it in digits, such as 10 or 7500,5.") % {"said": value})
            ) from error
        if number is None or "%" in value:
            raise BadInput(Fault(where, _("“%(said)s” is no number. Write it in digits, such as 10 or 7500,5.") % {"said": value}))
        return int(number) if number == number.to_integral_value() else float(number)
    if kind == "date":
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise BadInput(Fault(where, _("“%(value)s” is no day. Write it as 2026-09-01.") % {"value": value})) from error
    if not value:
        raise BadInput(Fault(where, _("Write the value that the column shall have.")))
    return value
