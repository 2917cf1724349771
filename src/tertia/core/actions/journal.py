"""Writing events, sealing them into a hash chain, and finding any tampering.

The digest of an event is SHA-256 over its canonical JSON (sorted keys, no spaces, UTF-8). Personal payloads enter
only as a salted hash, so they can be erased. A seal's digest covers the seal before it (a linear hash chain).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tertia.core.checks.canonical import canonical
from tertia.core.checks.report import Problem
from tertia.core.periods import clock

if TYPE_CHECKING:
    from tertia.core.actions.action import Acting
    from tertia.core.actions.guard import OpenAction
    from tertia.core.actions.models import Event

__all__ = ["Problem", "seal", "verify", "write"]


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def personal_digest(salt: str, payload: Any) -> str:
    return _sha(salt.encode() + canonical(payload))


def digest_of(event: Event) -> str:
    return _sha(
        canonical(
            {
                "at": event.at.astimezone(dt.UTC).isoformat(),
                "action": event.action,
                "organisation": event.organisation_id,
                "record": event.record_id,
                "person": event.person_id,
                "pass": event.pass_used_id,
                "actor": event.actor,
                "changes": event.changes,
                "personal": event.personal_digest,
            }
        )
    )


def write(opened: OpenAction, *, by: Acting, subject: Any, traceless: bool) -> None:
    """Write the event of an action that has run. An action that changed nothing leaves no event."""
    from tertia.core.actions.models import Event, EventPersonal  # app start: models load after this module

    if not opened.changes and not opened.personal:
        return
    personal = [] if traceless else opened.personal
    salt = secrets.token_hex(16) if personal else ""
    event = Event(
        at=clock.now(),
        action=opened.name,
        organisation_id=getattr(subject, "journal_organisation_id", None),
        record_id=getattr(subject, "journal_record_id", None),
        person_id=None if traceless else by.person_id,
        pass_used_id=None if traceless else by.pass_id,
        actor="" if traceless else by.label[:200],
        changes=[] if traceless else opened.changes,
        personal_digest=personal_digest(salt, personal) if personal else "",
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    if personal:
        EventPersonal.objects.create(event=event, salt=salt, payload=personal)


def seal(batch: int = 1000) -> int:
    """Seal waiting events, one batch for each organisation. Returns how many were sealed. Safe to stop and to repeat."""
    from tertia.core.actions.models import Event, Seal, SealedEvent  # app start

    sealed = 0
    with transaction.atomic():
        waiting = Event.objects.exclude(pk__in=SealedEvent.objects.values("event_id")).order_by("id")
        organisations = list(waiting.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())
        for organisation_id in organisations:
            events = list(waiting.filter(organisation_id=organisation_id)[:batch])
            last = Seal.objects.filter(organisation_id=organisation_id).order_by("-number").first()
            number, previous = (last.number + 1, last.digest) if last else (1, "")
            root = _sha("".join(event.digest for event in events).encode())
            link = _sha(f"{organisation_id}|{number}|{previous}|{root}".encode())
            made = Seal.objects.create(
                organisation_id=organisation_id, number=number, at=clock.now(), previous=previous, root=root, digest=link
            )
            SealedEvent.objects.bulk_create(
                SealedEvent(seal=made, position=i, event_id=e.pk, digest=e.digest) for i, e in enumerate(events)
            )
            sealed += len(events)
    return sealed


def verify() -> Iterator[Problem]:
    """Every place where the journal was changed after the fact: altered or lost events, broken or lost seals."""
    from tertia.core.actions.models import Event, EventPersonal, Seal  # app start

    for event in Event.objects.order_by("id").iterator(chunk_size=2000):
        if digest_of(event) != event.digest:
            yield Problem("event-altered", f"event {event.pk}", "This event is not what was written.")
    for payload in EventPersonal.objects.select_related("event").exclude(payload=[]).iterator(chunk_size=2000):
        if personal_digest(payload.salt, payload.payload) != payload.event.personal_digest:
            yield Problem("payload-altered", f"event {payload.pk}", "The personal part of this event was changed.")
    chains: dict[int | None, tuple[int, str]] = {}
    for made in Seal.objects.order_by("organisation_id", "number").iterator():
        yield from _verify_seal(made, chains)


def _verify_seal(made: Any, chains: dict[int | None, tuple[int, str]]) -> Iterator[Problem]:
    from tertia.core.actions.models import Event  # app start

    where = f"seal {made.organisation_id or 'site'}/{made.number}"
    number, previous = chains.get(made.organisation_id, (0, ""))
    if made.number != number + 1 or made.previous != previous:
        yield Problem("chain-broken", where, "A seal before this one is missing or was replaced.")
    entries = list(made.entries.order_by("position"))
    now = dict(Event.objects.filter(pk__in=[e.event_id for e in entries]).values_list("pk", "digest"))
    for entry in entries:
        if entry.event_id not in now:
            yield Problem("event-lost", f"event {entry.event_id}", "A sealed event is no longer there.")
        elif now[entry.event_id] != entry.digest:
            yield Problem("event-replaced", f"event {entry.event_id}", "A sealed event has another digest than when it was sealed.")
    root = _sha("".join(entry.digest for entry in entries).encode())
    if root != made.root or made.digest != _sha(f"{made.organisation_id}|{made.number}|{made.previous}|{made.root}".encode()):
        yield Problem("seal-altered", where, "The digest of this seal does not fit its events.")
    chains[made.organisation_id] = (made.number, made.digest)
