"""Joint projects: several equal leaders, what each puts in, stages, a log that is public, a change that others confirm."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Project(Record):
    """What several bodies do together until something has changed. It runs when every leader has agreed."""

    KIND = "project"

    record_ptr = record_part("project")
    #: what shall be different, and how that is seen; said before it begins
    expected = TextField()
    how_seen = TextField()
    result = TextField()
    result_on = models.DateField(null=True, blank=True)
    #: when those concerned are asked again whether it lasts
    again_on = models.DateField(null=True, blank=True)


class _OfProject(OfRecord, GuardedModel):
    part_of = "project"

    project = models.ForeignKey(Project, on_delete=models.CASCADE)

    class Meta:
        abstract = True


class ProjectParty(_OfProject):
    """A body in the project: whether it leads, what it puts in, and since when it has agreed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="project_parties")
    leads = models.BooleanField(default=False)
    contributes = TextField()
    asked_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("project", "-leads", "pk")
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="project_party_once")]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("projects.join", self.pk)


class Stage(_OfProject):
    """One stage: what will be there, by when, who answers for it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="stages")
    title = TextField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("project", "due_on", "pk")


class LogEntry(_OfProject):
    """What happened, in the words of one of the bodies; everybody reads it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="log")
    on = models.DateField()
    words = TextField()
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("project", "-on", "-pk")


class Confirmation(_OfProject):
    """Whether the result is there, said by those who asked for it; and once more after a time."""

    class Says(models.TextChoices):
        YES = "yes"
        PARTLY = "partly"
        NO = "no"

    personal = {"person_words": Personal("to keep what somebody concerned said", 1825)}

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="confirmations")
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    again = models.BooleanField(default=False)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    says = models.CharField(max_length=8, choices=Says.choices, blank=True)
    person_words = TextField()

    class Meta:
        ordering = ("project", "again", "pk")
        constraints = [models.CheckConstraint(condition=Q(answered_on=None) | ~Q(says=""), name="confirmation_says_something")]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("projects.confirm", self.pk)
