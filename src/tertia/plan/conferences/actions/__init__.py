"""Every write of conferences and resolutions."""

from tertia.plan.conferences.actions.answers import acknowledge_dispatch, answer_recommendations, remind_addressee, revoke_link
from tertia.plan.conferences.actions.programme import add_session, add_talk, announce_conference, register_participant
from tertia.plan.conferences.actions.resolution import draft_resolution, save_reading, write_recommendation_version
from tertia.plan.conferences.actions.sending import expand_addressee, name_addressee, record_past_sending, send_resolution
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
    "answer_recommendations",
    "draft_resolution",
    "expand_addressee",
    "gather",
    "name_addressee",
    "open_vote",
    "propose",
    "record_past_sending",
    "register_participant",
    "remind_addressee",
    "revoke_link",
    "save_reading",
    "send_resolution",
    "take_stance",
    "vote",
    "write_recommendation_version",
]
