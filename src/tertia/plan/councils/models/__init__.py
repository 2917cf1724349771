"""Councils: bodies with seats, their meetings, votes, decisions and minutes."""

from tertia.plan.councils.models.council import Council, Interest, Order, Seat, Suggestion, Tenure
from tertia.plan.councils.models.decisions import Decision, MinutesVersion, Review
from tertia.plan.councils.models.meeting import AgendaItem, Invitation, Meeting, Paper, Presence, Speaker
from tertia.plan.councils.models.rolls import Roll, RollVoice, RollVoter
from tertia.plan.councils.models.voting import Cast, Motion, SecretBallot, Voice

__all__ = [
    "AgendaItem", "Cast", "Council", "Decision", "Interest", "Invitation", "Meeting", "MinutesVersion", "Motion", "Order", "Paper", "Presence",
    "Review", "Roll", "RollVoice", "RollVoter", "Seat", "SecretBallot", "Speaker", "Suggestion", "Tenure", "Voice",
]  # fmt: skip
