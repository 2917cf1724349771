"""What whoever was invited does: come, not come, send a deputy; arrive and leave; ask to speak."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.access.models import Pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import one_of
from tertia.core.periods import clock
from tertia.plan.councils.actions.calling import issue_seat_pass, write_to
from tertia.plan.councils.models import AgendaItem, Invitation, Presence, Speaker
from tertia.plan.councils.policies import SITS, keepers

__all__ = ["answer_invitation", "arrive", "ask_to_speak", "leave"]

#: the member by an account or by the own link, the deputy by his, or the secretary and the office for them
FOR_A_SEAT = one_of(SITS, keepers("invitation.meeting.council"))


@action("councils.answer_invitation", may=FOR_A_SEAT)
def answer_invitation(
    *, by: Any, invitation: Invitation, answer: str, reason: str = "", deputy_name: str = "", deputy_email: str = ""
) -> Invitation:
    """Come, not come (with a reason), or send a deputy, who gets a link of the own. It may be changed until the meeting is over.

    A deputy stands for one seat: whoever sits on the council has a vote of the own, and whoever is deputy of one member is not of another.
    """
    meeting = lock(invitation.meeting)
    require_state(meeting, "called", "open")
    invitation = lock(invitation)
    faults = []
    if answer not in ("accepted", "declined", "deputy"):
        faults.append(Fault("answer", _("Say whether you come.")))
    if answer == "declined" and not reason.strip():
        faults.append(Fault("reason", _("Say why you cannot come; one sentence is enough.")))
    if answer == "deputy":
        faults += _deputy_faults(invitation, deputy_name, deputy_email)
    if faults:
        raise BadInput(*faults)
    before = invitation.deputy_email
    invitation.answer, invitation.reason, invitation.answered_at = answer, reason.strip()[:500], clock.now()
    invitation.deputy_name = deputy_name.strip()[:200] if answer == "deputy" else ""
    invitation.deputy_email = deputy_email.strip() if answer == "deputy" else ""
    invitation.save()
    if before and before != invitation.deputy_email:
        _take_back(invitation, before)
    if invitation.deputy_email and invitation.deputy_email != before:
        held = issue_seat_pass(invitation, meeting, email=invitation.deputy_email, name=invitation.deputy_name)
        write_to(
            invitation, meeting, gettext_noop("Come in place of %(name)s: %(title)s, %(when)s"),
            gettext_noop("%(name)s asks you to come instead: %(council)s, %(when)s, %(where)s. You speak and vote for this seat.\n\nAgenda:\n%(agenda)s\n\nYour link:\n%(url)s"),
            f"deputy-{held.pk}", held=held, to_deputy=True,
        )  # fmt: skip
    return invitation


def _deputy_faults(invitation: Invitation, name: str, email: str) -> list[Fault]:
    faults = []
    if not name.strip() or not email.strip():
        faults.append(Fault("deputy_name", _("Write the name and the e-mail of whoever comes instead.")))
        return faults
    if invitation.tenure_id is None:
        faults.append(Fault("answer", _("A guest sends no deputy. Tell the secretary whom to invite.")))
    others = invitation.meeting.invitations.exclude(pk=invitation.pk)
    mail = email.strip().lower()
    for other in others:
        if other.tenure_id and other.email and other.email.lower() == mail:
            faults.append(
                Fault(
                    "deputy_email",
                    _("%(name)s sits on this council and has a vote of the own. Send somebody else.") % {"name": other.name},
                    "member",
                )
            )
        elif other.deputy_email and other.deputy_email.lower() == mail:
            words = _("%(deputy)s comes in place of %(name)s already. One person stands for one seat. Send somebody else.")
            faults.append(Fault("deputy_email", words % {"deputy": other.deputy_name, "name": other.name}, "deputy-of-two"))
    return faults


def _take_back(invitation: Invitation, email: str) -> None:
    """The link of a deputy who comes no more opens nothing."""
    for held in Pass.objects.filter(purpose="councils.seat", subject_id=invitation.pk, sent_to=email, revoked_at=None):
        if email != invitation.email:
            held.revoked_at = clock.now()
            held.save()


@action("councils.arrive", may=FOR_A_SEAT)
def arrive(*, by: Any, invitation: Invitation, mode: str = "site", how: str = "list", at: dt.datetime | None = None) -> Presence:
    """Somebody is there for this seat. Twice changes nothing but the mode; whoever left comes back."""
    meeting = lock(invitation.meeting)
    require_state(meeting, "called", "open")
    invitation = lock(invitation)
    moment = at or clock.now()
    if mode not in ("site", "afar"):
        raise BadInput(Fault("mode", _("Say whether it is in the room or from afar.")))
    found = invitation.presences.filter(left_at=None).first()
    if found is not None:
        if found.mode != mode:
            found.mode = mode
            found.save()
        return found
    made = Presence(invitation=invitation, came_at=moment, mode=mode, how=how)
    made.save()
    return made


@action("councils.leave", may=FOR_A_SEAT)
def leave(*, by: Any, invitation: Invitation, at: dt.datetime | None = None) -> Presence:
    """The seat is empty from now on. Votes cast before stand; none is cast after. Raises WrongState where nobody was there."""
    meeting = lock(invitation.meeting)
    require_state(meeting, "called", "open")
    found = lock(invitation).presences.filter(left_at=None).first()
    if found is None:
        raise WrongState(invitation, "away", ("there",))
    found.left_at = max(at or clock.now(), found.came_at)
    found.save()
    return found


@action("councils.ask_to_speak", may=FOR_A_SEAT)
def ask_to_speak(*, by: Any, invitation: Invitation, item: AgendaItem) -> Speaker:
    """Onto the list of speakers, once until one has spoken."""
    meeting = invitation.meeting
    require_state(meeting, "open")
    if item.meeting_id != meeting.pk or item.state == "done":
        raise BadInput(Fault("item", _("This item is closed.")))
    if not invitation.presences.filter(left_at=None).exists():
        raise BadInput(Fault("", _("Say first that you are there.")))
    found = Speaker.objects.filter(item=item, invitation=invitation, ended_at=None).first()
    if found is None:
        found = Speaker(item=item, invitation=invitation, asked_at=clock.now())
        found.save()
    return found
