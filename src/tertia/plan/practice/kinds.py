"""What practices are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation

__all__ = ["VERDICTS"]

VERDICTS = {"yes": _("It fits us"), "changed": _("It fits us if changed"), "no": _("It does not fit us")}
declare_kind(
    Kind(
        name="practice",
        label=_("Practice elsewhere"),
        label_plural=_("Practice elsewhere"),
        stage="plan",
        page="practice",
        model="practice.Practice",
        lifecycle=Lifecycle(
            states={"kept": _("In the library"), "withdrawn": _("Taken out")}, moves=frozenset({("kept", "withdrawn")}), first="kept",
            signs={"kept": "done", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
declare_relation(Relation("after", ("measure",), ("practice",), _("after the example of"), _("example for"), in_thread=False))
declare_event_words(
    {
        "practice.keep": _("A practice was put into the library"),
        "practice.judge": _("Somebody said whether it fits"),
        "practice.follow": _("A measure follows this example"),
        "practice.withdraw": _("It was taken out of the library"),
    }
)
