"""What joint projects are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

__all__ = ["PROJECT", "SAYS"]

PROJECT = declare_kind(
    Kind(
        name="project",
        label=_("Joint project"),
        label_plural=_("Joint projects"),
        stage="act",
        page="project",
        model="projects.Project",
        lifecycle=Lifecycle(
            states={
                "proposed": _("Waits until all leaders agree"),
                "running": _("Runs"),
                "finished": _("Result stated; waits for those who asked"),
                "confirmed": _("Result confirmed by those who asked"),
                "unconfirmed": _("Those who asked say: not reached"),
                "stopped": _("Stopped"),
            },
            moves=frozenset(
                {
                    ("proposed", "running"), ("proposed", "stopped"), ("running", "finished"), ("running", "stopped"), ("finished", "confirmed"),
                    ("finished", "unconfirmed"), ("unconfirmed", "running"), ("confirmed", "unconfirmed"),
                }
            ),
            first="proposed",
            signs={"proposed": "open", "running": "underway", "finished": "open", "confirmed": "done", "unconfirmed": "declined", "stopped": "none"},
        ),
    )
)  # fmt: skip
SAYS = {"yes": _("Yes, it is there"), "partly": _("Partly"), "no": _("No")}
declare_relation(Relation("solves", ("project",), ("need", "conversation", "proposal"), _("works on"), _("worked on by"), in_thread=False))
declare_relation(Relation("helps", ("project",), ("measure",), _("helps with"), _("helped by"), in_thread=False))
declare_growth(
    Growth(
        "project",
        ("need", "conversation", "proposal", "measure"),
        "solves",
        "project_new",
        _("Begin a joint project"),
        ("editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "projects.propose": _("The project was proposed"),
        "projects.agree": _("A leader agreed"),
        "projects.add_stage": _("A stage was added"),
        "projects.finish_stage": _("A stage was reached"),
        "projects.write_log": _("A body told how it goes"),
        "projects.state_result": _("The result was stated; those who asked are asked"),
        "projects.confirm": _("Somebody who asked for it said whether the result is there"),
        "projects.ask_again": _("Those concerned were asked again"),
        "projects.stop": _("The project was stopped"),
    }
)
