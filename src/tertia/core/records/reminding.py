"""Asking again for answers that are owed on needs and conversations: each so many days, and after a longer silence the leaders are told.

Recommendations are sent by letters of their own, and their reminders go the same way (`plan/conferences`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext, gettext_noop, ngettext

from tertia.core.actions.action import action, lock
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.messages.outbox import write_message
from tertia.core.records.actions import step
from tertia.core.records.models import OwedAnswer
from tertia.core.rules.queries import rule_on

__all__ = ["REMINDED", "escalate_owed", "overdue", "remind_owed"]

#: kinds of record whose owed answers are asked for again here
REMINDED = ("need", "conversation", "regional-question")


def overdue(today: dt.date) -> Any:
    return (
        OwedAnswer.objects.filter(record__kind__in=REMINDED, state__in=(OwedAnswer.State.SENT, OwedAnswer.State.RECEIVED), due_on__lt=today)
        .select_related("record__owner", "party", "person")
        .order_by("pk")
    )


@action("records.remind_owed", may=one_of(system, roles("office", "leader", "editor", of="owed.record.owner_id")), about="owed")
def remind_owed(*, by: Any, owed: OwedAnswer, on: dt.date) -> OwedAnswer:
    """Ask again; once a day at most. The reminder is dated and counted."""
    owed = lock(owed)
    if not owed.is_open or owed.reminded_on == on:
        return owed
    owed.reminders, owed.reminded_on = owed.reminders + 1, on
    owed.save()
    step(owed, "reminded", on)
    silent = (on - owed.sent_on).days if owed.sent_on else 0
    for to, language, person in _addresses(owed, on):
        _write(owed, f"remind-owed:{owed.pk}:{on}:{to}", to, language, person, silent, gettext_noop("An answer is owed: %(title)s"))
    return owed


@action("records.escalate_owed", may=system, about="owed")
def escalate_owed(*, by: Any, owed: OwedAnswer, on: dt.date) -> OwedAnswer:
    """The leaders of the body, and of the university that asked, are told of the silence; once."""
    owed = lock(owed)
    if not owed.is_open or owed.steps.filter(step="escalated").exists():
        return owed
    step(owed, "escalated", on)
    silent = (on - owed.sent_on).days if owed.sent_on else 0
    for organisation in {owed.party_id, owed.record.owner_id}:
        for person in _people(organisation, ("leader",), on):
            _write(
                owed,
                f"escalate-owed:{owed.pk}:{person.pk}",
                person.email,
                person.language,
                person,
                silent,
                gettext_noop("A long silence: %(title)s"),
            )
    return owed


def _people(organisation_id: int, of_roles: tuple[str, ...], on: dt.date) -> list[Any]:
    membership: Any = apps.get_model("parties", "Membership")
    rows = membership.objects.in_force(on).filter(organisation=organisation_id, role__in=of_roles).select_related("person")
    return list({row.person_id: row.person for row in rows if row.person.email}.values())


def _addresses(owed: OwedAnswer, on: dt.date) -> list[tuple[str, str, Any]]:
    """The person who was named, else those who work for the body, else the body's own address."""
    if owed.person is not None and owed.person.email:
        return [(owed.person.email, owed.person.language, owed.person)]
    people = _people(owed.party_id, ("office", "partner"), on)
    if people:
        return [(p.email, p.language, p) for p in people[:10]]
    return [(owed.party.email, owed.party.letter_language, None)] if owed.party.email else []


def _write(owed: OwedAnswer, key: str, to: str, language: str, person: Any, silent: int, subject: str) -> None:
    with translation.override(language):
        title = owed.record.title.read(language).text
        body = ngettext("No answer for %(n)d day.", "No answer for %(n)d days.", silent) % {"n": silent}
        write_message(
            key=key, to=to, language=language, person=person, record=owed.record, organisation=owed.record.owner,
            demonstration=owed.record.demonstration, subject=gettext(subject) % {"title": title},
            body=f"{owed.party.name.read(language).text}: {title}\n{body}",
        )  # fmt: skip


def escalates_on(owed: OwedAnswer, today: dt.date) -> bool:
    """Whether the silence is long enough that the leaders are told."""
    assert owed.due_on is not None
    return today > owed.due_on + dt.timedelta(days=rule_on("answer.escalate_days", today, owed.record.owner))
