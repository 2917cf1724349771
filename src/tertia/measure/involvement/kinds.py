"""What a self-assessment is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

ASSESSMENT = declare_kind(
    Kind(
        name="assessment",
        label=_("Self-assessment"),
        label_plural=_("Self-assessments"),
        stage="measure",
        page="assessment",
        model="involvement.Assessment",
        lifecycle=Lifecycle(
            states={"open": _("Being judged"), "closed": _("Decided and published")},
            moves=frozenset({("open", "closed"), ("closed", "open")}),
            first="open",
            signs={"open": "underway", "closed": "done"},
        ),
    )
)
declare_event_words(
    {
        "involvement.open": _("A self-assessment was opened"),
        "involvement.invite": _("An assessor was invited"),
        "involvement.judge": _("An assessor judged"),
        "involvement.decide": _("Levels were decided in a dialogue"),
        "involvement.publish": _("The self-assessment was published"),
    }
)
