"""Whether one's name may stand in files that leave the university: one's own word, to be taken back at any time."""

from __future__ import annotations

from typing import Any

from tertia.act.volunteering.models import Listing
from tertia.core.actions.action import action
from tertia.core.actions.policies import itself
from tertia.core.periods import clock

__all__ = ["allow_listing"]


@action("volunteering.allow_listing", may=itself("person.pk"), about="person", traceless=True)
def allow_listing(*, by: Any, person: Any, allowed: bool) -> Any:
    """Say yes or no; a no leaves no trace."""
    there = Listing.objects.filter(person=person).first()
    if allowed and there is None:
        Listing(person=person, agreed_on=clock.today()).save()
    elif not allowed and there is not None:
        there.delete()
    return person
