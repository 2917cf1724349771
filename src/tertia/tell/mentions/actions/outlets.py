"""Which outlets are followed, and what their feeds brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles, system
from tertia.core.messages.calls import refusal_of
from tertia.core.records.slugs import words_of
from tertia.tell.mentions.models import Mention, Outlet
from tertia.tell.mentions.pieces import Known, New, write_mention

__all__ = ["add_outlet", "change_outlet", "note_reading", "take_in"]

MAY = roles(*OFFICE, of="outlet.owner_id")
FIELDS = ("name", "kind", "organisation", "place", "website", "language", "reach", "reach_source", "feed", "words", "everything")
#: minutes until a feed is read again; after failures twice as long each time, a day at most
EVERY, LONGEST = 30, 24 * 60


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    faults = []
    if not str(given.get("name", "")).strip():
        faults.append(Fault("name", _("Write the outlet's name.")))
    if given.get("reach") is not None and not str(given.get("reach_source", "")).strip():
        faults.append(Fault("reach_source", _("Say who counted the reach and when, or leave both empty.")))
    if given.get("feed") and refusal_of(given["feed"]) in ("scheme", "inner"):
        faults.append(Fault("feed", _("A feed's address begins with https:// and leads to a server on the public net.")))
    if unknown := set(given) - set(FIELDS):
        raise TypeError(f"no fields of an outlet: {sorted(unknown)}")
    if faults:
        raise BadInput(*faults)
    return given


def _slug(owner: Any, name: str) -> str:
    base = slugify("-".join(words_of(name)[:6]))[:70] or "outlet"
    taken = set(Outlet.objects.filter(owner=owner, slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


@action("mentions.add_outlet", may=roles(*OFFICE, of="owner.pk"))
def add_outlet(*, by: Any, owner: Any, demonstration: bool = False, **given: Any) -> Outlet:
    """An outlet to follow; with a feed it is read from the next minute on."""
    made = Outlet(owner=owner, slug=_slug(owner, given.get("name", "")), demonstration=demonstration, **_checked(given))
    made.name = made.name.strip()[:200]
    made.save()
    return made


@action("mentions.change_outlet", may=MAY, about="outlet")
def change_outlet(*, by: Any, outlet: Outlet, **given: Any) -> Outlet:
    """A changed feed is read anew at once."""
    outlet = lock(outlet)
    moved = given.get("feed", outlet.feed) != outlet.feed
    for name, value in _checked({"name": outlet.name, "reach_source": outlet.reach_source, **given}).items():
        setattr(outlet, name, value)
    if moved:
        outlet.mark, outlet.trouble, outlet.failures, outlet.next_at = "", "", 0, None
    outlet.save()
    return outlet


@action("mentions.note_reading", may=system, about="outlet")
def note_reading(*, by: Any, outlet: Outlet, now: dt.datetime, trouble: str = "", mark: str = "") -> Outlet:
    """How a reading went. One that fails is tried again after a pause that grows; it never stops for good."""
    outlet = lock(outlet)
    outlet.failures = min(outlet.failures + 1, 60) if trouble else 0
    outlet.trouble, outlet.read_at = trouble, now
    outlet.next_at = now + dt.timedelta(minutes=min(LONGEST, EVERY * 2 ** min(outlet.failures, 10)))
    if not trouble:
        outlet.mark = mark[:300]
    outlet.save()
    return outlet


@action("mentions.take_in", may=system, about="outlet")
def take_in(*, by: Any, outlet: Outlet, pieces: Sequence[New]) -> list[Mention]:
    """Pieces of a feed, each once however often it is read; each waits for a person to say that it is about us."""
    known = Known(outlet.owner, [p.on for p in pieces])
    return [made for piece in pieces if (made := write_mention(outlet, piece, "feed", known, state="found")) is not None]
