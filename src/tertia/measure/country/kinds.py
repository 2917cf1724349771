"""What a question about a figure is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

QUESTION = declare_kind(
    Kind(
        name="question",
        label=_("Question about a figure"),
        label_plural=_("Questions about figures"),
        stage="measure",
        page="figure_question",
        model="country.FigureQuestion",
        lifecycle=Lifecycle(
            states={"asked": _("Asked"), "answered": _("Answered")},
            moves=frozenset({("asked", "answered"), ("answered", "asked")}),
            first="asked",
            signs={"asked": "open", "answered": "done"},
        ),
    )
)
declare_event_words(
    {
        "country.expect": _("Universities were asked for their figures"),
        "country.receive": _("A package was handed in"),
        "country.decide": _("A package was decided"),
        "country.ask": _("A question about a figure was asked"),
        "country.answer": _("The question about a figure was answered"),
    }
)
