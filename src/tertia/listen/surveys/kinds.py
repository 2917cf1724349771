"""What a survey is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

SURVEY = declare_kind(
    Kind(
        name="survey",
        label=_("Survey"),
        label_plural=_("Surveys"),
        stage="listen",
        page="survey",
        model="surveys.Survey",
        lifecycle=Lifecycle(
            states={"draft": _("Being prepared"), "open": _("People answer"), "closed": _("Closed")},
            moves=frozenset({("draft", "open"), ("open", "closed")}),
            first="draft",
            signs={"draft": "none", "open": "underway", "closed": "done"},
        ),
    )
)
ASKS_ABOUT = declare_relation(Relation("asks-about", ("survey",), ("need",), _("asks about"), _("asked about in"), in_thread=False))
declare_growth(Growth("survey", ("need",), "asks-about", "survey_new", _("Ask many about it"), ("editor", "office", "leader")))
declare_event_words(
    {
        "surveys.prepare": _("The survey was prepared"),
        "surveys.open": _("The survey was opened"),
        "surveys.close": _("The survey was closed"),
        "surveys.answer": _("Somebody answered"),
        "surveys.enter": _("A paper sheet was entered"),
        "surveys.print": _("Paper sheets were printed"),
        "surveys.say_sampling": _("It was said how those asked were found"),
    }
)
