"""What units, people and partners can offer, and what was decided of offers that were suggested for a need."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.languages.text import all_words
from tertia.core.records.models import Record


class Offer(GuardedModel):
    """Something that a unit, a partner or a person can do for others: expertise, a laboratory, a hall, a course, helping hands."""

    class Kind(models.TextChoices):
        EXPERTISE = "expertise"
        COURSE = "course"
        LABORATORY = "laboratory"
        PREMISES = "premises"
        EQUIPMENT = "equipment"
        DATA = "data"
        PEOPLE = "people"
        SERVICE = "service"

    personal = {"contact": Personal("to reach whoever offers it", 730)}
    person_path = "person"

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="offered")
    #: whose expertise it is; only that person writes it down
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = TextField()
    words = TextField()
    contact = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["owner", "closed_on"])]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id

    @property
    def said(self) -> str:
        """What it is found by."""
        return all_words(self.title, self.words)


class Match(OfRecord, GuardedModel):
    """What somebody decided of an offer that was suggested for a need or a measure: it fits, or it does not, because."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="matches")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="matches")
    fits = models.BooleanField()
    reason = TextField()
    on = models.DateField()

    class Meta:
        ordering = ("record", "-on")
        constraints = [models.UniqueConstraint(fields=["record", "offer"], name="match_once")]


class OfferMeaning(models.Model):
    """The vector of an offer's words (384 half-precision numbers), so that near needs are found at once; made again at any time."""

    personal: dict[str, Personal] = {}

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.CASCADE, related_name="meaning")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=16)
    vector = models.BinaryField()
