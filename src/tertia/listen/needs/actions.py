"""Raising a need, asking for the answer, answering, closing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, anyone, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import answer_owed, move, owe, send_owed
from tertia.core.records.models import OwedAnswer, Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.rules.queries import rule_on
from tertia.listen.needs.models import Need

__all__ = ["answer_need", "ask_for_answer", "close_need", "publish_need", "raise_need"]


@action("needs.raise", may=anyone)
def raise_need(
    *, by: Any, owner: Any, title: Text, summary: Text, raised_on: dt.date, asker: str = Need.Asker.CITIZEN,
    asked_by: Any = None, place: Any = None, concerned: int | None = None, demonstration: bool = False,
) -> Need:  # fmt: skip
    """Say what is missing. The office sees it at once; the public when the office has published it."""
    if not title:
        raise BadInput(Fault("title", _("Say in one sentence what is missing; the line is empty.")))
    if len(str(title)) > 200:
        raise BadInput(Fault("title", _("One sentence of at most 200 letters; write the rest below it.")))
    if asked_by is not None and not by.is_system and not by.has(asked_by.pk):
        raise BadInput(Fault("asked_by", _("You can speak for an organisation of which you are a member.")))
    made = Need(
        owner=owner, title=title, summary=summary, raised_on=raised_on, starts_on=raised_on, asker=asker, asked_by=asked_by,
        place=place, concerned=concerned, author=by.person, slug=free_slug(owner, "need", title),
        visibility=Visibility.OFFICE, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    return made


@action("needs.publish", may=roles(*WORKERS, of="need.owner_id"), about="need")
def publish_need(*, by: Any, need: Need) -> Need:
    need = lock(need)
    need.visibility = Visibility.PUBLIC
    need.save()
    return need


@action("needs.ask_for_answer", may=roles(*WORKERS, of="need.owner_id"), about="need")
def ask_for_answer(*, by: Any, need: Need, party: Any, on: dt.date, person: Any = None, due_on: dt.date | None = None) -> OwedAnswer:
    """Name the body that owes the answer, from today on, by a date."""
    need = lock(need)
    require_state(need, "raised", "asked", "answered")
    owed = owe(need, party, person=person)
    if owed.state == OwedAnswer.State.NOT_SENT:
        days = rule_on("answer.term_days", on, need.owner)
        send_owed(owed, on=on, due_on=due_on or on + dt.timedelta(days=days))
    if need.state != "asked":
        move(need, "asked")
    return owed


@action(
    "needs.answer",
    may=one_of(roles("office", "leader", "editor", "partner", of="owed.party_id"), roles("office", "leader", of="owed.record.owner_id")),
    about="owed",
)
def answer_need(*, by: Any, owed: OwedAnswer, state: str, words: Text, on: dt.date) -> OwedAnswer:
    """Answer a need with yes, partly, done, or "no, because"."""
    if not words:
        raise BadInput(Fault("words", _("Write the answer; a refusal needs its reason.")))
    owed = lock(owed)
    answer_owed(owed, state=state, words=words, on=on)
    need = lock(Need.objects.get(pk=owed.record_id))
    if need.state in ("raised", "asked"):
        move(need, "answered")
    _tell_asker(need, owed)
    return owed


def _tell_asker(need: Need, owed: OwedAnswer) -> None:
    """Inside an action: whoever raised the need with an account reads the answer in the daily digest."""
    asker = need.author
    if asker is None or not asker.email:
        return
    with translation.override(asker.language):
        write_message(
            key=f"need-answered:{owed.pk}:{owed.steps.count()}", to=asker.email, language=asker.language, person=asker, record=need,
            organisation=need.owner, urgency=Message.Urgency.DIGEST, demonstration=need.demonstration,
            subject=_("Your need was answered: %(title)s") % {"title": need.title.read(asker.language).text},
            body=f"{owed.party.name.read(asker.language).text}: {owed.words.read(asker.language).text}",
        )  # fmt: skip


@action("needs.close", may=one_of(itself("need.author_id"), roles("office", "leader", of="need.owner_id")), about="need")
def close_need(*, by: Any, need: Need, on: dt.date) -> Need:
    """Close with the asker's consent; the office may close only what it raised itself or what has no asker with an account."""
    need = lock(need)
    by_asker = by.person_id is not None and by.person_id == need.author_id
    if not by_asker and not by.is_system and need.author_id is not None:
        raise BadInput(Fault("", _("The need closes when the asker agrees. Ask the asker.")))
    need.closed_on, need.closed_by_asker = on, by_asker
    move(need, "closed")
    return need
