"""The resolution, its recommendations, the vote on it, and to whom it is sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part
from tertia.plan.conferences.models.programme import Conference, Registration


class Resolution(Record):
    """A resolution. After adoption its text is frozen: number, day, votes and SHA-256 stand."""

    KIND = "resolution"

    record_ptr = record_part("resolution")
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions")
    adopting_body = TextField()
    adopted_on = models.DateField(null=True, blank=True)
    source_text = models.TextField(blank=True)
    source_language = models.CharField(max_length=2, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    vote_open = models.BooleanField(default=False)
    votes_for = models.PositiveIntegerField(null=True, blank=True)
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(null=True, blank=True)
    voters = models.PositiveIntegerField(null=True, blank=True)
    sending_note = TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(adopted_on=None) | ~Q(sha256=""), name="resolution_adopted_is_hashed"),
        ]


class Recommendation(Record):
    """One recommendation of a resolution, word for word; `parent` is the recommendation under which it stands."""

    KIND = "recommendation"

    record_ptr = record_part("recommendation")
    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="recommendations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    group = models.PositiveSmallIntegerField(default=1)
    group_lead_in = TextField()
    marker = models.CharField(max_length=20, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    short = TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "position"], name="recommendation_once_per_position")]


class Addressee(GuardedModel):
    """To whom a group is addressed, as the text names it. A class (`universities`) is expanded by a person into named bodies."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="addressees")
    #: as printed in the resolution
    printed = TextField()
    position = models.PositiveSmallIntegerField(default=0)
    #: the groups of recommendations addressed to it; empty: the whole text was sent to it, nothing is asked by name
    groups = models.JSONField(default=list, blank=True)
    is_class = models.BooleanField(default=False)
    bodies = models.ManyToManyField("parties.Organisation", through="Dispatch", related_name="addressed")

    class Meta:
        ordering = ("resolution", "position")
        constraints = [models.UniqueConstraint(fields=["resolution", "position"], name="addressee_once_per_position")]

    def __str__(self) -> str:
        return str(self.printed)

    @property
    def journal_record_id(self) -> int:
        return self.resolution_id

    @property
    def journal_organisation_id(self) -> int:
        return self.resolution.owner_id


class Dispatch(GuardedModel):
    """The letter to one named body."""

    personal = {"sent_to": Personal("to deliver the letter and to ask again", 1825)}

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="dispatches")
    body = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="dispatches")
    language = models.CharField(max_length=2, default="ru")
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    sent_to = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=40, blank=True)
    letter = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    link = models.ForeignKey("access.Pass", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("addressee", "pk")
        constraints = [
            models.UniqueConstraint(fields=["addressee", "body"], name="dispatch_once"),
            models.CheckConstraint(condition=Q(due_on=None) | Q(sent_on__isnull=False), name="dispatch_due_needs_sending"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.addressee.resolution_id

    @property
    def journal_organisation_id(self) -> int:
        return self.addressee.resolution.owner_id

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("conferences.answer", self.pk)


class Ballot(GuardedModel):
    """One registered voter's vote on a resolution. It is shown to nobody; only the counts are."""

    class Choice(models.TextChoices):
        FOR = "for"
        AGAINST = "against"
        ABSTAIN = "abstain"

    personal = {"choice": Personal("to count the vote; erased when the resolution is adopted or rejected", 0, erased="abstain")}

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="ballots")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "registration"], name="ballot_once")]


class MinorityStatement(GuardedModel):
    """What those who dissented want to be read beside the resolution."""

    resolution = models.OneToOneField(Resolution, on_delete=models.CASCADE, related_name="minority_statement")
    text = TextField()
    dissenters = models.PositiveIntegerField()
    share = models.DecimalField(max_digits=5, decimal_places=4)

    @property
    def journal_record_id(self) -> int:
        return self.resolution_id
