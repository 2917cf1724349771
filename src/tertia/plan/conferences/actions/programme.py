"""A conference, its programme and its participants."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, itself, one_of, roles, signed_in, system
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.periods import clock
from tertia.core.records.slugs import free_slug
from tertia.plan.conferences.models import Conference, Registration, Resolution, Session, Talk

__all__ = ["add_session", "add_talk", "announce_conference", "register_participant", "set_places", "withdraw_registration"]


@action("conferences.announce", may=roles(*OFFICE, of="owner.pk"))
def announce_conference(*, by: Any, owner: Any, title: Text, starts_on: dt.date, ends_on: dt.date, **fields: Any) -> Conference:
    if ends_on < starts_on:
        raise BadInput(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
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
    """Register for a conference, or for its waiting list where it is full. People register themselves; the office may on somebody's word."""
    registers_self = by.person_id == person.pk
    if not registers_self and not by.is_system and not by.has(conference.owner_id, *OFFICE):
        raise BadInput(Fault("person", _("People register themselves.")))
    if registers_self and not conference.registration_open:
        raise WrongState(conference, "closed", ("open",))
    conference = lock(conference)
    made = Registration.objects.filter(conference=conference, person=person).first()
    if made is None:
        made = Registration(
            conference=conference, person=person, section=section, voter=voter, registered_at=clock.now(), waiting=_full(conference)
        )
        made.save()
    elif made.section != section and section is not None:
        made.section = section
        made.save()
    return made


def _full(conference: Conference) -> bool:
    taken = Registration.objects.filter(conference=conference, waiting=False).count()
    return conference.places is not None and taken >= conference.places


@action(
    "conferences.withdraw_registration", may=one_of(itself("registration.person_id"), roles(*OFFICE, of="registration.conference.owner_id"))
)
def withdraw_registration(*, by: Any, registration: Registration) -> Conference:
    """Whoever does not come gives the place back; whoever waits longest gets it and is told."""
    conference = lock(registration.conference)
    if Resolution.objects.filter(conference=conference, state="voting").exists():
        raise WrongState(conference, "voting", ("before or after the vote",))
    registration.delete()
    _let_in(conference)
    return conference


@action("conferences.set_places", may=roles(*OFFICE, of="conference.owner_id"), about="conference")
def set_places(*, by: Any, conference: Conference, places: int | None) -> Conference:
    """How many may come. More places let in those who wait; fewer send nobody home."""
    conference = lock(conference)
    if places is not None and places < 1:
        raise BadInput(Fault("places", _("At least one may come; leave it empty where there is no bound.")))
    conference.places = places
    conference.save()
    _let_in(conference)
    return conference


def _let_in(conference: Conference) -> None:
    """Those who wait, in the order of their registration, as far as there are places."""
    for one in Registration.objects.filter(conference=conference, waiting=True).select_related("person").order_by("registered_at", "pk"):
        if _full(conference):
            return
        one.waiting = False
        one.save()
        if one.person is not None:
            title, day = conference.title, conference.starts_on
            write_letter(
                key=f"registration:{one.pk}:in", to=one.person, organisation=conference.owner, record=conference,
                subject=gettext_noop("There is a place for you: %(title)s"),
                body=gettext_noop("Somebody gave a place back, and you are next. The conference begins on %(day)s. If you cannot come, say so on its page."),
                values=lambda language: {"title": title.read(language).text, "day": long_date(day, language) if day else ""},  # noqa: B023  read at once
            )  # fmt: skip
