"""Writing offers down, and deciding of suggested ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed
from tertia.core.actions.policies import WORKERS, WRITERS, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.records.models import Record
from tertia.plan.capacities.models import Match, Offer

__all__ = ["close_offer", "decide_match", "write_offer"]


@action("capacities.write", may=one_of(roles(*WRITERS, of="owner.pk"), roles("office", "leader", "partner", of="organisation.pk")))
def write_offer(
    *, by: Any, owner: Any, organisation: Any, kind: str, title: Text, words: Text | None = None, person: Any = None, contact: str = "", until: dt.date | None = None,
    offer: Offer | None = None,
) -> Offer:  # fmt: skip
    """Something that a unit, a partner or oneself can offer. Of somebody else's expertise nobody writes."""
    faults = [Fault("title", _("Say in one sentence what is offered."))] if not title else []
    if kind not in Offer.Kind.values:
        faults.append(Fault("kind", _("Choose what it is.")))
    if organisation.merged_into_id:
        faults.append(Fault("organisation", _("One of the organisations was merged with another. Choose the one that goes on.")))
    if faults:
        raise BadInput(*faults)
    if person is not None and not by.is_system and by.person_id != person.pk:
        raise NotAllowed("capacities.write")
    works = by.is_system or by.has(owner.pk, *WORKERS) or by.has(organisation.pk, "office", "leader", "partner")
    if person is None and not works:
        raise NotAllowed("capacities.write")
    made = offer or Offer(owner=owner, demonstration=owner.demonstration)
    made.organisation, made.kind, made.title, made.words, made.person, made.contact, made.until = (
        organisation,
        kind,
        title,
        words or Text({}),
        person,
        contact.strip()[:200],
        until,
    )
    made.save()
    return made


@action(
    "capacities.close", may=one_of(roles(*WORKERS, of="offer.owner_id"), itself("offer.person_id"), roles("office", "leader", "partner", of="offer.organisation_id"))
)  # fmt: skip
def close_offer(*, by: Any, offer: Offer, on: dt.date) -> Offer:
    """It is offered no longer."""
    offer = lock(offer)
    offer.closed_on = offer.closed_on or on
    offer.save()
    return offer


@action("capacities.decide", may=roles(*WORKERS, of="record.owner_id"), about="record")
def decide_match(*, by: Any, record: Record, offer: Offer, fits: bool, on: dt.date, reason: Text | None = None) -> Match:
    """A suggestion is taken, or refused; a refused one is not shown again. It may be decided anew."""
    if offer.owner_id != record.owner_id:
        raise BadInput(Fault("offer", _("This offer is another university's.")))
    made = Match.objects.filter(record=record, offer=offer).first() or Match(record=record, offer=offer)
    made.fits, made.reason, made.on = fits, reason or Text({}), on
    made.save()
    return made
