"""Formal votes: opened for those entitled on that day, cast in secret, counted so that anybody can count again."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed, WrongState
from tertia.core.actions.policies import one_of, roles, signed_in, system
from tertia.core.parties.models import Membership
from tertia.core.records.actions import move
from tertia.listen.proposals.counting import METHODS, count, write_ballots
from tertia.listen.proposals.models import Ballot, Entitled, Poll, Proposal

__all__ = ["cast_ballot", "close_poll", "open_poll", "published_ballots", "stands"]

VOTERS = {"all": ("member", "editor", "office", "leader", "administrator"), "leaders": ("leader", "office", "editor")}


@action("proposals.open_poll", may=roles("office", "leader", of="proposal.owner_id"), about="proposal")
def open_poll(
    *, by: Any, proposal: Proposal, method: str, options: list[str], quorum: Decimal, voters: str, on: dt.date, ends_on: dt.date
) -> Poll:
    """Open a formal vote. `options`: texts, of a choice at least for and against; `voters`: all members, or those who lead."""
    if method not in METHODS or voters not in VOTERS:
        raise BadInput(Fault("method", _("Choose how it is voted, and who votes.")))
    texts = [o.strip() for o in options if o.strip()]
    if len(texts) < 2 or len(set(texts)) != len(texts) or len(texts) > 20:
        raise BadInput(Fault("options", _("Write two options or more, each once; at most twenty.")))
    if not 0 <= quorum < 1:
        raise BadInput(Fault("quorum", _("The quorum is a share from 0 to below 1.")))
    if ends_on < on:
        raise BadInput(Fault("ends_on", _("The last day lies in the past; nobody could vote.")))
    proposal = lock(proposal)
    move(proposal, "voting")
    poll = Poll(
        proposal=proposal,
        method=method,
        options={f"o{n}": text for n, text in enumerate(texts, start=1)},
        quorum=quorum,
        opened_on=on,
        ends_on=ends_on,
    )
    poll.save()
    people = (
        Membership.objects.in_force(on).filter(Q(organisation=proposal.owner_id) | Q(organisation__parent=proposal.owner_id), role__in=VOTERS[voters])
        .exclude(person__account=None).values_list("person", flat=True).distinct()
    )  # fmt: skip
    Entitled.objects.bulk_create([Entitled(poll=poll, person_id=pk) for pk in sorted(set(people))])
    if not people:
        raise BadInput(Fault("voters", _("Nobody with an account would be entitled to vote.")))
    return poll


@action("proposals.cast_ballot", may=signed_in, about="poll", traceless=True)
def cast_ballot(*, by: Any, poll: Poll, options: list[str], on: dt.date) -> str:
    """Cast a ballot, once. Returns its receipt, which is shown once and kept with nobody; the event names nobody."""
    poll = lock(poll)
    if poll.state != Poll.State.OPEN or on > poll.ends_on:
        raise WrongState(poll, poll.state, (Poll.State.OPEN,))
    row = Entitled.objects.filter(poll=poll, person=by.person_id).first()
    if row is None:
        raise NotAllowed("proposals.cast_ballot")
    if row.voted:
        raise BadInput(Fault("options", _("You have voted already. A ballot cannot be changed, since nobody knows which one is yours.")))
    try:
        count(poll.method, list(poll.options), [options])
    except ValueError as error:
        raise BadInput(Fault("options", _("Name each option once at most; of a choice only one."))) from error
    Entitled.objects.filter(pk=row.pk).update(voted=True)
    made = Ballot(poll=poll, options=options)
    Ballot.objects.bulk_create([made])
    return made.receipt


@action("proposals.close_poll", may=one_of(system, roles("office", "leader", of="poll.proposal.owner_id")), about="poll")
def close_poll(*, by: Any, poll: Poll, on: dt.date) -> Poll:
    """Count, publish the ballots, keep their hash in the journal. Before the last day only when all have voted."""
    poll = lock(poll)
    if poll.state != Poll.State.OPEN:
        raise WrongState(poll, poll.state, (Poll.State.OPEN,))
    if on <= poll.ends_on and Entitled.objects.filter(poll=poll, voted=False).exists():
        raise BadInput(Fault("", _("It is counted after its last day, or when everybody has voted.")))
    rows = list(Ballot.objects.filter(poll=poll).values_list("receipt", "options"))
    told = count(poll.method, list(poll.options), [options for _r, options in rows]).as_json()
    entitled = Entitled.objects.filter(poll=poll).count()
    told |= {"entitled": entitled, "quorate": len(rows) > entitled * poll.quorum}
    poll.state, poll.closed_on, poll.result = Poll.State.CLOSED, on, told
    poll.digest = hashlib.sha256(write_ballots(rows).encode()).hexdigest()
    poll.save()
    move(lock(poll.proposal), "open")
    return poll


def published_ballots(poll: Poll) -> str:
    """The ballots of a closed vote as CSV; of an open one nothing."""
    if poll.state != Poll.State.CLOSED:
        return ""
    return write_ballots(Ballot.objects.filter(poll=poll).values_list("receipt", "options"))


def stands(poll: Poll) -> list[dict[str, Any]]:
    """The options of a closed vote with votes and share, the most first, and which of them is a minority's above the set share."""
    if poll.result is None:
        return []
    votes = poll.result["rounds"][0] if poll.result["rounds"] else poll.result["votes"]
    whole = max(poll.result["ballots"] - poll.result["abstained"], 1)
    rows = [
        {
            "code": code,
            "text": text,
            "votes": votes.get(code, 0),
            "share": round(100 * votes.get(code, 0) / whole),
            "won": poll.result["winners"] == [code],
        }
        for code, text in poll.options.items()
    ]
    return sorted(rows, key=lambda r: (-r["votes"], r["code"]))
