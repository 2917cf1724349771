"""Working out recommendations in a section: propose, amend, support or object, gather."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import roles, signed_in
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import join
from tertia.core.records.slugs import free_slug
from tertia.plan.conferences.models import Proposal, ProposalVersion, Recommendation, Registration, Resolution, Session, Stance

__all__ = ["amend", "gather", "propose", "take_stance"]


def _participant(by: Any, session: Session) -> None:
    """Participants of the conference work in its sections; so does its office."""
    if by.is_system or by.has(session.conference.owner_id, "office", "leader", "editor"):
        return
    if not Registration.objects.filter(conference=session.conference_id, person=by.person, waiting=False).exists():
        raise BadInput(Fault("", _("Register for the conference first; then you can work in its sections.")))


def _text(text: Text) -> Text:
    if not text:
        raise BadInput(Fault("text", _("Write the recommendation; the text is empty.")))
    return text


@action("conferences.propose", may=signed_in)
def propose(*, by: Any, session: Session, text: Text) -> Proposal:
    """Propose a recommendation in a section."""
    _participant(by, session)
    if session.kind != Session.Kind.SECTION:
        raise BadInput(Fault("session", _("Recommendations are worked out in sections.")))
    made = Proposal(session=session, author=by.person, text=_text(text))
    made.save()
    ProposalVersion(proposal=made, number=1, text=text, author=by.person, written_at=clock.now()).save()
    return made


@action("conferences.amend", may=signed_in, about="proposal")
def amend(*, by: Any, proposal: Proposal, text: Text, version: int) -> Proposal:
    """Change a proposal. `version` is the one that the author saw; a newer one is not overwritten, the conflict is told."""
    _participant(by, proposal.session)
    proposal = lock(proposal)
    require_state(proposal, Proposal.State.OPEN)
    if proposal.version != version:
        raise BadInput(
            Fault("text", _("Somebody changed this text while you wrote. Yours is kept below; compare and send it again."), "conflict")
        )
    if proposal.text == _text(text):
        return proposal
    proposal.text, proposal.version = text, version + 1
    proposal.save()
    ProposalVersion(proposal=proposal, number=version + 1, text=text, author=by.person, written_at=clock.now()).save()
    return proposal


@action("conferences.take_stance", may=signed_in, about="proposal")
def take_stance(*, by: Any, proposal: Proposal, kind: str, reason: str = "") -> Stance:
    """Support a proposal or object to it; the later word replaces the earlier one."""
    _participant(by, proposal.session)
    require_state(lock(proposal), Proposal.State.OPEN)
    stance = Stance.objects.filter(proposal=proposal, person=by.person).first() or Stance(proposal=proposal, person=by.person)
    stance.kind, stance.reason = kind, reason[:500]
    stance.save()
    return stance


@action("conferences.gather", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def gather(
    *, by: Any, resolution: Resolution, proposals: list[Proposal], group: int = 1, lead_in: Text | None = None
) -> list[Recommendation]:
    """Take proposals of sections into a draft resolution, in the given order, as one group under a lead-in."""
    resolution = lock(resolution)
    require_state(resolution, "draft")
    position = resolution.recommendations.count()
    made = []
    for proposal in proposals:
        proposal = lock(proposal)
        if proposal.state != Proposal.State.OPEN or proposal.session.conference_id != resolution.conference_id:
            raise WrongState(proposal, proposal.state, ("open",))
        position += 1
        recommendation = Recommendation(
            owner_id=resolution.owner_id, resolution=resolution, position=position, number=str(position), title=proposal.text, group=group, group_lead_in=lead_in or Text({}),
            slug=free_slug(resolution.owner, "recommendation", f"{resolution.slug} {position}"),
            visibility=resolution.visibility, demonstration=resolution.demonstration,
        )  # fmt: skip
        recommendation.save()
        join(recommendation, "part-of", resolution)
        proposal.state, proposal.recommendation = Proposal.State.GATHERED, recommendation
        proposal.save()
        made.append(recommendation)
    return made
