"""Asking for the newsletter, confirming, leaving; and one letter to one subscriber."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import anyone, system
from tertia.core.languages.templatetags.languages import plain
from tertia.core.languages.text import LANGUAGES
from tertia.core.messages.outbox import Addressee, write_letter, write_message
from tertia.core.periods import clock
from tertia.tell.channels.models import Subscriber
from tertia.tell.channels.newsletter import leave_address, letter_of, stories_since
from tertia.tell.channels.snapshot import address_in

__all__ = ["ask_newsletter", "confirm_newsletter", "forget_unconfirmed", "leave_newsletter", "send_newsletter"]

#: unconfirmed wishes in an hour, so that nobody can let this site write to thousands of strangers
MOST_IN_AN_HOUR = 100


@action("channels.ask_newsletter", may=anyone, traceless=True)
def ask_newsletter(*, by: Any, owner: Any, email: str, language: str, every: str) -> Subscriber:
    """Somebody asks, with an address that may be another person's: one letter a day at most goes to it until it is confirmed.

    The answer is the same whether the address is known or not.
    """
    if language not in LANGUAGES or every not in Subscriber.Every.values:
        raise BadInput(Fault("language", _("Choose from the list.")))
    now, email = clock.now(), email.strip().lower()
    found = Subscriber.objects.filter(owner=owner, email=email, left_at=None).first()
    if found is None:
        lately = Subscriber.objects.filter(owner=owner, confirmed_at=None, left_at=None, asked_at__gt=now - dt.timedelta(hours=1))
        if lately.count() >= MOST_IN_AN_HOUR:
            raise BadInput(Fault("email", _("Too many people ask just now. Try again in an hour.")))
        found = Subscriber(owner=owner, email=email, asked_at=now, demonstration=owner.demonstration)
    if found.confirmed_at is None:
        found.language, found.every = language, every
        found.save()
        _ask_to_confirm(found, clock.today())
    return found


def _ask_to_confirm(found: Subscriber, today: dt.date) -> None:
    write_letter(
        key=f"newsletter:confirm:{found.pk}:{today}", to=Addressee(found.email, found.language, found.demonstration), organisation=found.owner,
        subject=gettext_noop("Do you want the newsletter of %(name)s?"),
        body=gettext_noop(
            "Somebody, probably you, asked for the newsletter of %(name)s at this address. If it was you, open this page and press the button:\n\n%(address)s\n\nIf it was not, do nothing: without it no letter is "
            "sent, and the address is forgotten after two weeks."
        ),
        values=lambda language: {"name": plain(found.owner.name), "address": address_in(language, "newsletter_confirm", token=found.token)},
    )  # fmt: skip


@action("channels.confirm_newsletter", may=anyone, about="subscriber", traceless=True)
def confirm_newsletter(*, by: Any, subscriber: Subscriber, now: dt.datetime) -> Subscriber:
    """The holder of the link says yes. Stories from now on are sent, none from before."""
    subscriber = lock(subscriber)
    if subscriber.left_at is None and subscriber.confirmed_at is None:
        subscriber.confirmed_at = now
        subscriber.save()
    return subscriber


@action("channels.leave_newsletter", may=anyone, about="subscriber", traceless=True)
def leave_newsletter(*, by: Any, subscriber: Subscriber, now: dt.datetime) -> Subscriber:
    """Twice does no harm. The address is erased at once."""
    subscriber = lock(subscriber)
    if subscriber.left_at is None:
        subscriber.left_at, subscriber.email = now, ""
        subscriber.save()
    return subscriber


@action("channels.send_newsletter", may=system, about="subscriber", traceless=True)
def send_newsletter(*, by: Any, subscriber: Subscriber, now: dt.datetime) -> int:
    """One letter with what came out since the last one; 0 where nothing did."""
    subscriber = lock(subscriber)
    stories = stories_since(subscriber, now) if subscriber.left_at is None and subscriber.confirmed_at else []
    if not stories:
        return 0
    subject, body = letter_of(subscriber, stories)
    until = stories[-1].published_at
    write_message(
        key=f"newsletter:{subscriber.pk}:{until.isoformat() if until else ''}", to=subscriber.email, language=subscriber.language, subject=subject, body=body,
        organisation=subscriber.owner, demonstration=subscriber.demonstration, unsubscribe=leave_address(subscriber),
    )  # fmt: skip
    subscriber.sent_until = until
    subscriber.save()
    return 1


@action("channels.forget_unconfirmed", may=system, traceless=True)
def forget_unconfirmed(*, by: Any, before: dt.datetime) -> int:
    """Wishes that nobody confirmed go; gives how many."""
    rows = Subscriber.objects.filter(confirmed_at=None, left_at=None, asked_at__lt=before)
    return rows.delete()[0] if rows.exists() else 0
