"""A self-evaluation for an accreditation: criterion, text, evidence, date."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["Criterion", "Evidence", "SelfEvaluation"]


class SelfEvaluation(Record):
    """One accreditation: `due_on` is when it has to be there, `source` whose criteria these are."""

    KIND = "self-evaluation"

    record_ptr = record_part("self_evaluation")
    agency = models.CharField(max_length=200)
    source = models.CharField(max_length=500, blank=True)
    handed_in_on = models.DateField(null=True, blank=True)


class Criterion(OfRecord, GuardedModel):
    part_of = "evaluation"

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.CASCADE, related_name="criteria")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    words = TextField()
    text = TextField()
    written_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("evaluation_id", "place")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "place"], name="criterion_has_its_place"),
            models.UniqueConstraint(fields=["evaluation", "number"], name="criterion_number_once"),
        ]


class Evidence(OfRecord, GuardedModel):
    """A record that shows it, or a document outside in words; `on` is the day of what is shown."""

    part_of = "evaluation"

    evaluation = models.ForeignKey(SelfEvaluation, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="evidence")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("criterion_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "record"], name="evidence_once"),
            models.CheckConstraint(condition=Q(record__isnull=False) | ~Q(words=""), name="evidence_is_something"),
        ]
