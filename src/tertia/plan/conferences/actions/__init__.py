"""Every write of conferences and resolutions."""

from tertia.plan.conferences.actions.answers import acknowledge_dispatch, answer_recommendations, remind_addressee, revoke_link
from tertia.plan.conferences.actions.carrying import carry_on
from tertia.plan.conferences.actions.following import answer_follow_up, ask_follow_up
from tertia.plan.conferences.actions.papers import (
    ask_review,
    call_for_papers,
    change_paper,
    decide_paper,
    give_dois,
    refuse_review,
    review_paper,
    send_paper,
    withdraw_paper,
)
from tertia.plan.conferences.actions.programme import (
    add_session,
    add_talk,
    announce_conference,
    register_participant,
    set_places,
    withdraw_registration,
)
from tertia.plan.conferences.actions.resolution import draft_resolution, save_reading, write_recommendation_version
from tertia.plan.conferences.actions.sending import (
    expand_addressee,
    name_addressee,
    record_past_sending,
    send_resolution,
    send_to_all,
)
from tertia.plan.conferences.actions.vote import adopt_resolution, annex_minority_statement, open_vote, vote
from tertia.plan.conferences.actions.working_out import amend, gather, propose, take_stance

__all__ = [
    "acknowledge_dispatch",
    "add_session",
    "add_talk",
    "adopt_resolution",
    "amend",
    "annex_minority_statement",
    "announce_conference",
    "answer_follow_up",
    "answer_recommendations",
    "ask_follow_up",
    "ask_review",
    "call_for_papers",
    "carry_on",
    "change_paper",
    "decide_paper",
    "draft_resolution",
    "expand_addressee",
    "gather",
    "give_dois",
    "name_addressee",
    "open_vote",
    "propose",
    "record_past_sending",
    "refuse_review",
    "register_participant",
    "review_paper",
    "remind_addressee",
    "revoke_link",
    "save_reading",
    "send_paper",
    "send_resolution",
    "send_to_all",
    "set_places",
    "take_stance",
    "vote",
    "withdraw_paper",
    "withdraw_registration",
    "write_recommendation_version",
]
