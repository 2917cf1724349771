"""Beginning a conversation, opening and closing it, asking for its answer, saying what became of each statement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, WORKERS, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import MAY_ANSWER, answer_owed, ask_body, join, move
from tertia.core.records.models import OwedAnswer, Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.dialogue.actions.voting import forget_place
from tertia.listen.dialogue.jobs import draw_soon
from tertia.listen.dialogue.models import Conversation, Statement

__all__ = [
    "BECAME", "answer_conversation", "ask_about_conversation", "begin_conversation", "change_conversation", "close_conversation", "open_conversation",
    "tell_outcome",
]  # fmt: skip

BECAME = {
    "taken": gettext_lazy("It was taken up"),
    "part": gettext_lazy("It was taken up in part"),
    "not": gettext_lazy("It was not taken up"),
}


@action("dialogue.begin", may=roles(*OFFICE, of="owner.pk"))
def begin_conversation(
    *, by: Any, owner: Any, title: Text, summary: Text, ends_on: dt.date, identity: bool = False, read_first: bool = True, may_say: bool = True,
    discusses: Record | None = None, place: Any = None, demonstration: bool = False,
) -> Conversation:  # fmt: skip
    """A question with a last day; it is a draft until it is opened. It `discusses` a need or a recommendation."""
    _check(title, ends_on, None)
    made = Conversation(
        owner=owner, title=title, summary=summary, ends_on=ends_on, identity=identity, read_first=read_first, may_say=may_say, place=place,
        author=by.person, responsible=by.person, slug=free_slug(owner, "conversation", title), visibility=Visibility.OFFICE,
        demonstration=demonstration,
    )  # fmt: skip
    made.save()
    if discusses is not None:
        join(made, "discusses", discusses)
    return made


def _check(title: Text, ends_on: dt.date, today: dt.date | None) -> None:
    if not title:
        raise BadInput(Fault("title", _("Write the question about which people shall talk.")))
    if today is not None and ends_on < today:
        raise BadInput(Fault("ends_on", _("The last day lies in the past; nobody could vote.")))


@action("dialogue.change", may=roles(*OFFICE, of="conversation.owner_id"), about="conversation")
def change_conversation(*, by: Any, conversation: Conversation, on: dt.date, **values: Any) -> Conversation:
    """Title, summary, last day; whether guests vote only before anybody has."""
    conversation = lock(conversation)
    require_state(conversation, "draft", "open")
    if "identity" in values and values["identity"] != conversation.identity and conversation.voices.exists():
        raise BadInput(Fault("identity", _("People have voted already; who may vote cannot be changed any more.")))
    for name, value in values.items():
        setattr(conversation, name, value)
    _check(conversation.title, conversation.ends_on, on)  # type: ignore[arg-type]
    conversation.save()
    forget_place(conversation)
    return conversation


@action("dialogue.open", may=roles(*OFFICE, of="conversation.owner_id"), about="conversation")
def open_conversation(*, by: Any, conversation: Conversation, on: dt.date, ends_on: dt.date | None = None) -> Conversation:
    """Open to the public. It needs statements to begin with: an empty card asks nobody anything."""
    conversation = lock(conversation)
    if not Statement.objects.filter(conversation=conversation, state=Statement.State.OPEN).exists():
        raise BadInput(Fault("", _("Write at least one statement first; better are ten, with differing views.")))
    conversation.ends_on = ends_on or conversation.ends_on
    _check(conversation.title, conversation.ends_on, on)  # type: ignore[arg-type]
    conversation.starts_on = conversation.starts_on or on
    conversation.closed_on, conversation.visibility = None, Visibility.PUBLIC
    move(conversation, "open")
    forget_place(conversation)
    return conversation


@action("dialogue.close", may=one_of(roles(*OFFICE, of="conversation.owner_id"), system), about="conversation")
def close_conversation(*, by: Any, conversation: Conversation, on: dt.date) -> Conversation:
    """End the voting; the last picture is drawn. Waiting statements stay to be answered by the office."""
    conversation = lock(conversation)
    conversation.closed_on = on
    move(conversation, "closed")
    forget_place(conversation)
    draw_soon(conversation, "closed")
    return conversation


@action("dialogue.ask_for_answer", may=roles(*WORKERS, of="conversation.owner_id"), about="conversation")
def ask_about_conversation(*, by: Any, conversation: Conversation, party: Any, on: dt.date, due_on: dt.date | None = None) -> OwedAnswer:
    """Name the body that owes an answer to what people said."""
    conversation = lock(conversation)
    require_state(conversation, "open", "closed", "answered")
    return ask_body(conversation, party, on=on, due_on=due_on)


@action("dialogue.answer", may=MAY_ANSWER, about="owed")
def answer_conversation(*, by: Any, owed: OwedAnswer, state: str, words: Text, on: dt.date) -> OwedAnswer:
    """The body answers the conversation as a whole; whoever made a statement reads it."""
    if not words:
        raise BadInput(Fault("words", _("Write the answer; a refusal needs its reason.")))
    owed = lock(owed)
    answer_owed(owed, state=state, words=words, on=on)
    conversation = lock(Conversation.objects.get(pk=owed.record_id))
    if conversation.state == "closed":
        move(conversation, "answered")
    for statement in Statement.objects.filter(conversation=conversation, author__isnull=False).select_related("author"):
        _tell(
            statement, f"conversation-answered:{owed.pk}:{owed.steps.count()}:{statement.author_id}",
            gettext_lazy("The conversation in which you spoke was answered: %(title)s"), words,
        )  # fmt: skip
    return owed


@action("dialogue.tell_outcome", may=roles(*WORKERS, of="statement.conversation.owner_id"), about="statement")
def tell_outcome(*, by: Any, statement: Statement, became: str, words: Text, on: dt.date, record: Record | None = None) -> Statement:
    """Say what became of a statement, with the record that came of it where there is one; its author is told."""
    if became not in BECAME:
        raise BadInput(Fault("became", _("Choose what became of it.")))
    if not words:
        raise BadInput(Fault("words", _("Say it in your own words; whoever made the statement reads them.")))
    statement = lock(statement)
    if record is not None and not Record.objects.visible_to(by).filter(pk=record.pk).exists():
        raise BadInput(Fault("record", _("There is no such record here.")))
    statement.became, statement.became_words, statement.became_record, statement.became_on = became, words, record, on
    statement.save()
    _tell(statement, f"statement-became:{statement.pk}:{became}:{on}", BECAME[became], words)
    return statement


def _tell(statement: Statement, key: str, subject: Any, words: Text) -> None:
    """The author with an account gets it in the daily digest; a guest finds it under "mine" on the device on which he wrote."""
    person, conversation = statement.author, statement.conversation
    if person is None or not person.email:
        return
    with translation.override(person.language):
        head = str(subject)
        if "%(title)s" in head:
            head = head % {"title": conversation.title.read(person.language).text}
        write_message(
            key=key, to=person.email, language=person.language, person=person, record=conversation, organisation=conversation.owner,
            urgency=Message.Urgency.DIGEST, demonstration=conversation.demonstration, subject=head,
            body=f"“{statement.words.read(person.language).text}”\n{words.read(person.language).text}",
        )  # fmt: skip
