"""The journal: what happened, append-only, sealed into a hash chain for each organisation."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, GuardedQuerySet, Personal

__all__ = ["Event", "EventPersonal", "GuardedModel", "GuardedQuerySet", "Personal", "Seal", "SealedEvent"]


class AppendOnly(models.Model):
    """A row that is written once. The database refuses updates too (migration 0003)."""

    personal: dict[str, Personal] = {}

    class Meta:
        abstract = True


class Event(AppendOnly):
    """One action that happened: who, what, when, on which record, before and after; personal payloads lie apart."""

    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=80, db_index=True)
    organisation = models.ForeignKey("parties.Organisation", null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    record = models.ForeignKey("records.Record", null=True, on_delete=models.DO_NOTHING, related_name="events", db_constraint=False)
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    pass_used = models.ForeignKey("access.Pass", null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    #: who acted, in words that name an office or a body, never a private person
    actor = models.CharField(max_length=200)
    changes = models.JSONField(default=list)
    #: salted hash of the personal payload, so that its erasure does not break the chain
    personal_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["record", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class EventPersonal(models.Model):
    """What of an event is personal. May be erased; the event keeps only the salted hash."""

    personal = {"payload": Personal("to show a person what was changed about him", 1825, erased=[])}

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.CASCADE, related_name="payload")
    salt = models.CharField(max_length=32)
    payload = models.JSONField(default=list)


class Seal(AppendOnly):
    """A batch of events of one organisation, chained to the batch before it."""

    organisation = models.ForeignKey("parties.Organisation", null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("organisation_id", "number")
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="seal_once_per_number")]


class SealedEvent(AppendOnly):
    """That an event with this digest lies in this seal. Holds no foreign key to the event: a lost event must be noticed."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("seal_id", "position")
