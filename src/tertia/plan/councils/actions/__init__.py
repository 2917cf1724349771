"""Every write of councils."""

from tertia.plan.councils.actions.answering import answer_invitation, arrive, ask_to_speak, leave
from tertia.plan.councils.actions.bodies import (
    add_seat,
    answer_suggestion,
    close_seat,
    declare_interest,
    declare_interest_here,
    dissolve,
    end_tenure,
    fill_seat,
    found_council,
    name_deputy,
    set_order,
    suggest,
)  # fmt: skip
from tertia.plan.councils.actions.calling import (
    add_item,
    add_paper,
    call_meeting,
    call_off,
    change_item,
    drop_item,
    invite_guest,
    move_item,
    move_meeting,
    plan_meeting,
    remind_invited,
)  # fmt: skip
from tertia.plan.councils.actions.deciding import decide, link_change, report_done, review_decision, send_extracts
from tertia.plan.councils.actions.minutes import approve_minutes, correct_minutes
from tertia.plan.councils.actions.running import begin_item, close_meeting, end_item, give_floor, note, open_meeting
from tertia.plan.councils.actions.voting import close_vote, count_by_hand, drop_vote, open_vote, vote, vote_secretly

__all__ = [
    "add_item", "add_paper", "add_seat", "answer_invitation", "answer_suggestion", "approve_minutes", "arrive", "ask_to_speak", "begin_item", "call_meeting", "call_off",
    "change_item", "close_meeting", "close_seat", "close_vote", "correct_minutes", "count_by_hand", "decide", "declare_interest", "declare_interest_here", "dissolve",
    "drop_item", "drop_vote", "end_item", "end_tenure", "fill_seat", "found_council", "give_floor", "invite_guest", "leave", "link_change", "move_item", "move_meeting",
    "name_deputy", "note", "open_meeting", "open_vote", "plan_meeting", "remind_invited", "report_done", "review_decision", "send_extracts", "set_order", "suggest",
    "vote", "vote_secretly",
]  # fmt: skip
