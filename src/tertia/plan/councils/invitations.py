"""The calendar entry that goes with an invitation (RFC 5545, RFC 5546)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tertia.core.languages.text import Text
from tertia.core.periods.ical import CalendarEntry, calendar_file

__all__ = ["entry_of", "invitation_file", "uid_of"]


def uid_of(meeting: Any) -> str:
    """The lasting name of a meeting in calendar programs."""
    return f"meeting-{meeting.pk}@{settings.MESSAGE_ID_DOMAIN}"


def entry_of(meeting: Any, language: str, url: str = "", **more: Any) -> CalendarEntry:
    """A meeting as a calendar entry in a language; `more` as in CalendarEntry."""
    title: Text = meeting.title
    given = {"cancelled": meeting.state == "withdrawn"} | more
    agenda = "\n".join(f"{i.position}. {i.title.read(language).text}" for i in meeting.items.order_by("position", "pk"))
    return CalendarEntry(
        uid_of(meeting), title.read(language).text, meeting.starts_at, meeting.ends_at, meeting.changed_at, ", ".join(p for p in (meeting.where, meeting.online) if p),
        agenda, url or settings.BASE_URL + meeting.get_absolute_url(), zone=meeting.owner.time_zone, version=meeting.version, **given,
    )  # fmt: skip


def invitation_file(invitation: Any, meeting: Any, url: str, *, cancelled: bool = False, to_deputy: bool = False) -> str:
    """What goes beside the letter: a request, the same with a higher number when the meeting moves, or the end of it."""
    owner = meeting.owner
    name, mail = (invitation.deputy_name, invitation.deputy_email) if to_deputy else (invitation.name, invitation.email)
    entry = entry_of(
        meeting, invitation.language, url, cancelled=cancelled, organizer=(owner.name.read(invitation.language).text, owner.email or settings.DEFAULT_FROM_EMAIL),
        attendee=(name, mail) if mail else None, remind=None if cancelled else 24,
    )  # fmt: skip
    return calendar_file([entry], method="CANCEL" if cancelled else "REQUEST").decode()
