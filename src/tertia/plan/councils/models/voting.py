"""Votes of a meeting: what is voted on, open voices by name, secret ballots that refer to nobody."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.plan.councils.models.meeting import AgendaItem, Invitation


def _number() -> int:
    return secrets.randbelow(2**62)


class Motion(GuardedModel):
    """What is put to the vote under an item. Quorum and numbers are frozen when it is closed."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="motions")
    text = TextField()
    form = models.CharField(max_length=9, choices=[("open", "open"), ("secret", "secret"), ("roll-call", "roll-call")], default="open")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    #: seats that vote and are filled on the day; who of them was there when it was closed; how many are needed (none: no rule)
    seats = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(null=True, blank=True)
    votes_for = models.PositiveIntegerField(default=0)
    votes_against = models.PositiveIntegerField(default=0)
    votes_abstained = models.PositiveIntegerField(default=0)
    #: of them shown by hand or on paper in the room, as the secretary counted
    counted_for = models.PositiveIntegerField(default=0)
    counted_against = models.PositiveIntegerField(default=0)
    counted_abstained = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True)
    by_casting_vote = models.BooleanField(default=False)

    class Meta:
        ordering = ("item_id", "pk")
        constraints = [models.CheckConstraint(condition=Q(closed_at=None) | ~Q(outcome=""), name="motion_closed_has_outcome")]

    @property
    def journal_record_id(self) -> int:
        return self.item.meeting_id

    @property
    def journal_organisation_id(self) -> int:
        return self.item.meeting.owner_id


class Voice(GuardedModel):
    """An open vote by name. Whoever votes again changes it while the vote is open."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="voices")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8)

    class Meta:
        ordering = ("motion_id", "pk")
        constraints = [models.UniqueConstraint(fields=["motion", "invitation"], name="council_voice_once")]

    @property
    def journal_record_id(self) -> int:
        return self.motion.item.meeting_id

    @property
    def journal_organisation_id(self) -> int:
        return self.motion.item.meeting.owner_id


class Cast(GuardedModel):
    """That a seat has voted secretly; not how."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="casts")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "invitation"], name="council_cast_once")]

    @property
    def journal_record_id(self) -> int:
        return self.motion.item.meeting_id


class SecretBallot(GuardedModel):
    """A secret vote. It refers to nobody, and its number is drawn, so that the order of rows says nothing."""

    personal: dict[str, Personal] = {}

    id = models.BigIntegerField(primary_key=True, default=_number)
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="ballots")
    choice = models.CharField(max_length=8)

    @property
    def journal_record_id(self) -> int:
        return self.motion.item.meeting_id
