"""Writing an activity down, changing it, repeating it, entering it for somebody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.act.activities.engagement import kinds
from tertia.act.activities.hooks import AFTER_WRITING
from tertia.act.activities.models import Activity
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, WRITERS, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.parties.groups import groups_on
from tertia.core.periods import clock
from tertia.core.periods.months import add_months
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug

__all__ = ["Details", "change_activity", "confirm_entry", "move_activity", "repeat_activity", "say_engagement", "write_activity"]

MOST_REPEATS = 60
#: whoever works for the university, who wrote it, who answers for it
MAY_CHANGE = one_of(roles(*WORKERS, of="activity.owner_id"), itself("activity.author_id"), itself("activity.responsible_id"))


@dataclass(frozen=True)
class Details:
    """What returns ask for beside title, time and place; everything may be left out."""

    engagement: str = ""
    reached: int | None = None
    groups: tuple[str, ...] = ()
    planned_together: bool = False
    staff_days: Decimal | None = None
    learner_days: Decimal | None = None
    paid: bool = False
    outputs: Text = field(default_factory=lambda: Text({}))

    def faults(self, day: dt.date) -> list[Fault]:
        found = []
        if self.engagement and self.engagement not in kinds():
            found.append(Fault("engagement", _("Choose one of the kinds.")))
        if set(self.groups) - {code for code, _words in groups_on(day)}:
            found.append(Fault("groups", _("Choose from the list.")))
        for name in ("staff_days", "learner_days"):
            value = getattr(self, name)
            if value is not None and value < 0:
                found.append(Fault(name, _("Write a number from zero on.")))
        return found

    def put(self, activity: Activity) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            setattr(activity, one.name, list(value) if one.name == "groups" else value)


@action("activities.write", may=roles(*WRITERS, of="owner.pk"))
def write_activity(
    *, by: Any, owner: Any, title: Text, starts_at: dt.datetime, ends_at: dt.datetime, host: Any = None, unit: Any = None,
    summary: Text | None = None, where: str = "", place: Any = None, carries_out: list[Record] | None = None,
    open_to_public: bool = False, held: bool = False, demonstration: bool = False, details: Details | None = None, copied_from: Activity | None = None,
    entered_for: Any = None,
) -> Activity:  # fmt: skip
    """Write an activity down; it carries out one or more measures or serves a need.

    With `entered_for` somebody writes it for another person: it is public and counts only when that person has confirmed it.
    """
    details = details or Details()
    faults = _faults(title, starts_at, ends_at, details)
    if entered_for is not None and entered_for.home_id != owner.pk:
        faults.append(Fault("entered_for", _("This person is not in the list of people of the university.")))
    if faults:
        raise BadInput(*faults)
    waits = entered_for is not None and entered_for.pk != by.person_id
    made = Activity(
        owner=owner, title=title, summary=summary or Text({}), starts_at=starts_at, ends_at=ends_at, host=host, unit=unit,
        where=where, place=place, open_to_public=open_to_public, starts_on=timezone.localdate(starts_at),
        ends_on=timezone.localdate(ends_at), slug=free_slug(owner, "activity", title), visibility=Visibility.OFFICE if waits else Visibility.PUBLIC,
        author=by.person, state="held" if held else "planned", demonstration=demonstration, copied_from=copied_from,
        responsible=entered_for, entered_for=entered_for if waits else None,
    )  # fmt: skip
    details.put(made)
    made.save()
    for record in carries_out or []:
        join(made, {"need": "serves", "project": "of-project"}.get(record.kind, "carries-out"), record)
    for follow in AFTER_WRITING:
        follow(made)
    if waits:
        _ask_to_confirm(made, entered_for)
    return made


def _faults(title: Text, starts_at: dt.datetime, ends_at: dt.datetime, details: Details) -> list[Fault]:
    faults = details.faults(timezone.localdate(starts_at))
    if not title:
        faults.append(Fault("title", _("Say in one sentence what is done.")))
    if ends_at <= starts_at:
        faults.append(Fault("ends_at", _("The activity ends before it begins. Correct the times.")))
    return faults


def _ask_to_confirm(activity: Activity, person: Any) -> None:
    write_letter(
        key=f"entered:{activity.pk}", to=person, organisation=activity.owner, record=activity, subject=gettext_noop("Please confirm: %(title)s"),
        body=gettext_noop("Somebody wrote an activity down for you. It is seen and counted when you have confirmed it: open it in Tertia."),
        values=lambda language: {"title": activity.title.read(language).text},
    )  # fmt: skip


@action("activities.confirm_entry", may=itself("activity.entered_for_id"), about="activity")
def confirm_entry(*, by: Any, activity: Activity, on: dt.date, right: bool = True) -> Activity:
    """The person for whom it was written down says that it is right; or that it is not, and it is called off."""
    activity = lock(activity)
    if activity.entered_for_id is None or activity.confirmed_on is not None:
        raise BadInput(Fault("activity", _("There is nothing to confirm here.")))
    if not right:
        move(activity, "withdrawn")
        return activity
    activity.confirmed_on, activity.visibility = on, Visibility.PUBLIC
    activity.save()
    return activity


@action("activities.change", may=MAY_CHANGE, about="activity")
def change_activity(
    *, by: Any, activity: Activity, title: Text, starts_at: dt.datetime, ends_at: dt.datetime, host: Any = None, unit: Any = None, summary: Text | None = None,
    where: str = "", open_to_public: bool = False, details: Details | None = None,
) -> Activity:  # fmt: skip
    """Correct what was written. Who is the host, and when it was, stay as they are once the host has signed the hours."""
    activity = lock(activity)
    require_state(activity, "planned", "held")
    details = details or Details()
    faults = _faults(title, starts_at, ends_at, details)
    sheet = getattr(activity, "sheet", None)
    if (
        sheet is not None
        and sheet.state == "signed"
        and (host != activity.host or starts_at != activity.starts_at or ends_at != activity.ends_at)
    ):
        faults.append(Fault("host", _("The host has signed the hours of this day; host and times stay as they were signed.")))
    if faults:
        raise BadInput(*faults)
    activity.title, activity.summary, activity.starts_at, activity.ends_at = title, summary or Text({}), starts_at, ends_at
    activity.host, activity.unit, activity.where, activity.open_to_public = host, unit, where, open_to_public
    activity.starts_on, activity.ends_on = timezone.localdate(starts_at), timezone.localdate(ends_at)
    details.put(activity)
    activity.save()
    return activity


@action("activities.move", may=MAY_CHANGE, about="activity")
def move_activity(*, by: Any, activity: Activity, state: str) -> Activity:
    """It took place, or it was called off. What has not begun yet cannot have taken place."""
    activity = lock(activity)
    if state == "held" and activity.starts_at > clock.now():
        raise BadInput(Fault("state", _("It has not begun yet.")))
    move(activity, state)
    return activity


@action("activities.say_engagement", may=MAY_CHANGE, about="activity")
def say_engagement(*, by: Any, activity: Activity, engagement: str) -> Activity:
    """What kind of work with society it is, as the questions found it."""
    if engagement not in kinds():
        raise BadInput(Fault("engagement", _("Choose one of the kinds.")))
    activity = lock(activity)
    activity.engagement = engagement
    activity.save()
    return activity


@action("activities.repeat", may=MAY_CHANGE, about="activity")
def repeat_activity(*, by: Any, activity: Activity, every: str, until: dt.date) -> list[Activity]:
    """A series: the same again each week, each second week or each month until a day, as activities of their own that are planned."""
    if every not in ("week", "fortnight", "month"):
        raise BadInput(Fault("every", _("Choose how often.")))
    days = _days(activity.starts_on, every, until)  # type: ignore[arg-type]
    if not days:
        raise BadInput(Fault("until", _("Until this day there is no further time. Choose a later one.")))
    if len(days) > MOST_REPEATS:
        raise BadInput(
            Fault("until", _("These are %(n)d times; at most %(most)d are written at once.") % {"n": len(days), "most": MOST_REPEATS})
        )
    above = list(Record.objects.filter(links_down__lower=activity, links_down__relation__in=("carries-out", "serves")))
    details = Details(
        engagement=activity.engagement, groups=tuple(activity.groups), planned_together=activity.planned_together, paid=activity.paid
    )
    made = []
    length = activity.ends_at - activity.starts_at
    local = timezone.localtime(activity.starts_at)
    for day in days:
        start = timezone.make_aware(dt.datetime.combine(day, local.time()))
        one = write_activity(
            by=by, owner=activity.owner, title=activity.title, summary=activity.summary, starts_at=start, ends_at=start + length, host=activity.host,
            unit=activity.unit, where=activity.where, place=activity.place, carries_out=above, open_to_public=activity.open_to_public,
            demonstration=activity.demonstration, details=replace(details), held=False,
        )  # fmt: skip
        one.series = activity
        one.save()
        made.append(one)
    return made


def _days(first: dt.date, every: str, until: dt.date) -> list[dt.date]:
    found, turn = [], 1
    while len(found) <= MOST_REPEATS:
        day = add_months(first, turn) if every == "month" else first + dt.timedelta(days=(7 if every == "week" else 14) * turn)
        if day > until:
            break
        found.append(day)
        turn += 1
    return found
