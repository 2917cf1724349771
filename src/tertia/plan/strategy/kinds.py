"""What a measure is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

MEASURE = declare_kind(
    Kind(
        name="measure",
        label=_("Measure"),
        label_plural=_("Measures"),
        stage="plan",
        page="measure",
        model="strategy.Measure",
        column="measure",
        gap=("carries-out", _("no activity yet")),
        lifecycle=Lifecycle(
            states={
                "planned": _("Planned"),
                "underway": _("Under way"),
                "done": _("Carried out"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {("planned", "underway"), ("underway", "done"), ("planned", "done"), ("planned", "withdrawn"), ("underway", "withdrawn")}
            ),
            first="planned",
            signs={"planned": "open", "underway": "underway", "done": "done", "withdrawn": "none"},
        ),
    )
)
ANSWERS = declare_relation(
    Relation("answers", ("measure",), ("recommendation", "need", "conversation", "proposal"), _("answers"), _("answered by"))
)
declare_relation(Relation("corrects", ("measure",), ("target",), _("corrects"), _("corrected by"), in_thread=False))
declare_growth(Growth("measure", ("target",), "corrects", "measure_new", _("Plan a corrective measure"), ("editor", "office", "leader")))
declare_growth(
    Growth(
        "measure",
        ("recommendation", "need", "conversation", "proposal"),
        "answers",
        "measure_new",
        _("Turn this into a measure"),
        ("editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "strategy.plan_measure": _("The measure was planned"),
        "strategy.move_measure": _("The measure moved on"),
    }
)
