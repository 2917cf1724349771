from tertia.act.activities.actions.calendar import make_calendar_link, revoke_calendar_link
from tertia.act.activities.actions.hours import (
    amend_hours,
    ask_host,
    attest_hours,
    claim_hours,
    dispute_sheet,
    escalate_sheet,
    say_benefit,
    take_back,
)
from tertia.act.activities.actions.learners import write_learners
from tertia.act.activities.actions.outcomes import add_photo, confirm_outcome, evaluate, remove_photo, write_outcome
from tertia.act.activities.actions.writing import (
    Details,
    change_activity,
    confirm_entry,
    move_activity,
    repeat_activity,
    say_engagement,
    write_activity,
)

__all__ = [
    "Details",
    "add_photo",
    "amend_hours",
    "ask_host",
    "attest_hours",
    "change_activity",
    "claim_hours",
    "confirm_entry",
    "confirm_outcome",
    "dispute_sheet",
    "escalate_sheet",
    "evaluate",
    "make_calendar_link",
    "move_activity",
    "remove_photo",
    "repeat_activity",
    "revoke_calendar_link",
    "say_benefit",
    "say_engagement",
    "take_back",
    "write_activity",
    "write_learners",
    "write_outcome",
]
