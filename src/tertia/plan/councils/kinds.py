"""What councils, meetings and decisions are to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

COUNCIL = declare_kind(
    Kind(
        name="council",
        label=_("Council"),
        label_plural=_("Councils"),
        stage="plan",
        page="council",
        model="councils.Council",
        lifecycle=Lifecycle(
            states={"standing": _("Standing"), "dissolved": _("Dissolved")},
            moves=frozenset({("standing", "dissolved")}),
            first="standing",
            signs={"standing": "underway", "dissolved": "none"},
        ),
    )
)
MEETING = declare_kind(
    Kind(
        name="meeting",
        label=_("Meeting"),
        label_plural=_("Meetings"),
        stage="plan",
        page="meeting",
        model="councils.Meeting",
        lifecycle=Lifecycle(
            states={
                "planned": _("Being prepared"),
                "called": _("Called"),
                "open": _("Sitting now"),
                "closed": _("Minutes being written"),
                "approved": _("Minutes approved"),
                "withdrawn": _("Called off"),
            },
            moves=frozenset(
                {
                    ("planned", "called"), ("called", "open"), ("planned", "open"), ("open", "closed"), ("closed", "approved"), ("approved", "closed"),
                    ("planned", "withdrawn"), ("called", "withdrawn"),
                }
            ),
            first="planned",
            signs={"planned": "open", "called": "open", "open": "underway", "closed": "underway", "approved": "done", "withdrawn": "none"},
        ),
    )
)  # fmt: skip
DECISION = declare_kind(
    Kind(
        name="decision",
        label=_("Decision"),
        label_plural=_("Decisions"),
        stage="plan",
        page="decision",
        model="councils.Decision",
        column="recommendation",
        lifecycle=Lifecycle(
            states={"to-do": _("To be done"), "done": _("Done"), "dropped": _("Dropped")},
            moves=frozenset({("to-do", "done"), ("to-do", "dropped"), ("done", "to-do")}),
            first="to-do",
            signs={"to-do": "underway", "done": "done", "dropped": "declined"},
        ),
    )
)
declare_relation(
    Relation(
        "decided-on",
        ("decision",),
        ("need", "conversation", "proposal", "recommendation", "decision"),
        _("decided on"),
        _("council decisions"),
    )
)
declare_relation(Relation("changes", ("decision",), ("programme", "course"), _("changes"), _("changed by"), in_thread=False))
declare_growth(
    Growth(
        "suggestion",
        ("need", "conversation", "proposal", "recommendation", "decision"),
        "decided-on",
        "suggestion_new",
        _("Suggest it to a council"),
    )
)
declare_event_words(
    {
        "councils.found": _("The council was set up"),
        "councils.dissolve": _("The council was dissolved"),
        "councils.declare_interest_here": _("A conflict of interest was declared"),
        "councils.set_order": _("Its order was set"),
        "councils.add_seat": _("A seat was added"),
        "councils.close_seat": _("A seat was closed"),
        "councils.fill_seat": _("A seat was filled"),
        "councils.end_tenure": _("Somebody left a seat"),
        "councils.name_deputy": _("A standing deputy was named"),
        "councils.declare_interest": _("A conflict of interest was declared"),
        "councils.suggest": _("Something was suggested for the agenda"),
        "councils.answer_suggestion": _("A suggestion was answered"),
        "councils.plan_meeting": _("A meeting was prepared"),
        "councils.move_meeting": _("The meeting was moved"),
        "councils.call_off": _("The meeting was called off"),
        "councils.add_item": _("An item was put on the agenda"),
        "councils.change_item": _("An item of the agenda was changed"),
        "councils.drop_item": _("An item was taken off the agenda"),
        "councils.add_paper": _("A paper was added"),
        "councils.invite_guest": _("A guest was invited"),
        "councils.call_meeting": _("The meeting was called; the invitations went out"),
        "councils.answer_invitation": _("An invitation was answered"),
        "councils.remind": _("Those who had not answered were asked again"),
        "councils.open_meeting": _("The meeting began"),
        "councils.arrive": _("Somebody came"),
        "councils.leave": _("Somebody left"),
        "councils.begin_item": _("An item began"),
        "councils.end_item": _("An item was closed"),
        "councils.ask_to_speak": _("Somebody asked to speak"),
        "councils.give_floor": _("The floor was given"),
        "councils.note": _("The minutes of an item were written"),
        "councils.open_vote": _("A vote was opened"),
        "councils.vote": _("A vote was cast"),
        "councils.close_vote": _("A vote was closed"),
        "councils.vote_secretly": _("A secret vote was cast"),
        "councils.count_by_hand": _("Hands in the room were counted"),
        "councils.drop_vote": _("A vote was taken back"),
        "councils.move_item": _("The order of the agenda was changed"),
        "councils.send_extracts": _("Extracts went to those who have something to do"),
        "councils.take_rolls": _("Published roll calls were taken in"),
        "councils.decide": _("A decision was written down"),
        "councils.report_done": _("A decision was reported as done"),
        "councils.review": _("A decision was looked at again"),
        "councils.link_change": _("It was linked to what it changed"),
        "councils.close_meeting": _("The meeting was closed"),
        "councils.approve_minutes": _("The minutes were approved"),
        "councils.correct_minutes": _("The minutes were opened again to be corrected"),
    }
)
