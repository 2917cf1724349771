"""The newsletter: one letter a week (or a day) with what came out, to whoever has confirmed the address, with one click to leave (RFC 8058)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.languages.templatetags.languages import day, plain
from tertia.core.records.schema import address_of
from tertia.tell.channels.models import Subscriber
from tertia.tell.channels.snapshot import address_in
from tertia.tell.stories.models import Story

__all__ = ["due_subscribers", "leave_address", "letter_of", "stories_since"]

MOST_TOLD = 30


def leave_address(subscriber: Subscriber) -> str:
    """Without a language: a mail program presses it, no person reads it."""
    return address_of(f"/newsletter/leave/{subscriber.token}/")


def due_subscribers(today: dt.date) -> Any:
    """Confirmed, and of those who want one letter a week only on Mondays."""
    rows = Subscriber.objects.filter(confirmed_at__isnull=False, left_at=None).select_related("owner").order_by("pk")
    return rows if today.weekday() == 0 else rows.filter(every=Subscriber.Every.DAY)


def stories_since(subscriber: Subscriber, now: dt.datetime) -> list[Story]:
    since = subscriber.sent_until or subscriber.confirmed_at
    rows = Story.objects.filter(
        owner=subscriber.owner_id, state="published", visibility="public", published_at__gt=since, published_at__lte=now
    )
    return list(rows.order_by("published_at", "pk")[:MOST_TOLD])


def letter_of(subscriber: Subscriber, stories: list[Story]) -> tuple[str, str]:
    """Subject and text, in the language of whoever reads it."""
    with translation.override(subscriber.language):
        name = plain(subscriber.owner.name)
        subject = ngettext("%(name)s: %(n)d story", "%(name)s: %(n)d stories", len(stories)) % {"n": len(stories), "name": name}
        parts = []
        for one in stories:
            address = address_in(subscriber.language, "story", slug=one.slug)
            lead = plain(one.summary)
            parts.append(f"{plain(one.title)} ({day(one.published_at)})\n" + (f"{lead}\n" if lead else "") + address)
        foot = _("You get this letter because you asked for it. To leave with one click: %(address)s") % {
            "address": leave_address(subscriber)
        }
        return subject, "\n\n".join(parts) + f"\n\n-- \n{foot}\n"
