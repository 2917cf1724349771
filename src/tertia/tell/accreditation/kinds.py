"""What a self-evaluation is to the rest of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

__all__ = ["SELF_EVALUATION"]

SELF_EVALUATION = declare_kind(
    Kind(
        name="self-evaluation",
        label=_("Self-evaluation"),
        label_plural=_("Self-evaluations"),
        stage="tell",
        page="self_evaluation",
        model="accreditation.SelfEvaluation",
        column="report",
        lifecycle=Lifecycle(
            states={"written": pgettext_lazy("self-evaluation", "Being written"), "handed-in": _("Handed in")},
            moves=frozenset({("written", "handed-in"), ("handed-in", "written")}),
            first="written",
            signs={"written": "underway", "handed-in": "done"},
        ),
    )
)
declare_event_words(
    {
        "accreditation.begin": _("A self-evaluation was begun"), "accreditation.write": _("What a criterion asks for was written"),
        "accreditation.add_evidence": _("Evidence was added"), "accreditation.drop_evidence": _("Evidence was taken out"),
        "accreditation.hand_in": _("It was handed in"), "accreditation.reopen": _("It was opened again"),
    }
)  # fmt: skip
