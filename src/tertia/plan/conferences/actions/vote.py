"""The vote on a resolution: opened, cast, counted; the text frozen, numbered and hashed."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, NoQuorum, NotCarried
from tertia.core.actions.policies import roles, signed_in
from tertia.core.languages.text import Text
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.core.rules.queries import rule_on
from tertia.plan.conferences.actions.resolution import frozen_hash
from tertia.plan.conferences.models import Ballot, MinorityStatement, Registration, Resolution

__all__ = ["adopt_resolution", "annex_minority_statement", "carried", "open_vote", "quorum_needed", "vote"]


def quorum_needed(voters: int, share: float) -> int:
    """More than `share` of the voters: the smallest whole number above it."""
    return math.floor(Decimal(str(share)) * voters) + 1


def carried(for_: int, against: int, share: float) -> bool:
    """Whether the votes for are more than `share` of the votes for and against. A tie does not carry; neither does nobody."""
    return for_ + against > 0 and Decimal(for_) > Decimal(str(share)) * (for_ + against)


@action("conferences.open_vote", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def open_vote(*, by: Any, resolution: Resolution) -> Resolution:
    """Open the vote. From now on the text of the draft stands still."""
    resolution = lock(resolution)
    require_state(resolution, "draft")
    if not resolution.recommendations.exists():
        raise BadInput(Fault("items", _("There is no recommendation to vote on. Gather the proposals of the sections first.")))
    resolution.vote_open = True
    move(resolution, "voting")
    return resolution


@action("conferences.vote", may=signed_in, about="resolution", traceless=True)
def vote(*, by: Any, resolution: Resolution, choice: str) -> Resolution:
    """Cast or change one's vote while the vote is open. The event holds neither the person nor the choice."""
    resolution = lock(resolution)
    require_state(resolution, "voting")
    registration = Registration.objects.filter(conference=resolution.conference_id, person=by.person, voter=True, waiting=False).first()
    if registration is None:
        raise BadInput(Fault("", _("Only registered voters of this conference vote on its resolution.")))
    if choice not in Ballot.Choice.values:
        raise BadInput(Fault("choice", _("Choose for, against or abstain.")))
    ballot = Ballot.objects.filter(resolution=resolution, registration=registration).first() or Ballot(
        resolution=resolution, registration=registration
    )
    ballot.choice = choice
    ballot.save()
    return resolution


def _counts(resolution: Resolution) -> tuple[int, int, int]:
    choices = list(Ballot.objects.filter(resolution=resolution).values_list("choice", flat=True))
    return choices.count("for"), choices.count("against"), choices.count("abstain")


@action("conferences.adopt_resolution", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def adopt_resolution(*, by: Any, resolution: Resolution, on: dt.date) -> Resolution:
    """Close the vote and adopt: quorum and majority by the rules in force on the day. Raises WrongState, NoQuorum, NotCarried.

    After it the text is frozen and hashed, and single ballots are erased: only their counts stay.
    """
    resolution = lock(resolution)
    require_state(resolution, "voting")
    for_, against, abstained = _counts(resolution)
    voters = Registration.objects.filter(conference=resolution.conference_id, voter=True, waiting=False).count()
    needed = quorum_needed(voters, rule_on("resolution.quorum_share", on, resolution.owner))
    if for_ + against + abstained < needed:
        raise NoQuorum(needed=needed, present=for_ + against + abstained)
    if not carried(for_, against, rule_on("resolution.majority_share", on, resolution.owner)):
        raise NotCarried(for_, against, abstained)
    resolution.votes_for, resolution.votes_against, resolution.votes_abstained = for_, against, abstained
    resolution.voters, resolution.vote_open, resolution.adopted_on = voters, False, on
    resolution.sha256 = frozen_hash(resolution)
    resolution.number = (
        resolution.number or f"{on.year}-{Resolution.objects.filter(owner=resolution.owner_id, adopted_on__year=on.year).count() + 1}"
    )
    resolution.visibility = Visibility.PUBLIC
    move(resolution, "adopted")
    for recommendation in resolution.recommendations.all():
        recommendation.visibility, recommendation.starts_on = Visibility.PUBLIC, on
        move(recommendation, "adopted")
    Ballot.objects.filter(resolution=resolution).delete()
    return resolution


@action("conferences.annex_minority_statement", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def annex_minority_statement(*, by: Any, resolution: Resolution, text: Text, on: dt.date) -> MinorityStatement:
    """Annex the statement of those who voted against, where they are at least the share that the rule sets."""
    resolution = lock(resolution)
    require_state(resolution, "adopted")
    against = resolution.votes_against or 0
    cast = against + (resolution.votes_for or 0) + (resolution.votes_abstained or 0)
    share = Decimal(against) / cast if cast else Decimal(0)
    least = Decimal(str(rule_on("resolution.minority_share", on, resolution.owner)))
    if not cast or share < least:
        raise BadInput(
            Fault(
                "text",
                _("A statement is annexed from %(least)d%% of dissent on; here it was %(share)d%%.")
                % {"least": least * 100, "share": share * 100},
            )
        )
    made = MinorityStatement(resolution=resolution, text=text, dissenters=against, share=share.quantize(Decimal("0.0001")))
    made.save()
    return made
