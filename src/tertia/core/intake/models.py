"""A list that was sent in, and what each of its lines did."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal

__all__ = ["IntakeMade", "IntakeRow", "IntakeRun"]

KEPT = dt.timedelta(days=30)


class IntakeRun(GuardedModel):
    """A list on its way: looked through, taken in line by line, or undone. The same file again is the same run."""

    class State(models.TextChoices):
        CHECKING = "checking"
        CHECKED = "checked"
        UNREADABLE = "unreadable"
        TAKING = "taking"
        TAKEN = "taken"
        UNDOING = "undoing"
        UNDONE = "undone"

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="intakes")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2, default="kk")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    sent_at = models.DateTimeField()
    #: lines, and what they would do or did
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    #: lines that are wrong, and the first of their faults as [line, where, sentence]
    faulty = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    #: identities (64 bits of a hash) of which two lines say different things; none of them is taken in
    torn = models.JSONField(default=list)
    done_lines = models.PositiveIntegerField(default=0)
    #: the line up to which it is taken in
    upto = models.PositiveIntegerField(default=0)
    #: of what was undone: lines that stay, because somebody has built on them
    stay = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "digest"], name="same_list_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id

    @property
    def file(self) -> Path:
        return Path(settings.HOME) / "intake" / f"{self.organisation_id}-{self.kind}-{self.digest}"


class IntakeMade(GuardedModel):
    """What the new lines of one batch made, as [line, person, {model: id}], for as long as it can be undone. It says nothing of anybody."""

    run = models.ForeignKey(IntakeRun, on_delete=models.CASCADE, related_name="batches")
    upto = models.PositiveIntegerField()
    made = models.JSONField()

    class Meta:
        ordering = ("run", "upto")

    @property
    def journal_organisation_id(self) -> int:
        return self.run.organisation_id


class IntakeRow(GuardedModel):
    """What one line changed, for as long as it can be undone."""

    personal = {
        "before": Personal("to undo a list that was taken in", 30, erased={}),
        "after": Personal("to undo a list that was taken in", 30, erased={}),
    }
    person_path = "person"

    run = models.ForeignKey(IntakeRun, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    made = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("run", "line")
        indexes = [models.Index(fields=["run", "line"])]

    @property
    def journal_organisation_id(self) -> int:
        return self.run.organisation_id
