"""Handing a letter to the mail server, and reading what that says: done, later, or never (RFC 5321, 4.2.1)."""

from __future__ import annotations

import datetime as dt
import re
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from tertia.core.jobs.queue import Later, Never
from tertia.core.messages.models import Message

__all__ = ["deliver"]

#: a server that does not answer is asked again after so long, by one letter for all
AGAIN = dt.timedelta(minutes=1)
#: a mailbox that is busy is left alone for so long (RFC 5321, 4.5.4.1 asks for half an hour; greylists let one in after minutes)
BUSY = dt.timedelta(minutes=10)


def deliver(message: Message) -> None:
    """Raises `Later` where the server or the mailbox may take it another time, `Never` where it was refused for good."""
    try:
        _letter(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(max(code for code, _words in error.recipients.values()), error) from error
    except smtplib.SMTPDataError as error:
        raise _answer(error.smtp_code, error) from error
    except (OSError, smtplib.SMTPException) as error:  # an SMTPException is an OSError; both are named for the reader
        raise Later(_line(error), pause=AGAIN, every=True) from error


def _answer(code: int, error: Exception) -> Exception:
    return Never(_line(error)) if code >= 500 else Later(_line(error), pause=BUSY, every=False)


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip()[:500]


def _letter(message: Message) -> EmailMessage:
    head = {"Message-ID": f"<tertia-{message.pk}@{settings.MESSAGE_ID_DOMAIN}>"}
    if message.unsubscribe:
        head |= {
            "List-Unsubscribe": f"<{message.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }
    letter = EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.to], headers=head)
    if message.calendar:
        method = re.search(r"^METHOD:(\w+)\r?$", message.calendar, re.MULTILINE)
        letter.attach("meeting.ics", message.calendar, f"text/calendar; method={method[1] if method else 'PUBLISH'}")
    return letter
