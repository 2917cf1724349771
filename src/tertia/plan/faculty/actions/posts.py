"""Who works in which post; the norms that the university sets for itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import roles
from tertia.core.parties.models import Person
from tertia.plan.faculty.models import Norm, Post
from tertia.plan.faculty.vocabulary import WHOLE, YEAR, functions, positions

__all__ = ["end_post", "fill_post", "set_norm"]

#: whoever keeps the list of staff
STAFFING = ("administrator", "office", "leader")


@action("faculty.fill_post", may=roles(*STAFFING, of="organisation.pk"))
def fill_post(
    *, by: Any, organisation: Any, person: Person, position: str, rate: Decimal, starts_on: dt.date, unit: Any = None, chair: Any = None,
    ends_on: dt.date | None = None,
) -> Post:  # fmt: skip
    """Somebody of the university works in a position. All posts of one person at one time are at most two full ones."""
    faults = [] if position in positions() else [Fault("position", _("Choose the position."))]
    if person.home_id != organisation.pk:
        faults.append(Fault("person", _("This person does not belong to your university.")))
    if not 0 < rate <= 2:
        faults.append(Fault("rate", _("A rate lies above 0 and is at most 2; 1 is a full post.")))
    if ends_on and ends_on < starts_on:
        faults.append(Fault("ends_on", _("The last day lies before the first one.")))
    if chair is not None and chair.parent_id not in (organisation.pk, unit.pk if unit else None):
        faults.append(Fault("chair", _("This chair belongs to another faculty.")))
    if faults:
        raise BadInput(*faults)
    made = Post(
        organisation=organisation, person=person, position=position, rate=rate, unit=unit, chair=chair, starts_on=starts_on, ends_on=ends_on
    )
    made.save()
    return made


@action("faculty.end_post", may=roles(*STAFFING, of="post.organisation_id"), about="post")
def end_post(*, by: Any, post: Post, on: dt.date) -> Post:
    if post.ends_on is not None and post.ends_on <= on:
        raise WrongState(post, "ended", ("held",))
    if on < post.starts_on:
        raise BadInput(Fault("on", _("The last day lies before the first one.")))
    post.ends_on = on
    post.save()
    return post


@action("faculty.set_norm", may=roles("office", "leader", of="organisation.pk"))
def set_norm(
    *, by: Any, organisation: Any, function: str, valid_from: dt.date, source: str, each: Decimal | None = None, fewest: Decimal | None = None,
    most: Decimal | None = None,
) -> Norm:  # fmt: skip
    """A norm from a day on. What was agreed under the one before stays as it was agreed."""
    faults = []
    if function not in (WHOLE, YEAR) and function not in functions():
        faults.append(Fault("function", _("Choose for what the norm is.")))
    if not source.strip():
        faults.append(Fault("source", _("Say where the norm stands: the decision of the academic council with its day.")))
    if each is None and fewest is None and most is None:
        faults.append(Fault("most", _("Write at least one number.")))
    if any(n is not None and n < 0 for n in (each, fewest, most)):
        faults.append(Fault("most", _("Hours are not below zero.")))
    if fewest is not None and most is not None and fewest > most:
        faults.append(Fault("fewest", _("The fewest hours are more than the most.")))
    if each is not None and function in (WHOLE, YEAR):
        faults.append(Fault("each", _("Hours for one belong to a function.")))
    if Norm.objects.filter(organisation=organisation, function=function, valid_from=valid_from).exists():
        faults.append(Fault("valid_from", _("There is a norm for this from the same day already.")))
    if faults:
        raise BadInput(*faults)
    made = Norm(
        organisation=organisation,
        function=function,
        valid_from=valid_from,
        source=source.strip()[:300],
        each=each,
        fewest=fewest,
        most=most,
    )
    made.save()
    return made
