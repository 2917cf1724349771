"""Writing to people: into the outbox inside the action, out of it by the worker; small news wait for the daily digest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.jobs.queue import enqueue, job
from tertia.core.messages.delivery import deliver
from tertia.core.messages.models import Message
from tertia.core.periods import clock

__all__ = ["Addressee", "send_digests", "send_message", "write_letter", "write_message"]


def write_message(
    *, key: str, to: str, language: str, subject: str, body: str, organisation: Any = None, record: Any = None,
    person: Any = None, urgency: str = Message.Urgency.AT_ONCE, demonstration: bool = False, calendar: str = "", unsubscribe: str = "",
) -> Message:  # fmt: skip
    """Put a message into the outbox, once for each key."""
    made, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to, "language": language, "subject": subject[:300], "body": body, "organisation": organisation,
            "record_id": record.pk if record else None, "person": person, "urgency": urgency,
            "written_at": clock.now(), "demonstration": demonstration, "calendar": calendar, "unsubscribe": unsubscribe,
        },
    )  # fmt: skip
    if new and urgency == Message.Urgency.AT_ONCE:
        enqueue("messages.send", str(made.pk), message_id=made.pk)
    return made


@dataclass(frozen=True)
class Addressee:
    """Somebody who gets a letter and is neither a person nor a body here."""

    email: str
    language: str
    demonstration: bool = False


def write_letter(
    *, key: str, to: Any, organisation: Any, subject: str, body: str, values: Callable[[str], dict[str, Any]], record: Any = None,
    urgency: str = Message.Urgency.AT_ONCE, calendar: str = "",
) -> Message | None:  # fmt: skip
    """A letter to a person, a body or another addressee in the language of whoever gets it; None where no address is known.

    `subject` and `body` are English sentences marked by gettext_noop; `values` gives what stands in them, in a language.
    """
    language = getattr(to, "letter_language", None) or to.language
    if not to.email:
        return None
    with translation.override(language):
        given = values(language)
        return write_message(
            key=key, to=to.email, language=language, subject=_(subject) % given, body=_(body) % given, organisation=organisation, record=record,
            person=to if hasattr(to, "home_id") else None, urgency=urgency, demonstration=to.demonstration or organisation.demonstration,
            calendar=calendar,
        )  # fmt: skip


@job("messages.send", alone=True)
def send_message(message_id: int) -> str:
    """Send one message. A demonstration's message stays in its visible mailbox and goes nowhere.

    No transaction is open meanwhile: a slow mail server must not hold a lock. Whoever is killed between the server's yes and the note
    of it sends the letter again, with the same Message-ID.
    """
    message = Message.objects.get(pk=message_id)
    if message.sent_at:
        return "sent before"
    said = "kept in the demonstration's mailbox"
    if not message.demonstration:
        deliver(message)
        said = "sent"
    message.sent_at = clock.now()
    message.save(update_fields=["sent_at"])
    return said


def send_digests(today: dt.date) -> int:
    """One letter a day for each address with all its small news. Returns how many letters were written."""
    count = 0
    waiting = Message.objects.filter(urgency=Message.Urgency.DIGEST, sent_at=None).order_by("written_at", "pk")
    by_address: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in waiting:
        by_address[(message.to, message.language)].append(message)
    for (to, language), messages in by_address.items():
        with transaction.atomic(), translation.override(language):
            head = ngettext("%(n)d piece of news from Tertia", "%(n)d pieces of news from Tertia", len(messages)) % {"n": len(messages)}
            body = "\n\n".join(f"{m.subject}\n{m.body}" for m in messages)
            foot = _("You get this letter once a day at most.")
            write_message(
                key=f"digest:{to}:{today.isoformat()}", to=to, language=language, subject=head, body=f"{body}\n\n{foot}",
                person=messages[0].person, demonstration=all(m.demonstration for m in messages),
            )  # fmt: skip
            Message.objects.filter(pk__in=[m.pk for m in messages]).update(sent_at=clock.now())
            count += 1
    return count
