"""What is needed, and when: opportunities and their shifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions.queue import fill_from_queue
from tertia.act.volunteering.letters import write_to
from tertia.act.volunteering.links import mine_url, opportunity_url
from tertia.act.volunteering.models import Opportunity, Shift, SignUp
from tertia.act.volunteering.queries import helped_by, suspended
from tertia.act.volunteering.sentences import moment
from tertia.core.access.actions import issue_pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WRITERS, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug

__all__ = ["Plan", "Times", "add_shifts", "call_off", "call_off_shift", "change_opportunity", "copy_opportunity", "make_desk", "move_shift", "offer_help_wanted",
           "open_opportunity"]  # fmt: skip

WORKERS = ("editor", "office", "leader")
#: the office, the host, and who wrote it
RUNNERS = one_of(
    roles(*WORKERS, of="opportunity.owner_id"),
    roles("partner", "office", "leader", of="opportunity.host_id"),
    itself("opportunity.author_id"),
)
SHIFT_RUNNERS = one_of(
    roles(*WORKERS, of="shift.opportunity.owner_id"),
    roles("partner", "office", "leader", of="shift.opportunity.host_id"),
    itself("shift.opportunity.author_id"),
)
MOST_SHIFTS = 400


@dataclass(frozen=True)
class Times:
    """A shift to be: aware times, places, and what is done in it where that differs."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int
    task: Text = field(default_factory=lambda: Text({}))


@dataclass(frozen=True)
class Plan:
    """What an opportunity says of itself besides title and shifts."""

    where: str = ""
    place: Any = None
    latitude: float | None = None
    longitude: float | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    min_age: int | None = None
    contact: str = ""

    def fields(self) -> dict[str, Any]:
        lists = {k: list(getattr(self, k)) for k in ("skills", "languages", "access", "risks")}
        return {**{k: getattr(self, k) for k in ("where", "place", "latitude", "longitude", "min_age", "contact")}, **lists}


def _check(shifts: list[Times]) -> None:
    faults = []
    if not shifts:
        faults.append(Fault("day", _("Name at least one shift: a day, from when to when, and how many people.")))
    if len(shifts) > MOST_SHIFTS:
        faults.append(Fault("until", _("These are %(n)d shifts; at most %(most)d at once.") % {"n": len(shifts), "most": MOST_SHIFTS}))
    for times in shifts[:1]:
        hours = (times.ends_at.astimezone(dt.UTC) - times.starts_at.astimezone(dt.UTC)).total_seconds() / 3600
        if not 0 < hours <= 24:
            faults.append(Fault("to_time", _("A shift lasts more than nothing and at most 24 hours. Correct its times.")))
        if not 0 < times.places <= 10_000:
            faults.append(Fault("places", _("How many people are needed? At least one.")))
    if faults:
        raise BadInput(*faults)


@action("volunteering.offer", may=one_of(roles(*WRITERS, of="owner.pk"), roles("partner", "office", "leader", of="host.pk")))
def offer_help_wanted(
    *, by: Any, owner: Any, host: Any, title: Text, shifts: list[Times], summary: Text | None = None, plan: Plan = Plan(), unit: Any = None,
    helps_with: list[Record] | None = None, student_led: bool = False, demonstration: bool = False, copied_from: Opportunity | None = None,
) -> Opportunity:  # fmt: skip
    """Ask for help. What the office, a dean or a leader writes is open at once; what a partner or a club writes the office opens."""
    if not title:
        raise BadInput(Fault("title", _("Say in one sentence what is done.")))
    _check(shifts)
    if suspended(owner, host):
        raise BadInput(Fault("host", _("This host is suspended; no volunteers are sent there for the time being. Ask the office.")))
    at_once = by.is_system or by.has(owner.pk, *WORKERS)
    made = Opportunity(
        owner=owner, host=host, unit=unit, title=title, summary=summary or Text({}), time_zone=host.time_zone or owner.time_zone, author=by.person,
        slug=free_slug(owner, "opportunity", title), state="open" if at_once else "draft", student_led=student_led, copied_from=copied_from,
        visibility=Visibility.PUBLIC if at_once else Visibility.OFFICE, demonstration=demonstration, **plan.fields(),
    )  # fmt: skip
    _dates(made, shifts)
    made.save()
    _write_shifts(made, shifts)
    for record in helps_with or []:
        join(made, "helps-with", record)
    return made


def _dates(opportunity: Opportunity, shifts: list[Times]) -> None:
    zone = ZoneInfo(opportunity.time_zone)
    first, last = min(s.starts_at for s in shifts).astimezone(zone).date(), max(s.ends_at for s in shifts).astimezone(zone).date()
    opportunity.starts_on = min(opportunity.starts_on or first, first)
    opportunity.ends_on = max(opportunity.ends_on or last, last)


def _write_shifts(opportunity: Opportunity, shifts: list[Times]) -> None:
    Shift.objects.bulk_create(
        Shift(opportunity=opportunity, starts_at=s.starts_at, ends_at=s.ends_at, places=s.places, task=s.task) for s in shifts
    )


@action("volunteering.open", may=roles(*WORKERS, of="opportunity.owner_id"), about="opportunity")
def open_opportunity(*, by: Any, opportunity: Opportunity) -> Opportunity:
    """The office has read it: students may sign up."""
    opportunity = lock(opportunity)
    require_state(opportunity, "draft")
    opportunity.visibility = Visibility.PUBLIC
    move(opportunity, "open")
    return opportunity


@action("volunteering.close", may=RUNNERS, about="opportunity")
def close_opportunity(*, by: Any, opportunity: Opportunity) -> Opportunity:
    """No more sign-ups; those who have a place keep it."""
    opportunity = lock(opportunity)
    move(opportunity, "closed")
    return opportunity


@action("volunteering.reopen", may=RUNNERS, about="opportunity")
def reopen_opportunity(*, by: Any, opportunity: Opportunity) -> Opportunity:
    opportunity = lock(opportunity)
    require_state(opportunity, "closed")
    move(opportunity, "open")
    return opportunity


@action("volunteering.withdraw", may=RUNNERS, about="opportunity")
def withdraw_opportunity(*, by: Any, opportunity: Opportunity) -> Opportunity:
    """It will not take place: every shift to come is called off, and who signed up is told."""
    opportunity = lock(opportunity)
    for shift in opportunity.shifts.filter(called_off=False, starts_at__gt=clock.now()):
        call_off(shift)
    move(opportunity, "withdrawn")
    return opportunity


@action("volunteering.change", may=RUNNERS, about="opportunity")
def change_opportunity(*, by: Any, opportunity: Opportunity, title: Text, summary: Text, plan: Plan) -> Opportunity:
    """Write the text and the conditions anew; who signed up keeps the place."""
    opportunity = lock(opportunity)
    require_state(opportunity, "draft", "open", "closed")
    if not title:
        raise BadInput(Fault("title", _("Say in one sentence what is done.")))
    opportunity.title, opportunity.summary = title, summary
    for name, value in plan.fields().items():
        setattr(opportunity, name, value)
    opportunity.save()
    return opportunity


@action("volunteering.add_shifts", may=RUNNERS, about="opportunity")
def add_shifts(*, by: Any, opportunity: Opportunity, shifts: list[Times]) -> Opportunity:
    opportunity = lock(opportunity)
    require_state(opportunity, "draft", "open", "closed")
    _check(shifts)
    _dates(opportunity, shifts)
    opportunity.save()
    _write_shifts(opportunity, shifts)
    return opportunity


@action("volunteering.move_shift", may=SHIFT_RUNNERS, about="shift")
def move_shift(*, by: Any, shift: Shift, starts_at: dt.datetime, ends_at: dt.datetime, places: int) -> Shift:
    """Another time or another number of places. Who has a place keeps it and is told; the queue moves up into new places."""
    shift = lock(shift)
    _check([Times(starts_at, ends_at, places)])
    if places < shift.taken:
        raise BadInput(
            Fault(
                "places",
                _("%(n)d people have a place already; there can be no fewer places. Ask somebody to step back first.") % {"n": shift.taken},
            )
        )
    moved = (shift.starts_at, shift.ends_at) != (starts_at, ends_at)
    before = moment(shift)
    shift.starts_at, shift.ends_at, shift.places = starts_at, ends_at, places
    shift.version += moved
    shift.save()
    fill_from_queue(shift)
    if moved:
        _tell_all(shift, f"moved:{shift.version}", lambda title: _("Moved: %(title)s") % {"title": title},
                  lambda: _("The shift of %(before)s takes place on %(shift)s. Your place is kept; if the new time does not suit you, step back with one click:")
                  % {"before": before, "shift": moment(shift)})  # fmt: skip
    return shift


@action("volunteering.call_off_shift", may=SHIFT_RUNNERS, about="shift")
def call_off_shift(*, by: Any, shift: Shift) -> Shift:
    """The shift does not take place; who signed up is told, and calendars strike it out."""
    shift = lock(shift)
    return call_off(shift)


def call_off(shift: Shift) -> Shift:
    """Inside an action: strike a shift out and tell who signed up."""
    shift.called_off, shift.version = True, shift.version + 1
    shift.save()
    _tell_all(shift, "called-off", lambda title: _("Called off: %(title)s") % {"title": title},
              lambda: _("The shift of %(shift)s does not take place. Other ways to help:") % {"shift": moment(shift)})  # fmt: skip
    return shift


def _tell_all(shift: Shift, key: str, subject: Any, body: Any) -> None:
    for row in SignUp.objects.filter(shift=shift).select_related("person"):
        write_to(
            row.person,
            shift.opportunity,
            f"shift:{shift.pk}:{key}:{row.pk}",
            lambda title, language: (subject(title), f"{body()}\n{mine_url(language)}"),
        )


@action("volunteering.copy", may=RUNNERS)
def copy_opportunity(*, by: Any, opportunity: Opportunity, first_day: dt.date, invite: bool = False) -> Opportunity:
    """Last year's plan on other days: every shift keeps its distance from the first and its hour on the wall. With `invite` the people
    of then get a letter; nobody is signed up by it."""
    shifts = list(opportunity.shifts.filter(called_off=False))
    if not shifts:
        raise BadInput(Fault("first_day", _("There is no shift to copy.")))
    distance = first_day - shifts[0].local()[0].date()
    made = offer_help_wanted(
        by=by, owner=opportunity.owner, host=opportunity.host, title=opportunity.title, summary=opportunity.summary, unit=opportunity.unit,
        shifts=[Times(_same_hour(s.local()[0], distance), _same_hour(s.local()[1], distance), s.places, s.task) for s in shifts],
        plan=Plan(**{k: (tuple(v) if isinstance(v := getattr(opportunity, k), list) else v) for k in Plan.__dataclass_fields__}),
        student_led=opportunity.student_led, demonstration=opportunity.demonstration, copied_from=opportunity, helps_with=helped_by(opportunity),
    )  # fmt: skip
    if invite:
        _invite_people(opportunity, made)
    return made


def _same_hour(moment: dt.datetime, distance: dt.timedelta) -> dt.datetime:
    """The same hour on the wall so many days later, though the zone may have changed meanwhile."""
    return dt.datetime.combine(moment.date() + distance, moment.time(), moment.tzinfo).astimezone(dt.UTC)


def _invite_people(before: Opportunity, made: Opportunity) -> None:
    def words(title: str, language: str) -> tuple[str, str]:
        body = _("You helped last time. Would you like to again? You are not signed up; whoever wishes signs up here:")
        return _("Again: %(title)s") % {"title": title}, f"{body}\n{opportunity_url(made, language)}"

    rows = SignUp.objects.filter(shift__opportunity=before, came=True).select_related("person").order_by("person")
    for person in {row.person_id: row.person for row in rows}.values():
        write_to(person, made, f"again:{made.pk}:{person.pk}", words)


@action("volunteering.make_desk", may=SHIFT_RUNNERS, about="shift")
def make_desk(*, by: Any, shift: Shift) -> Any:
    """A link for the host's helpers at the door: the list and the changing code of one shift, until two days after it."""
    shift = lock(shift)
    until = max(shift.ends_at, clock.now()) + dt.timedelta(days=2)
    return issue_pass(
        by=Actor.system("desk"), purpose="volunteering.desk", issued_by=shift.opportunity.owner, subject_id=shift.pk, record=shift.opportunity,
        organisation=shift.opportunity.host, language=(translation.get_language() or "en")[:2], single_use=False, expires_at=until,
    )  # fmt: skip
