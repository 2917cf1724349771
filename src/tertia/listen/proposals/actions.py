"""Proposing, amending, giving reasons, supporting; deciding, and telling everybody who took part."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.access.voices import Speaker
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, WORKERS, anyone, itself, one_of, roles, signed_in
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.moderation.actions import rule_out
from tertia.listen.proposals.models import Amendment, Argument, Convinced, Proposal

__all__ = ["amend", "argue", "convince", "decide", "decide_amendment", "hide_argument", "propose"]

LONGEST = 6000


def _words(words: Text, where: str, longest: int) -> None:
    if not words:
        raise BadInput(Fault(where, _("Write it in at least one language.")))
    for text, _state in words.versions.values():
        if len(text) > longest:
            raise BadInput(Fault(where, _("At most %(n)d letters; there are %(have)d.") % {"n": longest, "have": len(text)}))


@action("proposals.propose", may=signed_in)
def propose(
    *, by: Any, owner: Any, title: Text, words: Text, on: dt.date, about: Record | None = None, demonstration: bool = False
) -> Proposal:
    """Propose what to do, in public. `about`: the need or the conversation from which it grows."""
    _words(title, "title", 200)
    _words(words, "words", LONGEST)
    made = Proposal(
        owner=owner, title=title, summary=words, proposed_on=on, starts_on=on, author=by.person, slug=free_slug(owner, "proposal", title),
        visibility=Visibility.PUBLIC, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    if about is not None:
        join(made, "proposes", about)
    return made


@action("proposals.amend", may=signed_in, about="proposal")
def amend(*, by: Any, proposal: Proposal, words: Text, reason: Text, on: dt.date) -> Amendment:
    """Propose another text. It shows its difference from the text of today."""
    proposal = lock(proposal)
    require_state(proposal, "open")
    _words(words, "words", LONGEST)
    _words(reason, "reason", 1000)
    if words == proposal.summary:
        raise BadInput(Fault("words", _("This is the text as it stands; change it where it should say something else.")))
    last = Amendment.objects.filter(proposal=proposal).aggregate(m=Max("number"))["m"] or 0
    made = Amendment(proposal=proposal, number=last + 1, words=words, before=proposal.summary, reason=reason, author=by.person, said_on=on)
    made.save()
    return made


@action(
    "proposals.decide_amendment",
    may=one_of(itself("amendment.proposal.author_id"), roles(*OFFICE, of="amendment.proposal.owner_id")), about="amendment",
)  # fmt: skip
def decide_amendment(*, by: Any, amendment: Amendment, take: bool, words: Text, on: dt.date) -> Amendment:
    """Whoever proposed it, or the office, takes an amendment or not. Taken, the text changes, and open amendments of the old text are stale."""
    amendment = lock(amendment)
    proposal = lock(amendment.proposal)
    require_state(proposal, "open")
    if amendment.state != Amendment.State.OPEN:
        raise WrongState(amendment, amendment.state, (Amendment.State.OPEN,))
    if not take and not words:
        raise BadInput(Fault("words", _("Say why it is not taken; its author reads it.")))
    amendment.state = Amendment.State.TAKEN if take else Amendment.State.DECLINED
    amendment.answer, amendment.decided_on = words, on
    amendment.save()
    if take:
        proposal.summary = amendment.words
        proposal.save()
        Amendment.objects.filter(proposal=proposal, state=Amendment.State.OPEN).update(state=Amendment.State.STALE)
    _tell(
        amendment.author,
        proposal,
        f"amendment:{amendment.pk}",
        gettext_lazy("Your amendment was taken: %(title)s") if take else gettext_lazy("Your amendment was not taken: %(title)s"),
        words,
    )
    return amendment


@action("proposals.argue", may=signed_in, about="proposal")
def argue(*, by: Any, proposal: Proposal, side: str, words: Text, on: dt.date) -> Argument:
    """Give a reason for or against."""
    require_state(proposal, "open", "voting")
    if side not in Argument.Side.values:
        raise BadInput(Fault("side", _("Say whether it is for or against.")))
    _words(words, "words", 1000)
    made = Argument(proposal=proposal, side=side, words=words, author=by.person, said_on=on)
    made.save()
    return made


@action("proposals.hide_argument", may=roles(*WORKERS, of="argument.proposal.owner_id"), about="argument")
def hide_argument(*, by: Any, argument: Argument, rule: str, words: Text, on: dt.date) -> Argument:
    """Do not show a reason, by a published rule; its author gets the reasons and may appeal."""
    argument = lock(argument)
    rule_out(
        by=by, record=argument.proposal, what="argument", subject_id=argument.pk, rule=rule, words=words, on=on, author=argument.author
    )
    argument.shown = False
    argument.save()
    return argument


@action("proposals.convince", may=anyone, about="proposal", traceless=True)
def convince(*, by: Any, proposal: Proposal, speaker: Speaker, argument: Argument | None = None) -> bool:
    """Support a proposal, or find an argument convincing; pressing again takes it back. Returns whether it stands now."""
    require_state(proposal, "open", "voting")
    key = speaker.voice_key(proposal.pk)
    rows = Convinced.objects.filter(proposal=proposal, argument=argument, key=key)
    stands = not rows.exists()
    if stands:
        Convinced(proposal=proposal, argument=argument, key=key).save()
    else:
        rows.delete()
    if argument is not None:
        Argument.objects.filter(pk=argument.pk).update(weight=F("weight") + (1 if stands else -1))
    return stands


@action("proposals.decide", may=roles("office", "leader", of="proposal.owner_id"), about="proposal")
def decide(*, by: Any, proposal: Proposal, accept: bool, words: Text, on: dt.date) -> Proposal:
    """Say what comes of it, with reasons. Everybody who proposed, amended or argued with an account is told, once."""
    if not words:
        raise BadInput(Fault("words", _("Write the reasons: everybody who took part reads them.")))
    proposal = lock(proposal)
    proposal.outcome, proposal.decided_on = words, on
    move(proposal, "accepted" if accept else "declined")
    people = {p.pk: p for p in _took_part(proposal)}
    head = gettext_lazy("Accepted: %(title)s") if accept else gettext_lazy("Not accepted: %(title)s")
    for person in people.values():
        _tell(person, proposal, f"proposal-decided:{proposal.pk}:{person.pk}", head, words)
    return proposal


def _took_part(proposal: Proposal) -> list[Any]:
    found = [proposal.author] if proposal.author else []
    for model in (Amendment, Argument):
        rows: Any = model.objects.filter(proposal=proposal, author__isnull=False).select_related("author")  # type: ignore[attr-defined]
        found += [row.author for row in rows]
    return found


def _tell(person: Any, proposal: Proposal, key: str, subject: Any, words: Text) -> None:
    if person is None or not person.email:
        return
    with translation.override(person.language):
        title = proposal.title.read(person.language).text
        write_message(
            key=key, to=person.email, language=person.language, person=person, record=proposal, organisation=proposal.owner,
            urgency=Message.Urgency.DIGEST, demonstration=proposal.demonstration,
            subject=str(subject) % {"title": title}, body=words.read(person.language).text or title,
        )  # fmt: skip
