"""What a report is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation

REPORT = declare_kind(
    Kind(
        name="report",
        label=_("Report"),
        label_plural=_("Reports"),
        stage="tell",
        page="report",
        model="reports.Edition",
        column="report",
        lifecycle=Lifecycle(
            states={"written": _("Written"), "replaced": _("Replaced by a later edition")},
            moves=frozenset({("written", "replaced")}),
            first="written",
            signs={"written": "done", "replaced": "none"},
        ),
    )
)
PRINTS = declare_relation(Relation("prints", ("report",), ("indicator",), _("prints"), _("printed in")))
declare_event_words(
    {
        "reports.write_edition": _("The edition was written"),
        "reports.write_chapter": _("A chapter of the report was written"),
    }
)
