"""Figures, for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tertia.core.access.api import PROBLEMS, optional_token
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.queries import for_reader, indicators_for

__all__ = ["router"]

router = Router(tags=["figures"], auth=optional_token)


class FigureOut(Schema):
    """`value` is empty unless `state` is value: missing, not-applicable and suppressed are not zero."""

    indicator: str
    version: str
    organisation: str
    period: str
    breakdown: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    unit: str
    state: str
    rows: int


@router.get("/figures", response={200: list[FigureOut], **PROBLEMS}, summary="All computed figures")
def list_figures(request: HttpRequest) -> Any:
    rows = Figure.objects.filter(indicator__in=indicators_for(request.actor)).select_related("indicator__owner")  # type: ignore[attr-defined]
    return 200, [
        {
            "indicator": f.indicator.catalogue_id, "version": f.version, "organisation": f.indicator.owner.slug, "period": f.period,
            "breakdown": f.breakdown, "numerator": f.numerator, "denominator": f.denominator, "value": f.value, "unit": f.unit,
            "state": f.state, "rows": f.rows,
        }
        for f in for_reader(rows.order_by("indicator", "period", "breakdown"), request.actor)  # type: ignore[attr-defined]
    ]  # fmt: skip
