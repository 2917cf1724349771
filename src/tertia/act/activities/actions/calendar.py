"""Private addresses for calendar programs."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.activities.models import CalendarLink
from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import itself
from tertia.core.periods import clock

__all__ = ["make_calendar_link", "revoke_calendar_link"]


@action("activities.make_calendar_link", may=itself("person.pk"))
def make_calendar_link(*, by: Any, person: Any, of: str, unit: Any = None) -> CalendarLink:
    """A new private address: my own activities and shifts, a unit's, or all that I may see."""
    if of not in CalendarLink.Of.values or (of == "unit") != (unit is not None):
        raise BadInput(Fault("of", _("Choose whose calendar it is.")))
    if CalendarLink.objects.filter(person=person, revoked_at=None).count() >= 10:
        raise BadInput(Fault("of", _("You have ten addresses already. Take one back first.")))
    made = CalendarLink(person=person, of=of, unit=unit, nonce=secrets.token_hex(16), made_at=clock.now())
    made.save()
    return made


@action("activities.revoke_calendar_link", may=itself("link.person_id"))
def revoke_calendar_link(*, by: Any, link: CalendarLink) -> CalendarLink:
    """From now on the address opens nothing."""
    link.revoked_at = link.revoked_at or clock.now()
    link.save()
    return link
