"""Decisions about people in which the third mission counted, with the records that are their grounds; training of staff."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField


class Recognition(GuardedModel):
    """A decision of personnel: promotion, contract, attestation, award. Whether the third mission counted is said by its grounds."""

    person_path = "person"
    personal = {"words": Personal("to say what was decided about somebody", 3650), "source": Personal("to find the paper again", 3650)}

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="recognitions")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    decided_on = models.DateField()
    #: number and day of the order
    source = models.CharField(max_length=300)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-decided_on", "-pk")

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id


class Ground(GuardedModel):
    """A record of the person's own confirmed work that a decision names as its ground."""

    person_path = "recognition__person"

    recognition = models.ForeignKey(Recognition, on_delete=models.CASCADE, related_name="grounds")
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering = ("recognition_id", "pk")
        constraints = [models.UniqueConstraint(fields=["recognition", "record"], name="ground_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.recognition.organisation_id


class Training(GuardedModel):
    """A training of staff in working with communities: who held it, when it ended, how long it was."""

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="trainings")
    title = TextField()
    held_by = models.CharField(max_length=200)
    ended_on = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering = ("-ended_on", "-pk")
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="training_has_hours")]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id


class TrainingPart(GuardedModel):
    """That somebody finished it; until the office confirms it, only the person says so."""

    person_path = "person"
    personal = {"paper": Personal("number of the certificate, to check it", 1825)}

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="trainings")
    unit = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=100, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    #: until when it counts, by the rule of the day on which it was confirmed
    counts_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("training_id", "pk")
        constraints = [models.UniqueConstraint(fields=["training", "person"], name="training_part_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.training.organisation_id
