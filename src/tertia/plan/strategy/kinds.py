"""What strategies and measures are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

STRATEGY = declare_kind(
    Kind(
        name="strategy",
        label=_("Strategy"),
        label_plural=_("Strategies"),
        stage="plan",
        page="strategy",
        model="strategy.Strategy",
        lifecycle=Lifecycle(
            states={
                "draft": _("Being written"),
                "review": _("On its way of approval"),
                "adopted": _("Adopted"),
                "revising": _("Adopted; a new version is being written"),
                "superseded": _("Followed by another one"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("draft", "review"), ("review", "draft"), ("review", "revising"), ("review", "adopted"), ("adopted", "revising"), ("revising", "review"),
                    ("adopted", "superseded"), ("draft", "withdrawn"),
                }
            ),
            first="draft",
            signs={"draft": "open", "review": "open", "adopted": "done", "revising": "underway", "superseded": "none", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
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
    Relation("answers", ("measure",), ("recommendation", "need", "conversation", "proposal", "decision"), _("answers"), _("answered by"))
)
declare_relation(Relation("corrects", ("measure",), ("target",), _("corrects"), _("corrected by"), in_thread=False))
declare_growth(Growth("measure", ("target",), "corrects", "measure_new", _("Plan a corrective measure"), ("editor", "office", "leader")))
declare_growth(
    Growth(
        "measure",
        ("recommendation", "need", "conversation", "proposal", "decision"),
        "answers",
        "measure_new",
        _("Turn this into a measure"),
        ("editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "strategy.plan_measure": _("The measure was planned"),
        "strategy.change_measure": _("The measure was changed"),
        "strategy.move_measure": _("The measure moved on"),
        "strategy.wait_for": _("It was said for which measure it waits"),
        "strategy.ask_for_news": _("Its owner was asked how it stands"),
        "strategy.say_news": _("Its owner said how it stands"),
        "strategy.write": _("The strategy was written"),
        "strategy.choose_need": _("A need was taken up"),
        "strategy.choose_partner": _("A partner was named"),
        "strategy.drop_choice": _("A need or a partner was left out"),
        "strategy.set_priorities": _("Priorities were set"),
        "strategy.take_measure": _("A measure was taken in or out"),
        "strategy.keep_read": _("Measures were read out of a file"),
        "strategy.withdraw": _("The draft was withdrawn"),
        "strategy.begin_review": _("It was sent on its way of approval"),
        "strategy.approve": _("A step approved it"),
        "strategy.return": _("A step gave it back"),
        "strategy.adopt": _("It was adopted and frozen"),
        "strategy.open_again": _("It was opened for a new version"),
    }
)
