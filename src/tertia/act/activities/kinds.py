"""What activities and their hours are to the rest of the house."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation


def _hours_lines(records: list[Any]) -> dict[int, str]:
    from tertia.act.activities.queries import hours_lines  # app start

    return hours_lines(records)


ACTIVITY = declare_kind(
    Kind(
        name="activity",
        label=_("Activity"),
        label_plural=_("Activities"),
        stage="act",
        page="activity",
        model="activities.Activity",
        column="activity",
        gap=("hours-of", _("no hours written down")),
        lifecycle=Lifecycle(
            states={"planned": _("Planned"), "held": _("Held"), "withdrawn": _("Called off")},
            moves=frozenset({("planned", "held"), ("planned", "withdrawn")}),
            first="planned",
            signs={"planned": "open", "held": "done", "withdrawn": "none"},
        ),
    )
)
HOURS = declare_kind(
    Kind(
        name="hours",
        label=_("Hours"),
        label_plural=_("Hours"),
        stage="act",
        page="hours",
        model="activities.HoursSheet",
        column="hours",
        lines=_hours_lines,
        lifecycle=Lifecycle(
            states={
                "claimed": _("Claimed, not yet asked for"),
                "asked": _("Waiting for the host's signature"),
                "signed": _("Signed by the host"),
                "refused": _("The host says: not with us"),
            },
            moves=frozenset({("claimed", "asked"), ("asked", "signed"), ("asked", "refused"), ("signed", "asked"), ("refused", "asked")}),
            first="claimed",
            signs={"claimed": "open", "asked": "open", "signed": "done", "refused": "declined"},
        ),
    )
)
CARRIES_OUT = declare_relation(Relation("carries-out", ("activity",), ("measure",), _("carries out"), _("carried out by")))
SERVES = declare_relation(Relation("serves", ("activity",), ("need",), _("serves"), _("served by")))
OF_PROJECT = declare_relation(Relation("of-project", ("activity",), ("project",), _("part of"), _("parts of it"), in_thread=False))
HOURS_OF = declare_relation(Relation("hours-of", ("hours",), ("activity",), _("hours of"), _("hours")))
declare_growth(
    Growth(
        "activity",
        ("measure", "project"),
        "carries-out",
        "activity_new",
        _("Write down an activity"),
        ("member", "editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "activities.write": _("The activity was written down"),
        "activities.claim_hours": _("Hours were claimed"),
        "activities.ask_host": _("The host was asked to sign"),
        "activities.attest_hours": _("The host signed the hours"),
        "activities.dispute_sheet": _("The host said: not with us"),
        "activities.take_back": _("The host took the signature back"),
        "activities.escalate": _("The term passed without a signature; the office was told"),
        "activities.amend_hours": _("A correction was asked for after the signature"),
        "activities.say_benefit": _("The host said whether it helped"),
        "activities.confirm_entry": _("The person for whom it was written down confirmed it"),
        "activities.change": _("The activity was changed"),
        "activities.move": _("The activity moved on"),
        "activities.say_engagement": _("Its kind was said"),
        "activities.repeat": _("It was repeated as a series"),
        "activities.write_learners": _("It was written down who learned"),
        "activities.write_outcome": _("It was written down what changed"),
        "activities.confirm_outcome": _("Somebody besides the university confirmed what changed"),
        "activities.evaluate": _("It was written down what worked"),
        "activities.add_photo": _("A picture was added"),
        "activities.remove_photo": _("A picture was taken away"),
    }
)
