"""Writing down a graduate start-up, finding it at work a year later, its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.startups.models import Startup
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.periods.months import add_months
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug

__all__ = ["change_startup", "confirm_startup", "end_startup", "register_startup", "withdraw_startup"]

MAY = roles(*WORKERS, of="startup.owner_id")


def _faults(title: Text, starts_on: dt.date, graduated_in: int) -> list[Fault]:
    faults = [Fault("title", _("Say what the firm is called."))] if not title else []
    if starts_on > clock.today():
        faults.append(Fault("starts_on", _("The day lies in the future.")))
    if not 1900 <= graduated_in <= starts_on.year:
        faults.append(Fault("graduated_in", _("Founders of a graduate start-up have graduated by the year in which it was registered.")))
    return faults


@action("startups.register", may=roles(*WORKERS, of="owner.pk"))
def register_startup(
    *, by: Any, owner: Any, title: Text, starts_on: dt.date, graduated_in: int, helped_with: Text, summary: Text | None = None, organisation: Any = None,
    unit: Any = None, grew_from: Record | None = None,
) -> Startup:  # fmt: skip
    """A firm that graduates started. `starts_on` is the day of its registration, `helped_with` what the university did for it. Raises BadInput."""
    faults = _faults(title, starts_on, graduated_in)
    if faults:
        raise BadInput(*faults)
    made = Startup(
        owner=owner, title=title, summary=summary or Text({}), starts_on=starts_on, graduated_in=graduated_in, helped_with=helped_with, organisation=organisation,
        unit=unit, responsible=by.person, author=by.person, slug=free_slug(owner, "startup", title), visibility=Visibility.PUBLIC,
        due_on=add_months(starts_on, 12), demonstration=owner.demonstration,
    )  # fmt: skip
    made.save()
    if grew_from is not None:
        join(made, "grew-from", grew_from)
    return made


@action("startups.change", may=MAY, about="startup")
def change_startup(
    *, by: Any, startup: Startup, title: Text, starts_on: dt.date, graduated_in: int, helped_with: Text, summary: Text, organisation: Any = None, unit: Any = None
) -> Startup:  # fmt: skip
    """Correct what was written down. Raises BadInput, WrongState."""
    startup = lock(startup)
    require_state(startup, "founded", "active")
    faults = _faults(title, starts_on, graduated_in)
    if startup.active_on is not None and startup.active_on < add_months(starts_on, 12):
        faults.append(Fault("starts_on", _("It was found at work within a year of that day. Correct one of the two.")))
    if faults:
        raise BadInput(*faults)
    startup.title, startup.starts_on, startup.graduated_in, startup.helped_with = title, starts_on, graduated_in, helped_with
    startup.summary, startup.organisation, startup.unit = summary, organisation, unit
    startup.save()
    return startup


@action("startups.confirm", may=MAY, about="startup")
def confirm_startup(*, by: Any, startup: Startup, how_seen: Text, on: dt.date) -> Startup:
    """Somebody looked, a year or more after it was registered, and found it at work. Raises BadInput, WrongState."""
    startup = lock(startup)
    require_state(startup, "founded")
    faults = [Fault("how_seen", _("Say how it was seen: a tax return, a contract, a visit."))] if not how_seen else []
    if on < startup.year_over_on:
        faults.append(Fault("on", _("Whether it works is looked at a year after it was registered, or later.")))
    if faults:
        raise BadInput(*faults)
    startup.active_on, startup.how_seen, startup.due_on = on, how_seen, None
    move(startup, "active")
    return startup


@action("startups.end", may=MAY, about="startup")
def end_startup(*, by: Any, startup: Startup, ends_on: dt.date) -> Startup:
    """The firm has ended. Raises BadInput, WrongState."""
    startup = lock(startup)
    require_state(startup, "founded", "active")
    if startup.starts_on is not None and ends_on < startup.starts_on:
        raise BadInput(Fault("ends_on", _("The last day is before the first one. Correct one of the two.")))
    startup.ends_on, startup.due_on = ends_on, None
    move(startup, "ended")
    return startup


@action("startups.withdraw", may=MAY, about="startup")
def withdraw_startup(*, by: Any, startup: Startup) -> Startup:
    """It was written down by mistake: it counts nowhere. Raises WrongState."""
    startup = lock(startup)
    require_state(startup, "founded")
    startup.due_on = None
    move(startup, "withdrawn")
    return startup
