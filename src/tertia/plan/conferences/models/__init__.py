"""A conference from its programme to what became of its recommendations."""

from tertia.plan.conferences.models.follow_up import FollowUp, Progress
from tertia.plan.conferences.models.papers import Paper, PaperAuthor, PaperReview
from tertia.plan.conferences.models.programme import Conference, Registration, Session, Talk
from tertia.plan.conferences.models.resolution import Addressee, Ballot, Dispatch, MinorityStatement, Recommendation, Resolution
from tertia.plan.conferences.models.working_out import Proposal, ProposalVersion, Stance

__all__ = [
    "Addressee",
    "Ballot",
    "Conference",
    "Dispatch",
    "FollowUp",
    "MinorityStatement",
    "Paper",
    "PaperAuthor",
    "PaperReview",
    "Progress",
    "Proposal",
    "ProposalVersion",
    "Recommendation",
    "Registration",
    "Resolution",
    "Session",
    "Stance",
    "Talk",
]
