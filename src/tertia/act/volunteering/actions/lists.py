"""Who was there: entries from the door, from phones, from paper; and the list that the host signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.activities.actions import ask_host, claim_hours, write_activity
from tertia.act.activities.models import HoursSheet
from tertia.act.volunteering.actions.plans import SHIFT_RUNNERS
from tertia.act.volunteering.attendance import KINDS, Presence, hours_of
from tertia.act.volunteering.codes import fits
from tertia.act.volunteering.models import Entry, Shift, SignUp
from tertia.act.volunteering.queries import helped_by, presence_of, standing_of
from tertia.act.volunteering.sentences import moment
from tertia.core.access.secrets import derived_key
from tertia.core.actions.action import action, lock
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import holder, one_of, signed_in
from tertia.core.parties.actions import add_person
from tertia.core.parties.models import Person
from tertia.core.periods import clock
from tertia.core.records.actions import join
from tertia.core.rules.queries import rules_on

__all__ = ["Given", "check_in", "close_list", "desk_secret", "enter", "walk_in"]

KEEPERS = one_of(holder("volunteering.desk", of="shift"), SHIFT_RUNNERS)
#: a device whose clock is wrong by more cannot be believed
FUTURE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Given:
    """One entry as a device sends it; `key` is the device's own."""

    key: str
    person: int
    kind: str
    at: dt.datetime


def desk_secret() -> bytes:
    return derived_key("desk")


@action("volunteering.enter", may=KEEPERS, about="shift")
def enter(*, by: Any, shift: Shift, entries: Iterable[Given], source: str = Entry.Source.LIST) -> int:
    """Take entries in; one that is there already (same key) changes nothing. Returns how many were new.

    Only people who signed up or were written down at the door are known here; a foreign one is refused with its place in the list.
    """
    shift = lock(shift)
    given = list({e.key: e for e in entries}.values())
    _check(shift, given)
    there = set(Entry.objects.filter(shift=shift, key__in=[e.key for e in given]).values_list("key", flat=True))
    now = clock.now()
    new = [e for e in given if e.key not in there]
    Entry.objects.bulk_create(
        Entry(shift=shift, person_id=e.person, key=e.key, kind=e.kind, at=min(e.at, now), received_at=now, source=source) for e in new
    )
    _late(shift)
    return len(new)


def _late(shift: Shift) -> None:
    """Entries that come when the list is closed already: who is missing on the sheet is added while the host has not signed it."""
    if shift.listed_at is None:
        return
    presence = _mark_who_came(shift)
    rows = _hours(shift, presence)
    if shift.activity is None and rows:
        _write_activity(shift, rows, clock.today())
        return
    sheet = HoursSheet.objects.filter(activity=shift.activity_id, state__in=("claimed", "asked")).first()
    if sheet is not None:
        claim_hours(by=Actor.system("volunteering"), activity=sheet.activity, rows=rows)


def _mark_who_came(shift: Shift) -> dict[int, Presence]:
    presence = presence_of(shift)
    SignUp.objects.filter(shift=shift, waiting=False, person__in=[p for p, one in presence.items() if one.came]).update(came=True)
    return presence


def _check(shift: Shift, given: list[Given]) -> None:
    known = {
        *SignUp.objects.filter(shift=shift).values_list("person", flat=True),
        *Entry.objects.filter(shift=shift).values_list("person", flat=True),
    }
    early = shift.starts_at - dt.timedelta(
        minutes=rules_on("volunteer.", shift.local()[0].date(), shift.opportunity.owner)["early_minutes"]
    )
    faults = []
    for n, entry in enumerate(given, start=1):
        if entry.kind not in KINDS or not entry.key or len(entry.key) > 64:
            faults.append(
                Fault(f"entry-{n}", _("Entry %(n)d is not understood: it has to say in, out or absent, and bear a key.") % {"n": n})
            )
        elif entry.person not in known:
            faults.append(
                Fault(
                    f"entry-{n}",
                    _("Entry %(n)d: this person is not on the list of the shift. Write the person down at the door first.") % {"n": n},
                )
            )
        elif entry.at > clock.now() + FUTURE or entry.at < early - dt.timedelta(days=1) or entry.at > shift.ends_at + dt.timedelta(days=1):
            faults.append(
                Fault(
                    f"entry-{n}",
                    _("Entry %(n)d: its time lies outside the shift of %(shift)s. Is the clock of the device right?")
                    % {"n": n, "shift": moment(shift)},
                )
            )
    if faults:
        raise BadInput(*faults)


@action("volunteering.check_in", may=signed_in, about="shift")
def check_in(*, by: Any, shift: Shift, code: str, key: str, at: dt.datetime, kind: str = "in") -> Entry | None:
    """One's own arrival or departure by the code on the host's screen; `at` is when it was read. The same key again changes nothing."""
    shift = lock(shift)
    there = Entry.objects.filter(shift=shift, key=key).first()
    if there is not None:
        return there if there.person_id == by.person_id else None
    if not SignUp.objects.filter(shift=shift, person=by.person, waiting=False).exists():
        raise BadInput(Fault("code", _("You have no place in this shift. Ask at the door to be written down.")))
    if at > clock.now() + FUTURE or not fits(desk_secret(), shift.pk, "".join(code.split()), at):
        raise BadInput(
            Fault("code", _("This is not the code that stood on the screen at that time. Read it once more; it changes every minute."))
        )
    made = Entry(
        shift=shift,
        person=by.person,
        key=key[:64],
        kind="out" if kind == "out" else "in",
        at=at,
        received_at=clock.now(),
        source=Entry.Source.CODE,
    )
    made.save()
    _late(shift)
    return made


@action("volunteering.walk_in", may=KEEPERS, about="shift")
def walk_in(*, by: Any, shift: Shift, name: str, key: str, at: dt.datetime, number: str = "") -> Person:
    """Somebody comes who did not sign up: known by the university's number, else written down by name, without an account."""
    shift = lock(shift)
    there = Entry.objects.filter(shift=shift, key=key).select_related("person").first()
    if there is not None:
        return there.person
    owner = shift.opportunity.owner
    person = Person.objects.filter(home=owner, key=number.strip()).first() if number.strip() else None
    if number.strip() and person is None:
        raise BadInput(
            Fault(
                "number", _("There is nobody with the number %(number)s. Leave it empty and write the name.") % {"number": number.strip()}
            )
        )
    if person is None:
        if not name.strip():
            raise BadInput(Fault("name", _("Write the name, or the number of the student.")))
        person = add_person(by=Actor.system("desk"), home=owner, name=name.strip()[:200], demonstration=shift.opportunity.demonstration)
    Entry(
        shift=shift, person=person, key=key[:64], kind="in", at=min(at, clock.now()), received_at=clock.now(), source=Entry.Source.DESK
    ).save()
    _late(shift)
    return person


@action("volunteering.close_list", may=KEEPERS, about="shift")
def close_list(*, by: Any, shift: Shift, on: dt.date) -> HoursSheet | None:
    """The shift is over: who was there becomes an activity with its sheet of hours, which the host is asked to sign. None where nobody came.

    Who had a place and did not come is noted as such; nobody in the queue is.
    """
    shift = lock(shift)
    if shift.listed_at is not None:
        return HoursSheet.objects.filter(activity=shift.activity_id).first()
    if shift.starts_at > clock.now() or shift.called_off:
        raise WrongState(shift, "to come", ("begun",))
    presence = _mark_who_came(shift)
    SignUp.objects.filter(shift=shift, waiting=False, came=None).update(came=False)
    shift.listed_at = clock.now()
    shift.save()
    rows = _hours(shift, presence)
    return _write_activity(shift, rows, on) if rows else None


def _write_activity(shift: Shift, rows: list[tuple[Any, Any, Any, str]], on: dt.date) -> HoursSheet:
    opportunity = shift.opportunity
    act = Actor.system("volunteering")
    activity = write_activity(
        by=act, owner=opportunity.owner, title=opportunity.title, summary=opportunity.summary, starts_at=shift.starts_at, ends_at=shift.ends_at,
        host=opportunity.host, unit=opportunity.unit, where=opportunity.where, place=opportunity.place, carries_out=helped_by(opportunity), held=True,
        demonstration=opportunity.demonstration,
    )  # fmt: skip
    join(activity, "shift-of", opportunity)
    shift.activity = activity
    shift.save()
    sheet = claim_hours(by=act, activity=activity, rows=rows)
    return ask_host(by=act, sheet=sheet, on=on)


def _hours(shift: Shift, presence: dict[int, Any]) -> list[tuple[Any, Any, Any, str]]:
    rules = rules_on("volunteer.", shift.local()[0].date(), shift.opportunity.owner)
    people = Person.objects.in_bulk([p for p, one in presence.items() if one.came])
    units, standings = standing_of(people, shift)
    rows = []
    for pk, person in people.items():
        hours = hours_of(presence[pk], shift.starts_at, shift.ends_at, step=rules["round_minutes"])
        if hours > 0:
            rows.append((person, units.get(pk), hours, {"student": "student", "staff": "staff"}.get(standings.get(pk, ""), "outside")))
    return rows
