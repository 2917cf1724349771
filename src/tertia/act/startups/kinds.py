"""What graduate start-ups are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation

__all__ = ["STARTUP"]

STARTUP = declare_kind(
    Kind(
        name="startup",
        label=_("Graduate start-up"),
        label_plural=_("Graduate start-ups"),
        stage="act",
        page="startup",
        model="startups.Startup",
        lifecycle=Lifecycle(
            states={
                "founded": _("Registered as a firm"),
                "active": _("At work after a year"),
                "ended": _("Has ended"),
                "withdrawn": _("Written down by mistake"),
            },
            moves=frozenset({("founded", "active"), ("founded", "ended"), ("active", "ended"), ("founded", "withdrawn")}),
            first="founded",
            signs={"founded": "underway", "active": "done", "ended": "none", "withdrawn": "none"},
        ),
    )
)
declare_relation(
    Relation("grew-from", ("startup",), ("activity", "course", "project", "study"), _("grew from"), _("firms that grew from it"), in_thread=False)
)  # fmt: skip
declare_event_words(
    {
        "startups.register": _("A start-up was written down"),
        "startups.change": _("It was corrected"),
        "startups.confirm": _("It was found at work"),
        "startups.end": _("It has ended"),
        "startups.withdraw": _("It had been written down by mistake"),
    }
)
