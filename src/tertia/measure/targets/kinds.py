"""What a target is to the rest of the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

TARGET = declare_kind(
    Kind(
        name="target",
        label=_("Target"),
        label_plural=_("Targets"),
        stage="measure",
        page="target",
        model="targets.Target",
        lifecycle=Lifecycle(
            states={
                "proposed": _("Proposed"), "approved": _("Approved"), "returned": _("Given back"), "withdrawn": _("Withdrawn"),
            },
            moves=frozenset({
                ("proposed", "approved"), ("proposed", "returned"), ("returned", "proposed"), ("approved", "proposed"),
                ("proposed", "withdrawn"), ("returned", "withdrawn"), ("approved", "withdrawn"),
            }),
            first="proposed",
            signs={"proposed": "underway", "approved": "done", "returned": "declined", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
declare_event_words(
    {
        "targets.propose": _("The target was proposed"),
        "targets.decide": _("The target was decided"),
        "targets.withdraw": _("The target was withdrawn"),
        "targets.comment": _("The lag was commented"),
        "targets.save_sheet": _("Targets were read from a table"),
        "targets.write_forecasts": _("Forecasts were made"),
    }
)
