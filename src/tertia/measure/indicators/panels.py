"""What figures show on the front page and on Measure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.measure.indicators.beside import planned_beside
from tertia.measure.indicators.charts import year_chart
from tertia.measure.indicators.models import Figure, Indicator
from tertia.measure.indicators.queries import for_reader, indicators_for, latest_totals

LEADING = "volunteer-hours-total"


def _leading(request: Any) -> dict[str, Any] | None:
    """One figure with its years: the hours that hosts signed."""
    indicator = Indicator.objects.visible_to(ANONYMOUS).filter(catalogue_id=LEADING, state="chosen").order_by("pk").first()
    if indicator is None:
        return None
    totals = for_reader(Figure.objects.filter(indicator=indicator, breakdown="").select_related("indicator").order_by("period"))
    if not totals:
        return None
    now = latest_totals([indicator])[indicator.pk]
    return {"indicator": indicator, "now": now, "chart": year_chart(totals[-6:], now.period, planned_beside(indicator, ANONYMOUS))}


def _figures(request: Any) -> dict[str, Any] | None:
    rows = list(indicators_for(ANONYMOUS).filter(state="chosen"))
    totals = latest_totals(rows)
    return {"rows": [{"indicator": r, "figure": totals.get(r.pk)} for r in rows]} if rows else None


def _line(request: Any) -> str:
    count = indicators_for(ANONYMOUS).filter(state="chosen").count()
    return ngettext("%(n)d figure, it opens to its records", "%(n)d figures, each opens to its records", count) % {"n": count}


declare_panel(Panel("home-side", 20, "indicators/_leading.html", _leading))
declare_panel(Panel("stage-measure", 10, "indicators/_figures.html", _figures))
declare_stage_link(StageLink("measure", 10, "figures", gettext_lazy("Figures"), _line))
declare_stage_link(StageLink("measure", 20, "catalogue", gettext_lazy("Catalogue of indicators")))
declare_stage_link(StageLink("measure", 30, "facts", gettext_lazy("Facts")))
