"""Votes of a meeting: opened, cast by link or account, counted by hand beside, closed with an outcome.

Whoever votes holds a shared lock of the motion until the vote is written, and whoever closes it an exclusive one: so no vote falls between counting
and closing, and five thousand vote side by side.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import one_of
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.plan.councils.models import AgendaItem, Cast, Invitation, Motion, SecretBallot, Voice
from tertia.plan.councils.policies import SITS, keepers
from tertia.plan.councils.queries import count_present, count_seats, order_on
from tertia.plan.councils.quorum import Tally, needed, outcome
from tertia.plan.councils.vocabulary import CHOICES, FORMS

__all__ = ["close_vote", "count_by_hand", "drop_vote", "open_vote", "vote", "vote_secretly"]

RUNS_ITEM = keepers("item.meeting.council")
RUNS_MOTION = keepers("motion.item.meeting.council")


@action("councils.open_vote", may=RUNS_ITEM)
def open_vote(*, by: Any, item: AgendaItem, text: Text, form: str = "open") -> Motion:
    """Put something to the vote: open, secret, or by roll call. Of one item one vote is open at a time."""
    require_state(lock(item.meeting), "open")
    item = lock(item)
    faults = [] if text else [Fault("text", _("Write what is put to the vote."))]
    faults += [] if form in FORMS else [Fault("form", _("Choose how it is voted."))]
    if item.motions.filter(closed_at=None).exists():
        faults.append(Fault("", _("A vote on item %(n)d is open. Close it first.") % {"n": item.position}, "vote-open"))
    if faults:
        raise BadInput(*faults)
    made = Motion(item=item, text=text, form=form, opened_at=clock.now())
    made.save()
    return made


def _hold(motion: Motion, *, alone: bool) -> Motion:
    """The motion as it is while the lock is held to the end of the transaction. SQLite has one writer, so nothing is needed there.

    It is the only lock of a motion: whoever locked its row beside it would wait for votes that wait for the row.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(hashtext('councils.motion'), %s)", [motion.pk])
    found = Motion.objects.select_related("item__meeting").get(pk=motion.pk)
    if found.closed_at is not None:
        raise WrongState(found, "closed", ("open",))
    return found


def _check(motion: Motion, invitation: Invitation, choice: str) -> None:
    """Whether this seat may vote now. Raises BadInput with the reason."""
    if choice not in CHOICES:
        raise BadInput(Fault("choice", _("Choose for, against or abstain.")))
    if invitation.meeting_id != motion.item.meeting_id or not invitation.votes:
        raise BadInput(Fault("", _("This seat does not vote here; you are heard."), "no-vote"))
    if not invitation.presences.filter(left_at=None).exists():
        raise BadInput(Fault("", _("You are not noted as present. Say that you are there, and vote then."), "away"))
    if motion.item.interests.filter(tenure=invitation.tenure_id, ended_on=None).exists():
        raise BadInput(Fault("", _("You have declared an interest in this item, so you do not vote on it."), "interest"))


@action("councils.vote", may=one_of(SITS, RUNS_MOTION), about="motion")
def vote(*, by: Any, motion: Motion, invitation: Invitation, choice: str) -> Voice:
    """An open vote by name, by whoever stands for the seat; at a roll call the secretary may write it down. Until the end it may be changed."""
    motion = _hold(motion, alone=False)
    if motion.form == "secret":
        raise BadInput(Fault("", _("This vote is secret; it is cast without a name.")))
    _check(motion, invitation, choice)
    found = Voice.objects.filter(motion=motion, invitation=invitation).first() or Voice(motion=motion, invitation=invitation)
    found.choice = choice
    found.save()
    return found


@action("councils.vote_secretly", may=SITS, about="motion", traceless=True)
def vote_secretly(*, by: Any, motion: Motion, invitation: Invitation, choice: str) -> Motion:
    """A secret vote, once: that the seat has voted is kept, and how, but not together. It cannot be changed, since nobody knows which it was."""
    motion = _hold(motion, alone=False)
    if motion.form != "secret":
        raise BadInput(Fault("", _("This vote is open; it is cast by name.")))
    _check(motion, invitation, choice)
    if Cast.objects.filter(motion=motion, invitation=invitation).exists():
        raise WrongState(invitation, "voted", ("not voted",))
    Cast(motion=motion, invitation=invitation).save(force_insert=True)
    SecretBallot(motion=motion, choice=choice).save(force_insert=True)
    return motion


@action("councils.count_by_hand", may=RUNS_MOTION, about="motion")
def count_by_hand(*, by: Any, motion: Motion, votes_for: int, against: int, abstained: int) -> Motion:
    """Hands or papers in the room, counted by the secretary, beside the votes by link. Together they are no more than the seats that may vote."""
    motion = _hold(motion, alone=True)
    if min(votes_for, against, abstained) < 0:
        raise BadInput(Fault("for", _("A count is not below nothing.")))
    cast = sum(counted(motion).values())
    allowed = count_present(motion)
    if cast + votes_for + against + abstained > allowed:
        words = _("%(n)d votes would be cast, and %(there)d seats that may vote are there. Count again.")
        raise BadInput(Fault("for", words % {"n": cast + votes_for + against + abstained, "there": allowed}, "too-many"))
    motion.counted_for, motion.counted_against, motion.counted_abstained = votes_for, against, abstained
    motion.save()
    return motion


def counted(motion: Motion) -> dict[str, int]:
    """Votes by link or account so far, by choice."""
    rows: Any = SecretBallot.objects if motion.form == "secret" else Voice.objects
    found = dict.fromkeys(CHOICES, 0)
    found.update(rows.filter(motion=motion).order_by().values_list("choice").annotate(n=Count("pk")))
    return found


@action("councils.close_vote", may=RUNS_MOTION, about="motion")
def close_vote(*, by: Any, motion: Motion) -> Motion:
    """Count, look at the quorum, and freeze the numbers with what follows from them."""
    motion = _hold(motion, alone=True)
    meeting = motion.item.meeting
    order = order_on(meeting.council, meeting.starts_on)
    votes = counted(motion)
    totals = [votes["for"] + motion.counted_for, votes["against"] + motion.counted_against, votes["abstain"] + motion.counted_abstained]
    motion.seats, motion.present = count_seats(motion), count_present(motion)
    motion.needed = needed(motion.seats, order.quorum_share, order.quorum_strict) if order else None
    tally = Tally(*totals, present=motion.present, seats=max(motion.seats, sum(totals)), chair=_chair_voice(motion))
    motion.outcome, motion.by_casting_vote = outcome(
        tally, quorum=motion.needed, majority=Fraction(order.majority) if order else Fraction(1, 2), majority_of=order.majority_of if order else "cast",
        casting_vote=bool(order and order.casting_vote and motion.form != "secret"),
    )  # fmt: skip
    motion.votes_for, motion.votes_against, motion.votes_abstained = totals
    motion.closed_at = clock.now()
    motion.save()
    return motion


def _chair_voice(motion: Motion) -> str:
    if motion.form == "secret":
        return ""
    found = Voice.objects.filter(motion=motion, invitation__duty="chair").values_list("choice", flat=True).first()
    return found or ""


@action("councils.drop_vote", may=RUNS_MOTION, about="motion")
def drop_vote(*, by: Any, motion: Motion) -> Motion:
    """It is taken back before it is closed: what was cast counts for nothing."""
    motion = _hold(motion, alone=True)
    motion.outcome, motion.closed_at = "dropped", clock.now()
    motion.save()
    return motion
