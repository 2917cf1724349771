"""What an indicator is to the rest of the house."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation


def _figure_lines(records: list[Any]) -> dict[int, str]:
    from tertia.measure.indicators.queries import figure_lines  # app start

    return figure_lines(records)


INDICATOR = declare_kind(
    Kind(
        name="indicator",
        label=_("Indicator"),
        label_plural=_("Indicators"),
        stage="measure",
        page="figure",
        model="indicators.Indicator",
        column="indicator",
        gap=("prints", _("not in a report yet")),
        lines=_figure_lines,
        lifecycle=Lifecycle(
            states={"chosen": _("Chosen"), "withdrawn": _("No longer used")},
            moves=frozenset({("chosen", "withdrawn")}),
            first="chosen",
            signs={"chosen": "done", "withdrawn": "none"},
        ),
    )
)
MEASURES = declare_relation(
    Relation("measures", ("indicator",), ("recommendation", "measure"), _("measures"), _("measured by"), aside=True)
)
declare_event_words(
    {
        "indicators.choose": _("The indicator was chosen"),
        "indicators.define": _("An own indicator was defined"),
        "indicators.close_period": _("A period was closed"),
        "indicators.hide_small": _("Counts of few people were hidden from the public"),
        "indicators.look_at_closed": _("Closed periods were compared with the records"),
        "indicators.compute_figures": _("Figures were computed"),
    }
)
