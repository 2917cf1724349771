"""A self-assessment: what records propose, what assessors judge, the dialogue in which outsiders took part, what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["PURPOSE", "Assessment", "Assessor", "Cell", "Dialogue", "Judgement"]


#: what an assessor's link is for
PURPOSE = "involvement.judge"


class Assessment(Record):
    """One framework applied to one period of a university."""

    KIND = "assessment"

    record_ptr = record_part("assessment")
    framework = models.CharField(max_length=40)
    framework_version = models.CharField(max_length=20)
    period = models.CharField(max_length=10)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(framework=""), name="assessment_has_a_framework")]


class _Part(GuardedModel):
    class Meta:
        abstract = True

    @property
    def journal_record_id(self) -> int:
        return self.assessment_id

    @property
    def journal_organisation_id(self) -> int:
        return self.assessment.owner_id


class Assessor(_Part):
    """Who judges: somebody of the university, or an outsider by a link without an account."""

    personal = {"name": Personal("to say who judged, to the office only", 1825)}

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assessors")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    #: for whom the person speaks: the body, a student, a teacher …
    speaks_for = models.CharField(max_length=200, blank=True)
    outsider = models.BooleanField(default=False)
    link = models.ForeignKey("access.Pass", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    judged_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="assessor_once")]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return PURPOSE, self.pk


class Judgement(_Part):
    """The level that one assessor gives one cell; shown without the name."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="judgements")
    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="judgements")
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessor", "row", "column"], name="judgement_once_per_cell")]


class Dialogue(_Part):
    """The talk in which levels are decided: when, who was there, what was said. Without somebody from outside nothing is decided."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="dialogues")
    held_on = models.DateField()
    insiders = models.PositiveSmallIntegerField()
    outsiders = models.PositiveSmallIntegerField()
    #: the bodies from outside that were there, as they were named
    present = models.TextField()
    minutes = TextField()

    class Meta:
        ordering = ("held_on", "pk")
        constraints = [models.CheckConstraint(condition=Q(outsiders__gte=1), name="dialogue_has_outsiders")]


class Cell(_Part):
    """One cell: the level that records propose with their figures, and the level that was decided with the reason where they differ."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="cells")
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    proposed = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.JSONField(default=list)
    decided = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = TextField()
    dialogue = models.ForeignKey(Dialogue, null=True, blank=True, on_delete=models.RESTRICT, related_name="cells")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "row", "column"], name="cell_once"),
            models.CheckConstraint(condition=Q(decided=None) | Q(dialogue__isnull=False), name="cell_decided_in_a_dialogue"),
        ]
