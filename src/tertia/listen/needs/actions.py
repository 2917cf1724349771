"""Raising a need, asking for the answer, answering, settling it with the asker."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.voices import Speaker
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, TertiaError, WrongState
from tertia.core.actions.policies import WORKERS, anyone, itself, one_of, roles, system
from tertia.core.files.store import store
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message
from tertia.core.parties.groups import groups_on
from tertia.core.records.actions import MAY_ANSWER, answer_owed, ask_body, move, once
from tertia.core.records.models import OwedAnswer, Visibility
from tertia.core.records.slugs import free_slug
from tertia.core.rules.queries import rule_on
from tertia.listen.needs.models import Need, Support
from tertia.listen.needs.vocabulary import ANSWERED_WITH, TOPICS

__all__ = [
    "TooMany", "answer_need", "ask_for_answer", "close_by_term", "close_need", "forget_networks", "object_to_answer", "raise_need", "support_need",
]  # fmt: skip

MOST_PICTURES = 3


class TooMany(TertiaError):
    """One network has sent more needs in an hour than people do."""

    status = 429

    def sentence(self) -> str:
        return _("Very many needs have come from your network in the last hour, so none was taken. Sign in, or try again in an hour.")


@action("needs.raise", may=anyone)
def raise_need(
    *, by: Any, owner: Any, title: Text, summary: Text, raised_on: dt.date, asker: str = Need.Asker.CITIZEN, asked_by: Any = None, place: Any = None,
    topic: str = "", groups: list[str] | None = None, concerned: int | None = None, since: dt.date | None = None, pictures: Any = (),
    network: str = "", demonstration: bool = False,
) -> Need:  # fmt: skip
    """Say what is missing. The office sees it at once; the public when the office has published it.

    `groups`: codes of social groups in force on the day; `pictures`: pairs of a taken file and its description; `network`: hash of the day's
    network of somebody who is not signed in. Raises BadInput, TooMany.
    """
    _check(title, raised_on, topic, groups or [], since, pictures)
    if asked_by is not None and not by.is_system and not by.has(asked_by.pk):
        raise BadInput(Fault("asked_by", _("You can speak for an organisation of which you are a member.")))
    if network and by.person is None:
        _bound(network, raised_on)
    made = Need(
        owner=owner, title=title, summary=summary, raised_on=raised_on, starts_on=raised_on, asker=asker, asked_by=asked_by, place=place, topic=topic,
        groups=groups or [], concerned=concerned, since=since, author=by.person, slug=free_slug(owner, "need", title), network=network,
        visibility=Visibility.OFFICE, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    for taken, name, words in pictures:
        row = store(taken, name=name, owner=owner, record=made)
        row.alternative = words[:300]
        row.save()
    return made


def _check(title: Text, day: dt.date, topic: str, groups: list[str], since: dt.date | None, pictures: Any) -> None:
    if not title:
        raise BadInput(Fault("title", _("Say in one sentence what is missing; the line is empty.")))
    if len(str(title)) > 200:
        raise BadInput(Fault("title", _("One sentence of at most 200 letters; write the rest below it.")))
    if topic and topic not in TOPICS:
        raise BadInput(Fault("topic", _("Choose what it is about from the list.")))
    if set(groups) - {code for code, _words in groups_on(day)}:
        raise BadInput(Fault("groups", _("Choose whom it concerns from the list.")))
    if since is not None and since > day:
        raise BadInput(Fault("since", _("It cannot be so since a day that is still to come.")))
    if len(pictures) > MOST_PICTURES:
        raise BadInput(Fault("pictures", _("At most three photographs.")))


def _bound(network: str, day: dt.date) -> None:
    """Inside an action: refuse what one network sends beyond what people do."""
    from tertia.core.periods import clock  # app start

    since = clock.now() - dt.timedelta(hours=1)
    if Need.objects.filter(network=network, raised_on=day, created_at__gte=since).count() >= rule_on("need.per_network_per_hour", day):
        raise TooMany


@action("needs.support", may=anyone, about="need", traceless=True)
def support_need(*, by: Any, need: Need, speaker: Speaker, on: dt.date) -> int:
    """Say: me too. Once a person or device; returns how many have said so."""
    if need.visibility != Visibility.PUBLIC or need.state in ("closed", "withdrawn", "merged", "declined"):
        raise WrongState(need, need.state, ("raised", "asked", "answered"))
    key = speaker.voice_key(need.pk)
    if not Support.objects.filter(need=need, key=key).exists():
        once(Support, need=need, key=key, said_on=on)
    return Support.objects.filter(need=need).count()


@action("needs.ask_for_answer", may=roles(*WORKERS, of="need.owner_id"), about="need")
def ask_for_answer(*, by: Any, need: Need, party: Any, on: dt.date, person: Any = None, due_on: dt.date | None = None) -> OwedAnswer:
    """Name the body that owes the answer, from today on, by a date."""
    need = lock(need)
    require_state(need, "raised", "asked", "answered")
    owed = ask_body(need, party, on=on, due_on=due_on, person=person)
    if need.state != "asked":
        move(need, "asked")
    return owed


@action("needs.answer", may=MAY_ANSWER, about="owed")
def answer_need(
    *, by: Any, owed: OwedAnswer, state: str, words: Text, on: dt.date, answered_with: str = "", evidence: Any = None
) -> OwedAnswer:
    """Answer a need with yes, partly, done, or "no, because"; `answered_with` says by what: a study, a project, volunteers, a course."""
    if not words:
        raise BadInput(Fault("words", _("Write the answer; a refusal needs its reason.")))
    if answered_with and answered_with not in ANSWERED_WITH:
        raise BadInput(Fault("answered_with", _("Choose by what it is answered from the list.")))
    owed = lock(owed)
    answer_owed(owed, state=state, words=words, on=on, evidence=evidence)
    need = lock(Need.objects.get(pk=owed.record_id))
    need.answered_on, need.answered_with = on, "" if state == OwedAnswer.State.DECLINED else answered_with
    need.save()
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
        days = rule_on("need.close_days", need.answered_on or owed.answered_on, need.owner)  # type: ignore[arg-type]
        closing = _("If it is not settled, say so on its page within %(n)d days; else it is closed.") % {"n": days}
        write_message(
            key=f"need-answered:{owed.pk}:{owed.steps.count()}", to=asker.email, language=asker.language, person=asker, record=need,
            organisation=need.owner, urgency=Message.Urgency.DIGEST, demonstration=need.demonstration,
            subject=_("Your need was answered: %(title)s") % {"title": need.title.read(asker.language).text},
            body=f"{owed.party.name.read(asker.language).text}: {owed.words.read(asker.language).text}\n{closing}",
        )  # fmt: skip


@action("needs.object", may=itself("need.author_id"), about="need")
def object_to_answer(*, by: Any, need: Need, words: Text, on: dt.date) -> Need:
    """The asker says why the answer does not settle it: the need is open again, and whoever answered owes a new answer."""
    if not words:
        raise BadInput(Fault("words", _("Say what is still missing.")))
    need = lock(need)
    require_state(need, "answered")
    need.objection = words
    move(need, "asked")
    days = rule_on("answer.term_days", on, need.owner)
    for owed in OwedAnswer.objects.filter(record=need, answered_on__isnull=False).order_by("-answered_on", "-pk")[:1]:
        owed.state, owed.answered_on, owed.received_on, owed.sent_on, owed.due_on = (
            OwedAnswer.State.SENT,
            None,
            None,
            on,
            on + dt.timedelta(days=days),
        )
        owed.words = Text({})  # the steps keep it
        owed.save()
    return need


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


@action("needs.close_by_term", may=system, about="need")
def close_by_term(*, by: Any, need: Need, on: dt.date) -> Need:
    """The term after the answer has passed and the asker has not objected."""
    need = lock(need)
    if need.answered_on is None or on <= need.answered_on + dt.timedelta(days=rule_on("need.close_days", on, need.owner)):
        raise WrongState(need, need.state, ("answered, term passed",))
    need.closed_on, need.closed_by_asker = on, False
    move(need, "closed")
    return need


@action("needs.forget_networks", may=system, traceless=True)
def forget_networks(*, by: Any, before: dt.date) -> int:
    """Empty the networks of needs that were raised before a day."""
    return Need.objects.filter(raised_on__lt=before).exclude(network="").update(network="")
