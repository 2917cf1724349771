"""Ruling with reasons, appealing, deciding the appeal. The author is told each time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, anyone, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_message
from tertia.core.records.models import Record
from tertia.core.rules.queries import rule_on
from tertia.listen.moderation.models import Ruling
from tertia.listen.moderation.words import MODERATED, RULES, rule_words

__all__ = ["appeal", "decide_appeal", "rule_out"]


def rule_out(
    *, by: Any, record: Record, what: str, subject_id: int, rule: str, words: Text, on: dt.date, author: Any = None, author_key: str = ""
) -> Ruling:
    """Inside an action: something is not shown, by a published rule and with reasons; its author gets them. Raises BadInput."""
    if rule not in RULES:
        raise BadInput(Fault("rule", _("Choose the rule by which it is not shown.")))
    if not words:
        raise BadInput(Fault("words", _("Write the reasons: the author reads them, and may appeal.")))
    made = Ruling(
        record=record, what=what, subject_id=subject_id, rule=rule, words=words, decided_on=on, decided_by=by.person, author=author,
        author_key=author_key,
    )  # fmt: skip
    made.save()
    days = rule_on("moderation.appeal_days", on, record.owner)
    _tell(made, f"ruling:{made.pk}", lambda language: (
        _("Not published: %(rule)s") % {"rule": rule_words(rule)},
        words.read(language).text + "\n\n" + _("You may appeal within %(n)d days; somebody else then decides.") % {"n": days},
    ))  # fmt: skip
    return made


def _tell(ruling: Ruling, key: str, say: Any) -> None:
    person = ruling.author
    if person is None or not person.email:
        return
    with translation.override(person.language):
        subject, body = say(person.language)
        write_message(
            key=key, to=person.email, language=person.language, person=person, record=ruling.record, organisation=ruling.record.owner,
            demonstration=ruling.record.demonstration, subject=subject, body=body,
        )  # fmt: skip


@action("moderation.appeal", may=anyone, about="ruling", traceless=True)
def appeal(*, by: Any, ruling: Ruling, words: Text, on: dt.date, key: str = "") -> Ruling:
    """The author, known by account or by the voice of his device, asks somebody else to decide. Once, within the term."""
    ruling = lock(ruling)
    own = by.is_system or (by.person_id and by.person_id == ruling.author_id) or (key and key == ruling.author_key)
    if not own or ruling.appeal != Ruling.Appeal.NONE:
        raise WrongState(ruling, ruling.appeal, (Ruling.Appeal.NONE,))
    if on > ruling.decided_on + dt.timedelta(days=rule_on("moderation.appeal_days", on, ruling.record.owner)):
        raise BadInput(Fault("words", _("The term for an appeal has passed.")))
    if not words:
        raise BadInput(Fault("words", _("Say why it should be published after all.")))
    ruling.appeal, ruling.appeal_words, ruling.appealed_on = Ruling.Appeal.ASKED, words, on
    ruling.save()
    return ruling


@action("moderation.decide_appeal", may=roles(*WORKERS, of="ruling.record.owner_id"), about="ruling")
def decide_appeal(*, by: Any, ruling: Ruling, reverse: bool, words: Text, on: dt.date) -> Ruling:
    """Somebody else than who ruled keeps the ruling or reverses it, with reasons. Reversed, it is published at once."""
    ruling = lock(ruling)
    if ruling.appeal != Ruling.Appeal.ASKED:
        raise WrongState(ruling, ruling.appeal, (Ruling.Appeal.ASKED,))
    if by.person_id is not None and by.person_id == ruling.decided_by_id and _others(ruling, on):
        raise BadInput(Fault("", _("An appeal is decided by somebody else than who ruled. A colleague of the office may do it.")))
    if not words:
        raise BadInput(Fault("words", _("Write the reasons: the author reads them.")))
    ruling.appeal = Ruling.Appeal.REVERSED if reverse else Ruling.Appeal.KEPT
    ruling.appeal_answer, ruling.appeal_decided_on = words, on
    ruling.save()
    if reverse:
        MODERATED[ruling.what].reinstate(ruling)
    _tell(ruling, f"appeal:{ruling.pk}", lambda language: (
        _("Your appeal: it is published after all") if reverse else _("Your appeal: it stays unpublished"), words.read(language).text,
    ))  # fmt: skip
    return ruling


def _others(ruling: Ruling, on: dt.date) -> bool:
    """Whether there is anybody else who might decide."""
    from tertia.core.parties.models import Membership  # app start

    return bool(
        Membership.objects.in_force(on)
        .filter(~Q(person=ruling.decided_by_id), organisation=ruling.record.owner_id, role__in=WORKERS)
        .exists()
    )
