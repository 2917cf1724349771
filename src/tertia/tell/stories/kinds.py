"""What a story is to the rest of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

__all__ = ["STORY", "TOLD"]

#: of what a story may tell
TOLD = (
    "activity",
    "project",
    "study",
    "need",
    "measure",
    "conversation",
    "decision",
    "agreement",
    "opportunity",
    "recommendation",
    "regional-question",
    "proposal",
    "course",
)
STORY = declare_kind(
    Kind(
        name="story",
        label=_("Story"),
        label_plural=_("Stories"),
        stage="tell",
        page="story",
        model="stories.Story",
        column="report",
        lifecycle=Lifecycle(
            states={
                "draft": pgettext_lazy("story", "Draft"), "review": _("With the reviewer"), "scheduled": _("Comes out by itself"), "published": pgettext_lazy("story", "Published"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset(
                {("draft", "review"), ("review", "draft"), ("review", "published"), ("review", "scheduled"), ("scheduled", "published"), ("scheduled", "draft"), ("published", "withdrawn")}
            ),
            first="draft",
            signs={"draft": "open", "review": "open", "scheduled": "underway", "published": "done", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
declare_relation(Relation("tells", ("story",), TOLD, _("tells of"), _("told in")))
declare_growth(Growth("story", TOLD, "tells", "story_new", _("Tell it"), ("editor", "office", "leader")))
declare_event_words(
    {
        "stories.write": _("The story was begun"), "stories.change": _("The story was changed"), "stories.send": _("It was sent to the reviewer"),
        "stories.send_back": _("The reviewer sent it back"), "stories.publish": _("It was published"), "stories.publish_due": _("It came out at its hour"),
        "stories.correct": _("It was corrected"), "stories.withdraw": _("It was withdrawn"), "stories.quote": _("A partner is quoted"), "stories.show": _("A picture was added"),
        "stories.add_picture": _("A picture was added"), "stories.translate": _("It was translated"), "stories.drop": _("A picture or a quotation was taken out"),
    }
)  # fmt: skip
