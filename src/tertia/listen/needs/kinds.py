"""What a need is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

NEED = declare_kind(
    Kind(
        name="need",
        label=_("Need"),
        label_plural=_("Needs"),
        stage="listen",
        page="need",
        model="needs.Need",
        column="recommendation",
        lifecycle=Lifecycle(
            states={
                "raised": _("Raised"),
                "asked": _("Answer asked for"),
                "answered": _("Answered"),
                "closed": _("Closed with the asker"),
                "merged": _("Said elsewhere already"),
                "declined": _("Not published"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {
                    ("raised", "asked"), ("raised", "answered"), ("asked", "answered"), ("answered", "closed"),
                    ("raised", "withdrawn"), ("asked", "withdrawn"), ("answered", "asked"),
                    ("raised", "declined"), ("declined", "raised"), ("raised", "merged"), ("asked", "merged"), ("answered", "merged"),
                }
            ),
            first="raised",
            signs={"answered": "done", "closed": "done", "asked": "open", "raised": "open", "withdrawn": "none", "merged": "none", "declined": "declined"},
        ),
    )
)  # fmt: skip
declare_event_words(
    {
        "needs.raise": _("The need was raised"),
        "needs.publish": _("The office made it public"),
        "needs.ask_for_answer": _("An answer was asked for"),
        "needs.answer": _("It was answered"),
        "needs.close": _("It was closed"),
        "needs.close_by_term": _("The term passed without an objection; it was closed"),
        "needs.object": _("The asker said that it is not settled"),
        "needs.decline": _("The office did not publish it"),
        "needs.merge": _("It was said elsewhere already and joined to that"),
        "needs.support": _("Somebody said: me too"),
        "needs.begin_round": _("A round of priorities was begun"),
        "needs.judge": _("Somebody judged what comes first"),
        "needs.close_round": _("A round of priorities was closed"),
        "needs.mark_urgent": _("A public body said that it is urgent"),
        "needs.take_back_urgent": _("It is no longer said to be urgent"),
        "needs.attach": _("Evidence was attached"),
        "records.remind_owed": _("An answer was asked for again"),
        "records.escalate_owed": _("The leaders were told of the silence"),
    }
)
