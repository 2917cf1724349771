"""What an opportunity is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Growth, Kind, Lifecycle, Relation, declare_growth, declare_kind, declare_relation

OPPORTUNITY = declare_kind(
    Kind(
        name="opportunity",
        label=_("Opportunity to help"),
        label_plural=_("Opportunities to help"),
        stage="act",
        page="opportunity",
        model="volunteering.Opportunity",
        column="activity",
        lifecycle=Lifecycle(
            states={
                "draft": _("Waits for the office"),
                "open": _("Open to volunteers"),
                "closed": _("Sign-up is closed"),
                "withdrawn": _("Withdrawn"),
            },
            moves=frozenset({("draft", "open"), ("draft", "withdrawn"), ("open", "closed"), ("closed", "open"), ("open", "withdrawn")}),
            first="draft",
            signs={"draft": "open", "open": "underway", "closed": "done", "withdrawn": "none"},
        ),
    )
)
HELPS_WITH = declare_relation(
    Relation("helps-with", ("opportunity",), ("measure", "need"), _("asks for help with"), _("help is asked for by"))
)
SHIFT_OF = declare_relation(Relation("shift-of", ("activity",), ("opportunity",), _("was a shift of"), _("took place as"), in_thread=False))
declare_growth(
    Growth("opportunity", ("measure", "need"), "helps-with", "opportunity_new", _("Ask for volunteers"), ("editor", "office", "leader"))
)
declare_event_words(
    {
        "volunteering.offer": _("Help was asked for"),
        "volunteering.open": _("It was opened to volunteers"),
        "volunteering.close": _("It was closed"),
        "volunteering.withdraw": _("It was withdrawn"),
        "volunteering.change": _("It was changed"),
        "volunteering.add_shifts": _("Shifts were added"),
        "volunteering.move_shift": _("A shift was moved"),
        "volunteering.call_off_shift": _("A shift was called off"),
        "volunteering.sign_up": _("Somebody signed up"),
        "volunteering.step_back": _("A place became free"),
        "volunteering.copy": _("A plan was copied"),
        "volunteering.enter": _("Arrivals were noted"),
        "volunteering.close_list": _("The list of a shift was closed"),
        "volunteering.report_incident": _("A report on safety came in"),
        "volunteering.close_incident": _("A report on safety was dealt with"),
        "volunteering.check_host": _("The host was checked"),
        "volunteering.suspend_host": _("The host was suspended"),
        "volunteering.lift_suspension": _("The suspension was lifted"),
        "volunteering.begin_plan": _("Proposals for a cohort were asked for"),
        "volunteering.keep_plan": _("Proposals for a cohort were worked out"),
        "volunteering.send_proposals": _("Proposals were written to a cohort"),
        "volunteering.drop_plan": _("Proposals were thrown away"),
        "volunteering.allow_listing": _("It was said whether a name may stand in a register"),
        "volunteering.give_consent": _("A parent consented"),
    }
)
