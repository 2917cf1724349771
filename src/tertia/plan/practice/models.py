"""The library of practice: what others did, by what it is shown, under which licence, and whether it fits us."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Practice(Record):
    """Experience of another university, city or country: who did what, what came of it, and where that is shown."""

    KIND = "practice"

    record_ptr = record_part("practice")
    who = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    #: what came of it, as the source says
    came_of_it = TextField()
    evidence_url = models.URLField()
    evidence_words = models.CharField(max_length=300)
    licence = models.CharField(max_length=100)


class Fit(GuardedModel):
    """Whether a practice fits us, in the words of somebody who works here. Several may judge; they may differ."""

    class Verdict(models.TextChoices):
        YES = "yes"
        CHANGED = "changed"
        NO = "no"

    person_path = "person"

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="fits")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = TextField()
    on = models.DateField()

    class Meta:
        ordering = ("practice", "-on", "-pk")
        constraints = [models.UniqueConstraint(fields=["practice", "person"], name="fit_once")]

    @property
    def journal_record_id(self) -> int:
        return self.practice_id

    @property
    def journal_organisation_id(self) -> int:
        return self.organisation_id
