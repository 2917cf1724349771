"""A conference, its programme and its participants."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, one_of, roles, signed_in, system
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.slugs import free_slug
from tertia.plan.conferences.models import Conference, Registration, Session, Talk

__all__ = ["add_session", "add_talk", "announce_conference", "register_participant"]


@action("conferences.announce", may=roles(*OFFICE, of="owner.pk"))
def announce_conference(*, by: Any, owner: Any, title: Text, starts_on: dt.date, ends_on: dt.date, **fields: Any) -> Conference:
    made = Conference(
        owner=owner, title=title, starts_on=starts_on, ends_on=ends_on,
        slug=fields.pop("slug", "") or free_slug(owner, "conference", title), **fields,
    )  # fmt: skip
    made.save()
    return made


@action("conferences.add_session", may=roles(*OFFICE, of="conference.owner_id"), about="conference")
def add_session(
    *, by: Any, conference: Conference, kind: str, title: Text, starts_at: dt.datetime, ends_at: dt.datetime, room: str = ""
) -> Session:
    """Put a plenary or a section into the programme. Two at once in one room are refused."""
    if ends_at <= starts_at:
        raise BadInput(Fault("ends_at", _("The session ends before it begins. Correct the times.")))
    clash = Session.objects.filter(conference=conference, room=room, starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if room and clash:
        raise BadInput(Fault("room", _("The room “%(room)s” is taken at that time. Choose another room or time.") % {"room": room}))
    made = Session(conference=conference, kind=kind, title=title, room=room, starts_at=starts_at, ends_at=ends_at)
    made.save()
    return made


@action("conferences.add_talk", may=roles(*OFFICE, of="session.conference.owner_id"))
def add_talk(*, by: Any, session: Session, title: Text, speaker: str = "") -> Talk:
    made = Talk(session=session, title=title, speaker=speaker, position=session.talks.count() + 1)
    made.save()
    return made


@action("conferences.register", may=one_of(signed_in, system), about="conference")
def register_participant(
    *, by: Any, conference: Conference, person: Any, section: Session | None = None, voter: bool = True
) -> Registration:
    """Register for a conference. People register themselves; the office may register on somebody's word."""
    registers_self = by.person_id == person.pk
    if not registers_self and not by.is_system and not by.has(conference.owner_id, *OFFICE):
        raise BadInput(Fault("person", _("People register themselves.")))
    if registers_self and not conference.registration_open:
        raise WrongState(conference, "closed", ("open",))
    made, _new = Registration.objects.get_or_create(
        conference=conference, person=person, defaults={"section": section, "voter": voter, "registered_at": clock.now()}
    )
    if made.section != section and section is not None:
        made.section = section
        made.save()
    return made
