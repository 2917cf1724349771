"""What was not published, by which rule, with which reasons, and what came of the appeal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField


class Ruling(GuardedModel):
    """One decision not to publish something (`what`: a declared word, `subject_id`: its row), reasoned and open to one appeal."""

    personal = {"author_key": Personal("to show the author without an account what became of his words", 365)}

    class Appeal(models.TextChoices):
        NONE = "none"
        ASKED = "asked"
        KEPT = "kept"
        REVERSED = "reversed"

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="rulings")
    what = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    rule = models.CharField(max_length=24)
    words = TextField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: whose words they were: a person with an account, or a voice without one
    author = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author_key = models.CharField(max_length=32, blank=True)
    appeal = models.CharField(max_length=10, choices=Appeal.choices, default=Appeal.NONE)
    appeal_words = TextField()
    appealed_on = models.DateField(null=True, blank=True)
    appeal_answer = TextField()
    appeal_decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-decided_on", "-pk")
        indexes = [models.Index(fields=["what", "subject_id"]), models.Index(fields=["appeal"])]
        constraints = [
            models.CheckConstraint(condition=Q(appeal="none") | Q(appealed_on__isnull=False), name="ruling_appeal_has_its_date"),
            models.CheckConstraint(
                condition=Q(appeal__in=["none", "asked"]) | Q(appeal_decided_on__isnull=False), name="ruling_answer_has_its_date"
            ),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.record_id

    @property
    def journal_organisation_id(self) -> int:
        return self.record.owner_id
