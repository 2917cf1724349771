"""What profiles and their review are to the rest of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

PROFILE = declare_kind(
    Kind(
        name="profile",
        label=_("Position profile"),
        label_plural=_("Position profiles"),
        stage="plan",
        page="profile",
        model="faculty.Profile",
        lifecycle=Lifecycle(
            states={"draft": _("Being written"), "approved": pgettext_lazy("profile", "Approved"), "retired": _("No longer in force")},
            moves=frozenset({("draft", "approved"), ("approved", "approved"), ("approved", "retired"), ("draft", "retired")}),
            first="draft",
            signs={"draft": "open", "approved": "done", "retired": "none"},
        ),
    )
)
REVIEW = declare_kind(
    Kind(
        name="profile-review",
        label=_("Review of profiles"),
        label_plural=_("Reviews of profiles"),
        stage="plan",
        page="profile_review",
        model="faculty.ProfileReview",
        column="activity",
        lifecycle=Lifecycle(
            states={"underway": _("Under way"), "closed": _("Finished")},
            moves=frozenset({("underway", "closed")}),
            first="underway",
            signs={"underway": "underway", "closed": "done"},
        ),
    )
)
FULFILS = declare_relation(
    Relation("fulfils", ("profile-review",), ("measure", "recommendation", "decision"), _("fulfils"), _("fulfilled by"))
)
declare_growth(
    Growth(
        "profile-review",
        ("measure", "recommendation", "decision"),
        "fulfils",
        "profile_review_new",
        _("Review the profiles of positions"),
        ("office", "leader"),
    )
)
declare_event_words(
    {
        "faculty.write_profile": _("The profile was written"),
        "faculty.change_profile": _("The profile was changed"),
        "faculty.put_function": _("A function was written into the profile"),
        "faculty.drop_function": _("A function was taken out of the profile"),
        "faculty.approve_profile": _("The profile was approved"),
        "faculty.retire_profile": _("The profile is no longer in force"),
        "faculty.begin_review": _("The review began"),
        "faculty.review_line": _("A profile was looked through"),
        "faculty.hand_line": _("Somebody else looks through a profile"),
        "faculty.close_review": _("The review was finished"),
        "faculty.set_norm": _("A norm was set"),
        "faculty.fill_post": _("A post was filled"),
        "faculty.end_post": _("Somebody left a post"),
        "faculty.begin_assignment": _("An assignment was begun"),
        "faculty.write_assignment": _("An assignment was written"),
        "faculty.put_line": _("A line of an assignment was written"),
        "faculty.drop_line": _("A line of an assignment was taken out"),
        "faculty.offer": _("An assignment was offered"),
        "faculty.agree": _("An assignment was agreed"),
        "faculty.take_back": _("An offered assignment was taken back"),
        "faculty.reopen": _("An agreed assignment was opened again"),
        "faculty.place": _("Work was counted under a line"),
        "faculty.recognise": _("A decision about somebody was written down"),
        "faculty.add_training": _("A training was written down"),
        "faculty.note_trained": _("Somebody finished a training"),
        "faculty.confirm_trained": _("A training was confirmed"),
    }
)
