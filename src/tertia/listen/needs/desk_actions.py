"""What the office does with a need: publishing it, not publishing it, joining it to another one, attaching evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.files.store import store
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import join, move
from tertia.core.records.models import Link, OwedAnswer, Record, Visibility
from tertia.listen.moderation.actions import rule_out
from tertia.listen.needs.models import Need, Support

__all__ = ["attach_evidence", "decline_need", "merge_needs", "publish_need", "reinstate_need"]


@action("needs.publish", may=roles(*WORKERS, of="need.owner_id"), about="need")
def publish_need(*, by: Any, need: Need) -> Need:
    need = lock(need)
    need.visibility = Visibility.PUBLIC
    need.save()
    return need


@action("needs.decline", may=roles(*WORKERS, of="need.owner_id"), about="need")
def decline_need(*, by: Any, need: Need, rule: str, words: Text, on: dt.date) -> Need:
    """Do not publish a need, by a published rule and with reasons; its author gets them and may appeal."""
    need = lock(need)
    rule_out(by=by, record=need, what="need", subject_id=need.pk, rule=rule, words=words, on=on, author=need.author)
    need.visibility = Visibility.OFFICE
    move(need, "declined")
    return need


def reinstate_need(need: Need) -> None:
    """Inside an action: an appeal was heard; the need is published."""
    need = lock(need)
    need.visibility = Visibility.PUBLIC
    move(need, "raised")


@action("needs.merge", may=roles(*WORKERS, of="need.owner_id"), about="need")
def merge_needs(*, by: Any, need: Need, into: Need, on: dt.date) -> Need:
    """The same was said before: this need points at the other one, who said "me too" goes over, and its asker is told. Nothing is deleted."""
    if need.pk == into.pk or into.owner_id != need.owner_id:
        raise BadInput(Fault("into", _("Name the number of another need.")))
    need, into = lock(need), lock(into)
    if into.state in ("merged", "declined", "withdrawn"):
        raise WrongState(into, into.state, ("raised", "asked", "answered", "closed"))
    if OwedAnswer.objects.filter(record=need, answered_on__isnull=False).exists():
        raise BadInput(Fault("into", _("This need was answered already; its answer stays where it was given.")))
    need.merged_into = into
    move(need, "merged")
    there = set(Support.objects.filter(need=into).values_list("key", flat=True))
    Support.objects.filter(need=need).exclude(key__in=there).update(need=into)
    OwedAnswer.objects.filter(record=need).delete()
    for link in Link.objects.filter(upper=need):
        join(Record.objects.get(pk=link.lower_id), link.relation, into)
    if need.author is not None and need.author.email:
        person = need.author
        with translation.override(person.language):
            write_message(
                key=f"need-merged:{need.pk}", to=person.email, language=person.language, person=person, record=into, organisation=into.owner,
                demonstration=need.demonstration,
                subject=_("What you said was said before; both are followed together: %(title)s") % {"title": into.title.read(person.language).text},
                body=_("You are told what becomes of it."),
            )  # fmt: skip
    return need


@action("needs.attach", may=roles(*WORKERS, of="need.owner_id"), about="need")
def attach_evidence(*, by: Any, need: Need, taken: Any, name: str, words: str) -> Need:
    """A study, a table, a letter that shows the need; `words` says what it is."""
    if not words.strip():
        raise BadInput(Fault("words", _("Say what the file is and where it comes from.")))
    row = store(taken, name=name, owner=need.owner, record=need)
    row.alternative = words.strip()[:300]
    row.save()
    return need
