"""What questions and studies are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

__all__ = ["QUESTION", "STUDY"]

QUESTION = declare_kind(
    Kind(
        name="regional-question",
        label=_("Question of the region"),
        label_plural=_("Questions of the region"),
        stage="listen",
        page="regional_question",
        model="research.Question",
        column="recommendation",
        lifecycle=Lifecycle(
            states={
                "asked": _("Asked"), "offered": _("Offered to chairs"), "taken": _("Being studied"), "answered": _("Answered"), "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("asked", "offered"), ("asked", "taken"), ("offered", "taken"), ("offered", "asked"), ("taken", "offered"), ("taken", "asked"), ("taken", "answered"),
                    ("asked", "answered"), ("offered", "answered"), ("asked", "withdrawn"), ("offered", "withdrawn"), ("taken", "withdrawn"),
                }
            ),
            first="asked",
            signs={"asked": "open", "offered": "open", "taken": "underway", "answered": "done", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
STUDY = declare_kind(
    Kind(
        name="study",
        label=_("Study"),
        label_plural=_("Studies"),
        stage="listen",
        page="study",
        model="research.Study",
        column="activity",
        lifecycle=Lifecycle(
            states={"running": _("Running"), "finished": _("Finished"), "merged": _("Said elsewhere already"), "withdrawn": _("Withdrawn")},
            moves=frozenset(
                {
                    ("running", "finished"),
                    ("running", "withdrawn"),
                    ("finished", "withdrawn"),
                    ("finished", "merged"),
                    ("running", "merged"),
                }
            ),
            first="running",
            signs={"running": "underway", "finished": "done", "merged": "none", "withdrawn": "none"},
        ),
    )
)
declare_relation(
    Relation(
        "studies",
        ("study",),
        ("need", "regional-question", "conversation", "recommendation", "measure", "proposal"),
        _("studies"),
        _("studied in"),
    )
)
declare_relation(
    Relation(
        "asks-of-science", ("regional-question",), ("need", "conversation", "measure"), _("asks science about"), _("asked of science in")
    )
)
declare_growth(
    Growth(
        "regional-question",
        ("need", "conversation", "measure"),
        "asks-of-science",
        "regional_question_new",
        _("Ask science about it"),
        ("editor", "office", "leader"),
    )
)
declare_growth(
    Growth(
        "study",
        ("need", "regional-question", "recommendation"),
        "studies",
        "study_new",
        _("Register a study on it"),
        ("editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "research.ask": _("The question was asked"),
        "research.offer_topic": _("It was offered to a chair"),
        "research.answer_offer": _("The chair answered"),
        "research.give_up": _("The chair gave it up"),
        "research.hand_back": _("The summary was handed back"),
        "research.register": _("The study was registered"),
        "research.change": _("The study was changed"),
        "research.finish": _("The study was finished"),
        "research.name_author": _("Somebody of the university was named as author"),
        "research.note_part": _("It was noted who took part from outside"),
        "research.drop_part": _("A note on who took part was taken back"),
        "research.state_use": _("It was stated what was done with it"),
        "research.answer_use": _("The body said whether it is so"),
        "research.tie": _("It was tied to the region"),
        "research.set_apart": _("It was set apart: not about the region"),
        "research.merge": _("Two entries of one work were joined"),
        "research.keep_apart": _("Two works alike were found to be two"),
    }
)
