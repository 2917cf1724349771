"""Asking again, each half year, how far it is with what was accepted; the answers with their words and evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import OwedAnswer
from tertia.plan.conferences.models.resolution import Resolution


class FollowUp(OfRecord, GuardedModel):
    """A round: all bodies that accepted something and have not carried it out are asked how far it is."""

    part_of = "resolution"

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ("resolution_id", "-number")
        constraints = [models.UniqueConstraint(fields=["resolution", "number"], name="follow_up_once")]


class Progress(GuardedModel):
    """What one body said in a round about one recommendation; empty until it does."""

    class State(models.TextChoices):
        NOT_BEGUN = "not-begun"
        UNDERWAY = "underway"
        STOPPED = "stopped"
        DONE = "done"

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="progress")
    owed = models.ForeignKey(OwedAnswer, on_delete=models.CASCADE, related_name="progress")
    state = models.CharField(max_length=10, choices=State.choices, blank=True)
    words = TextField()
    evidence_url = models.URLField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("follow_up_id", "owed_id")
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "owed"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(state="", answered_on=None) | ~Q(state="") & Q(answered_on__isnull=False), name="progress_has_its_date"
            ),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.owed.record_id

    @property
    def journal_organisation_id(self) -> int:
        return self.owed.record.owner_id
