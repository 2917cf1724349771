"""What was decided, by whom it is done and by when, how it stood at later meetings; the minutes in their versions."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part
from tertia.plan.councils.models.council import Council
from tertia.plan.councils.models.meeting import AgendaItem, Meeting
from tertia.plan.councils.models.voting import Motion


class Decision(Record):
    """A decision with who does it and by when; it comes back at the next meeting until it is done or dropped."""

    KIND = "decision"

    record_ptr = record_part("decision")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    motion = models.ForeignKey(Motion, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    #: a body outside that is asked; inside, the record's `responsible` does it
    body = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="council_decisions")
    #: by what one sees that it is done
    proof = TextField()
    report = TextField()
    done_on = models.DateField(null=True, blank=True)
    #: an act that needs no doing, such as an approval
    at_once = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["council", "done_on"])]


class Review(GuardedModel):
    """How a decision stood when a later meeting looked at it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reviews")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="reviews")
    words = TextField()
    #: done, goes on, extended, dropped; empty until it was dealt with
    outcome = models.CharField(max_length=8, blank=True)
    due_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("item_id", "pk")
        constraints = [models.UniqueConstraint(fields=["decision", "item"], name="review_once")]

    @property
    def journal_record_id(self) -> int:
        return self.decision_id

    @property
    def journal_organisation_id(self) -> int:
        return self.decision.owner_id


class MinutesVersion(OfRecord, GuardedModel):
    """Minutes as they were approved: frozen in three languages, with a digest. A correction is a new version with its reason."""

    part_of = "meeting"

    personal = {"approved_by": Personal("to say who signed the minutes", 3650)}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    #: language → blocks
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    approved_on = models.DateField()
    approved_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("meeting_id", "number")
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once")]
