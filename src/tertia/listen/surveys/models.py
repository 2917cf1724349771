"""A survey, its answers, and its paper sheets. Nobody's answers are joined to a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Survey(Record):
    """Questions to many. How those asked were found decides what may be said of the result."""

    KIND = "survey"

    record_ptr = record_part("survey")

    class Sampling(models.TextChoices):
        OPEN = "open"
        RANDOM = "random"
        ALL = "all"

    questions = models.JSONField()
    sampling = models.CharField(max_length=8, choices=Sampling.choices, default=Sampling.OPEN)
    sampling_notes = TextField()
    asked = models.PositiveIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    #: the question (from 0) whose groups have known shares, and these: option → share
    weight_question = models.PositiveSmallIntegerField(null=True, blank=True)
    weight_shares = models.JSONField(default=dict, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    #: paper sheets printed so far
    sheets = models.PositiveIntegerField(default=0)


class Response(GuardedModel):
    """One set of answers: question (from 0) → codes or words. From a device (`key`, a keyed hash) or from a sheet (`sheet`, its code)."""

    personal = {"key": Personal("to count each device once", 730)}

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    answers = models.JSONField()
    key = models.CharField(max_length=32, blank=True)
    sheet = models.CharField(max_length=8, blank=True)
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "key"], condition=~Q(key=""), name="response_once_each_device"),
            models.UniqueConstraint(fields=["survey", "sheet"], condition=~Q(sheet=""), name="response_once_each_sheet"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.survey_id

    @property
    def journal_organisation_id(self) -> int:
        return self.survey.owner_id
