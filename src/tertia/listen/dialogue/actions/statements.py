"""Making a statement, reading it, saying it anew, dividing it, joining two, translating it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.voices import Speaker
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, WORKERS, anyone, roles
from tertia.core.languages.fold import fold
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.rules.queries import rule_on
from tertia.listen.dialogue.actions.voting import NeedsSignIn, VotingOver, is_open
from tertia.listen.dialogue.models import Conversation, Statement
from tertia.listen.moderation.actions import rule_out

__all__ = ["LONGEST", "admit", "decline", "join_statements", "say", "say_anew", "seed", "translate"]

LONGEST = 200


def _check(words: Text) -> None:
    if not words:
        raise BadInput(Fault("words", _("Write what you think, in one sentence.")))
    for text, _state in words.versions.values():
        if len(text) > LONGEST:
            raise BadInput(Fault("words", _("At most %(n)d letters; there are %(have)d.") % {"n": LONGEST, "have": len(text)}))


def _new(conversation: Conversation, words: Text, on: dt.date, **more: Any) -> Statement:
    """Inside an action, the conversation locked: a statement with the next number; the same words twice are refused."""
    said = {" ".join(fold(text).split()) for text, _s in words.versions.values()}
    for one in Statement.objects.filter(conversation=conversation).exclude(state="declined").only("words", "number"):
        if said & {" ".join(fold(text).split()) for text, _s in one.words.versions.values()}:
            raise BadInput(
                Fault("words", _("Statement %(n)d says this already, in the same words. You may vote on it.") % {"n": one.number}, "again")
            )
    last = Statement.objects.filter(conversation=conversation).aggregate(m=Max("number"))["m"] or 0
    made = Statement(conversation=conversation, number=last + 1, words=words, said_on=on, **more)
    made.save()
    return made


@action("dialogue.seed", may=roles(*OFFICE, of="conversation.owner_id"), about="conversation")
def seed(*, by: Any, conversation: Conversation, texts: list[Text], on: dt.date) -> list[Statement]:
    """Statements of the hosts, to begin with."""
    conversation = lock(conversation)
    require_state(conversation, "draft", "open")
    for words in texts:
        _check(words)
    return [_new(conversation, words, on, seed=True, state=Statement.State.OPEN) for words in texts]


@action("dialogue.say", may=anyone, about="conversation", traceless=True)
def say(*, by: Any, conversation: Conversation, speaker: Speaker, words: Text, on: dt.date) -> Statement:
    """A participant's own statement. It waits for the office where that reads first; so many a person and day by the rule."""
    if not is_open(conversation, on) or not conversation.may_say:
        raise VotingOver(conversation)
    if conversation.identity and speaker.person is None:
        raise NeedsSignIn
    _check(words)
    conversation = lock(conversation)
    key = "" if speaker.person else speaker.author_key(conversation.pk)
    mine = Statement.objects.filter(conversation=conversation, said_on=on, seed=False)
    mine = mine.filter(author=speaker.person) if speaker.person else mine.filter(author_key=key)
    most = rule_on("dialogue.statements_per_day", on, conversation.owner)
    if mine.count() >= most:
        raise BadInput(
            Fault("words", _("You have written %(n)d statements today; vote on those of others and come back tomorrow.") % {"n": most})
        )
    state = Statement.State.WAITING if conversation.read_first else Statement.State.OPEN
    return _new(conversation, words, on, author=speaker.person, author_key=key, state=state)


@action("dialogue.admit", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def admit(*, by: Any, statement: Statement) -> Statement:
    """Publish a statement that waited: from now on it is asked. Its author is told."""
    statement = lock(statement)
    if statement.state != Statement.State.WAITING:
        raise WrongState(statement, statement.state, (Statement.State.WAITING,))
    publish(statement)
    return statement


def publish(statement: Statement) -> None:
    """Inside an action: it is asked from now on, and its author is told."""
    statement.state = Statement.State.OPEN
    statement.save()
    person = statement.author
    if person is not None and person.email:
        with translation.override(person.language):
            write_message(
                key=f"statement-open:{statement.pk}", to=person.email, language=person.language, person=person, record=statement.conversation,
                organisation=statement.conversation.owner, urgency=Message.Urgency.DIGEST, demonstration=statement.conversation.demonstration,
                subject=_("Your statement is published; others vote on it"), body=f"“{statement.words.read(person.language).text}”",
            )  # fmt: skip


@action("dialogue.decline", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def decline(*, by: Any, statement: Statement, rule: str, words: Text, on: dt.date) -> Statement:
    """Do not show a statement, by a published rule and with reasons. One that people have voted on keeps its votes, unshown."""
    statement = lock(statement)
    if statement.state not in (Statement.State.WAITING, Statement.State.OPEN):
        raise WrongState(statement, statement.state, (Statement.State.WAITING, Statement.State.OPEN))
    rule_out(
        by=by, record=statement.conversation, what="statement", subject_id=statement.pk, rule=rule, words=words, on=on, author=statement.author,
        author_key=statement.author_key,
    )  # fmt: skip
    statement.state = Statement.State.DECLINED
    statement.save()
    return statement


@action("dialogue.say_anew", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def say_anew(*, by: Any, statement: Statement, texts: list[Text], on: dt.date) -> list[Statement]:
    """One text: it is said in other words; several: it is divided. The old one is asked no more and keeps its votes; the new begin without."""
    for words in texts:
        _check(words)
    if not texts:
        raise BadInput(Fault("words", _("Write what you think, in one sentence.")))
    statement = lock(statement)
    if statement.state not in (Statement.State.WAITING, Statement.State.OPEN):
        raise WrongState(statement, statement.state, (Statement.State.WAITING, Statement.State.OPEN))
    conversation = lock(statement.conversation)
    statement.state = Statement.State.CLOSED
    statement.save()
    more = {"author": statement.author, "author_key": statement.author_key, "seed": statement.seed, "state": Statement.State.OPEN}
    return [_new(conversation, words, on, came_from=statement, **more) for words in texts]


@action("dialogue.join_statements", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def join_statements(*, by: Any, statement: Statement, to: Statement) -> Statement:
    """Both say the same: one is asked no more and points at the other. Its votes stay with its own words and are not added."""
    if statement.pk == to.pk or statement.conversation_id != to.conversation_id:
        raise BadInput(Fault("to", _("Name the number of another statement of this conversation.")))
    statement, to = lock(statement), lock(to)
    if statement.state not in (Statement.State.WAITING, Statement.State.OPEN) or to.state != Statement.State.OPEN:
        raise WrongState(statement, statement.state, (Statement.State.OPEN,))
    statement.state, statement.joined_to = Statement.State.CLOSED, to
    statement.save()
    return statement


@action("dialogue.translate", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def translate(*, by: Any, statement: Statement, language: str, text: str) -> Statement:
    """Write a statement in another language. Its own words are not changed so: that is saying it anew."""
    statement = lock(statement)
    if language == statement.words.original:
        raise BadInput(Fault("words", _("These are the words on which people vote. To change them, say the statement anew.")))
    words = statement.words.write(language, text)
    _check(words)
    statement.words = words
    statement.save()
    return statement
