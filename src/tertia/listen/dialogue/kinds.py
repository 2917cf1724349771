"""What a conversation is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

CONVERSATION = declare_kind(
    Kind(
        name="conversation",
        label=_("Conversation"),
        label_plural=_("Conversations"),
        stage="listen",
        page="conversation",
        model="dialogue.Conversation",
        column="recommendation",
        lifecycle=Lifecycle(
            states={
                "draft": _("Being prepared"),
                "open": _("People vote"),
                "closed": _("Voting has ended"),
                "answered": _("Answered"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("draft", "open"),
                    ("open", "closed"),
                    ("closed", "open"),
                    ("closed", "answered"),
                    ("draft", "withdrawn"),
                    ("open", "withdrawn"),
                }
            ),
            first="draft",
            signs={"draft": "none", "open": "underway", "closed": "open", "answered": "done", "withdrawn": "none"},
        ),
    )
)
DISCUSSES = declare_relation(Relation("discusses", ("conversation",), ("need", "recommendation"), _("discusses"), _("discussed in")))
declare_growth(
    Growth(
        "conversation",
        ("need", "recommendation"),
        "discusses",
        "conversation_new",
        _("Talk about it with many"),
        ("editor", "office", "leader"),
    )
)
declare_event_words(
    {
        "dialogue.begin": _("The conversation was prepared"),
        "dialogue.change": _("The conversation was changed"),
        "dialogue.open": _("The conversation was opened"),
        "dialogue.close": _("Voting ended"),
        "dialogue.say": _("A statement was made"),
        "dialogue.seed": _("The hosts wrote statements"),
        "dialogue.admit": _("A statement was published"),
        "dialogue.decline": _("A statement was not published"),
        "dialogue.say_anew": _("A statement was said anew"),
        "dialogue.join_statements": _("Two statements were joined"),
        "dialogue.translate": _("A statement was translated"),
        "dialogue.set_aside": _("Voices were set aside"),
        "dialogue.take_back": _("Voices were counted again"),
        "dialogue.tell_outcome": _("It was said what became of a statement"),
        "dialogue.ask_for_answer": _("An answer to the conversation was asked for"),
        "dialogue.answer": _("The conversation was answered"),
        "dialogue.mark_shared": _("Statements that all groups share were noted"),
        "dialogue.bring_in": _("A conversation was brought in from elsewhere"),
    }
)
