"""What a mention is to the rest of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, Relation, declare_kind, declare_relation
from tertia.tell.stories.kinds import TOLD

__all__ = ["ABOUT", "MENTION"]

#: of what a mention may speak
ABOUT = (*TOLD, "story")
MENTION = declare_kind(
    Kind(
        name="mention",
        label=_("Mention in the media"),
        label_plural=_("Mentions in the media"),
        stage="tell",
        page="mention",
        model="mentions.Mention",
        column="report",
        lifecycle=Lifecycle(
            states={"found": pgettext_lazy("mention", "Found"), "kept": pgettext_lazy("mention", "Kept"), "dropped": _("Not about us")},
            moves=frozenset({("found", "kept"), ("found", "dropped"), ("kept", "dropped"), ("dropped", "kept")}),
            first="found",
            signs={"found": "open", "kept": "done", "dropped": "none"},
        ),
    )
)
declare_relation(Relation("speaks-of", ("mention",), ABOUT, _("speaks of"), _("spoken of in")))
declare_event_words(
    {
        "mentions.add_outlet": _("An outlet was added"), "mentions.change_outlet": _("An outlet was changed"), "mentions.note_reading": _("A feed was read"), "mentions.take_in": _("Pieces of a feed were found"),
        "mentions.add": _("A mention was written down"), "mentions.keep": _("It is about us, somebody said"), "mentions.drop": _("It is not about us, somebody said"),
        "mentions.judge": _("Tone and origin were stated"), "mentions.tie": _("It was tied to what it speaks of"), "mentions.untie": _("It was untied"), "mentions.refuse": _("A suggestion was refused"),
        "mentions.join_reprint": _("It was joined as a reprint"), "mentions.part_reprint": _("It stands for itself again"), "mentions.suggest": _("Records were suggested"),
        "mentions.bear_out": _("A claim was borne out"), "mentions.look_at_claims": _("The claims of a story were looked at"),
    }
)  # fmt: skip
