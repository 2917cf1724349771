"""What may happen to any record: links, moves through its lifecycle, answers owed, hand-over."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotDeclared, WrongState
from tertia.core.actions.guard import current_action
from tertia.core.actions.policies import WORKERS, one_of, roles, system
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.records.kinds import KINDS, RELATIONS
from tertia.core.records.models import Link, OwedAnswer, OwedStep, Record
from tertia.core.rules.queries import rule_on

__all__ = [
    "MAY_ANSWER",
    "ask_body",
    "answer_owed",
    "hand_over",
    "join",
    "link_records",
    "mark_received",
    "move",
    "owe",
    "send_owed",
    "unlink_records",
    "write_version",
]


M = TypeVar("M", bound=models.Model)


def join(lower: Record, relation: str, upper: Record) -> Link:
    """Inside an action: join two records. Raises NotDeclared; joining twice changes nothing."""
    declared = RELATIONS.get(relation)
    if declared is None or lower.kind not in declared.from_kinds or upper.kind not in declared.to_kinds:
        raise NotDeclared(relation, lower.kind, upper.kind)
    return once(Link, lower_id=lower.pk, upper_id=upper.pk, relation=relation)


def once(model: type[M], **where: Any) -> M:
    """Inside an action: the row with these values, written if it is not there. Two who write it at once get the same one."""
    rows: Any = model._default_manager.filter(**where)
    found = rows.first()
    if found is None:
        try:
            with transaction.atomic():
                found = model(**where)
                found.save()
        except IntegrityError:
            found = rows.get()
    return found


def move(record: Record, state: str) -> None:
    """Inside an action: take a record to another state of its lifecycle. Raises WrongState."""
    lifecycle = KINDS[record.kind].lifecycle
    if not lifecycle.may_move(record.state, state):
        allowed = tuple(a for a, b in lifecycle.moves if b == state)
        raise WrongState(record, record.state, allowed)
    record.state = state
    record.save()


@action("records.link", may=roles(*WORKERS, of="lower.owner_id"), about="lower")
def link_records(*, by: Any, lower: Record, relation: str, upper: Record) -> Link:
    """Join two records. The actor works for the owner of the lower one and may see the upper one."""
    if not Record.objects.visible_to(by).filter(pk=upper.pk).exists():
        raise NotDeclared(relation, lower.kind, "")
    return join(lower, relation, upper)


@action("records.unlink", may=roles(*WORKERS, of="link.lower.owner_id"))
def unlink_records(*, by: Any, link: Link) -> Record:
    lower = link.lower
    link.delete()
    return lower


@action("records.write_version", may=roles(*WORKERS, of="record.owner_id"), about="record")
def write_version(*, by: Any, record: Record, field: str, language: str, text: str) -> Record:
    """Write one language of the title or the summary; a changed original makes the other versions stale."""
    if field not in ("title", "summary") or language not in LANGUAGES:
        raise BadInput(
            Fault(
                "language" if field in ("title", "summary") else "field", _("Title and summary are written in Kazakh, Russian and English.")
            )
        )
    record = lock(record)
    setattr(record, field, getattr(record, field).write(language, text))
    record.save()
    return record


def owe(record: Record, party: Any, *, person: Any = None) -> OwedAnswer:
    """Inside an action: note that a party owes an answer on a record, not yet sent. Twice changes nothing."""
    found = once(OwedAnswer, record_id=record.pk, party=party)
    if person is not None and found.person_id is None:
        found.person = person
        found.save()
    return found


#: who answers: those who speak for the body, or the leaders of the university that asked, who write down what it said
MAY_ANSWER = one_of(
    roles("office", "leader", "editor", "partner", of="owed.party_id"), roles("office", "leader", of="owed.record.owner_id")
)


def ask_body(record: Record, party: Any, *, on: dt.date, due_on: dt.date | None = None, person: Any = None) -> OwedAnswer:
    """Inside an action: a body owes an answer from a day on, by a date or within the usual term. Asked already, nothing changes."""
    owed = owe(record, party, person=person)
    if owed.state == OwedAnswer.State.NOT_SENT:
        days = rule_on("answer.term_days", on, record.owner)
        send_owed(owed, on=on, due_on=due_on or on + dt.timedelta(days=days))
    return owed


def step(owed: OwedAnswer, name: str, on: dt.date, words: Text | None = None) -> None:
    OwedStep(owed=owed, step=name, on=on, words=words or Text({})).save()


def send_owed(owed: OwedAnswer, *, on: dt.date, due_on: dt.date) -> None:
    """Inside an action: the question went out on a day and is due on another."""
    if owed.state != OwedAnswer.State.NOT_SENT:
        raise WrongState(owed, owed.state, (OwedAnswer.State.NOT_SENT,))
    owed.state, owed.sent_on, owed.due_on = OwedAnswer.State.SENT, on, due_on
    owed.save()
    step(owed, "sent", on)


def mark_received(owed: OwedAnswer, *, on: dt.date) -> None:
    """Inside an action: the addressee has it. Repeating changes nothing."""
    if owed.state != OwedAnswer.State.SENT:
        return
    owed.state, owed.received_on = OwedAnswer.State.RECEIVED, on
    owed.save()
    step(owed, "received", on)


def answer_owed(owed: OwedAnswer, *, state: str, words: Text, on: dt.date, evidence_url: str = "", evidence: Record | None = None) -> None:
    """Inside an action: keep the addressee's own words. An answer may be changed later; each version stays in the steps."""
    if owed.state == OwedAnswer.State.NOT_SENT:
        raise WrongState(owed, owed.state, (OwedAnswer.State.SENT,))
    owed.state, owed.words, owed.answered_on = state, words, on
    owed.received_on = owed.received_on or on
    owed.evidence_url, owed.evidence = evidence_url, evidence
    owed.save()
    step(owed, state, on, words)


@action("records.hand_over", may=one_of(roles("office", "leader", "administrator", of="organisation.pk"), system), about="organisation")
def hand_over(*, by: Any, organisation: Any, from_person: Any, to_person: Any) -> int:
    """All that one person owes in an organisation becomes another's. Returns how many records and answers moved."""
    assert current_action()
    records = Record.objects.filter(owner=organisation, responsible=from_person).update(responsible=to_person)
    answers = OwedAnswer.objects.filter(record__owner=organisation, person=from_person).update(person=to_person)
    return records + answers
