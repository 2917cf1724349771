"""What programmes and courses are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

_LIFE = Lifecycle(
    states={"running": _("Running"), "ended": _("Ended")},
    moves=frozenset({("running", "ended"), ("ended", "running")}),
    first="running",
    signs={"running": "underway", "ended": "done"},
)
PROGRAMME = declare_kind(
    Kind(name="programme", label=_("Programme"), label_plural=_("Programmes"), stage="act", page="programme", model="learning.Programme", lifecycle=_LIFE)
)  # fmt: skip
COURSE = declare_kind(
    Kind(name="course", label=_("Course"), label_plural=_("Courses"), stage="act", page="course", model="learning.Course", lifecycle=_LIFE)
)
declare_event_words(
    {
        "learning.import": _("Programmes and courses were brought in line with a list"),
        "learning.take_template": _("A ready course was taken over"),
        "learning.write_outcome": _("An outcome was written"),
        "learning.note_practitioner": _("A session led by somebody from outside was written down"),
        "learning.drop_practitioner": _("A session led by somebody from outside was taken back"),
        "learning.tie": _("An opportunity was tied to the course"),
        "learning.untie": _("An opportunity was untied from the course"),
        "learning.hand_in": _("A reflection was handed in"),
        "learning.give_feedback": _("Feedback was given"),
        "learning.assess": _("A reflection was assessed"),
        "learning.award": _("Credits were awarded"),
        "learning.take_back": _("Credits were taken back"),
        "learning.issue_badge": _("A badge was issued"),
        "learning.add_platform": _("A learning platform was registered"),
        "learning.retire_platform": _("A learning platform was retired"),
        "learning.note_launch": _("Somebody came from a learning platform"),
        "learning.connect_user": _("A user of a learning platform was connected"),
        "learning.show_course": _("A link of a learning platform shows this course"),
        "learning.owe_pass_back": _("A grade is on its way to the learning platform"),
        "learning.note_pass_back": _("The learning platform was told"),
        "learning.sweep_used": _("Used messages were forgotten"),
        "learning.revoke_badge": _("A badge was taken back"),
    }
)
