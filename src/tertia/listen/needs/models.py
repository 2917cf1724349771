"""What the region needs, in the words of those who say so."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part
from tertia.listen.needs.priority_models import PriorityJudgement, PriorityRound

__all__ = ["Need", "NeedMeaning", "PriorityJudgement", "PriorityRound", "Support"]


class Need(Record):
    """A need or a problem that somebody raised. The asker is the record's author or an organisation."""

    KIND = "need"
    personal = {"network": Personal("to see whether one network sends very many", 30)}

    record_ptr = record_part("need")

    class Asker(models.TextChoices):
        CITIZEN = "citizen"
        AKIMAT = "akimat"
        PARTNER = "partner"
        UNIT = "unit"

    asker = models.CharField(max_length=10, choices=Asker.choices, default=Asker.CITIZEN)
    asked_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    topic = models.CharField(max_length=16, blank=True)
    #: codes of social groups, as they were in force on the day
    groups = models.JSONField(default=list, blank=True)
    concerned = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    raised_on = models.DateField()
    #: the public body that says that it is urgent, since when, and why
    urgent_for = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    urgent_on = models.DateField(null=True, blank=True)
    urgent_words = TextField()
    #: by what it was answered last (`vocabulary.ANSWERED_WITH`)
    answered_with = models.CharField(max_length=12, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by_asker = models.BooleanField(default=False)
    #: the asker's words when the answer did not settle it
    objection = TextField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    network = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("raised_on")), name="need_closed_after_raised"
            ),
            models.CheckConstraint(
                condition=models.Q(urgent_for=None, urgent_on=None) | models.Q(urgent_for__isnull=False, urgent_on__isnull=False),
                name="need_urgent_since_a_day",
            ),
        ]
        indexes = [models.Index(fields=["raised_on", "network"])]


class Support(GuardedModel):
    """Somebody says: me too. Known by a keyed hash, once for each need."""

    personal = {"key": Personal("to count everybody once", 730)}

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="supports")
    key = models.CharField(max_length=32)
    said_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "key"], name="need_supported_once")]


class NeedMeaning(models.Model):
    """The vector of a need's title (384 half-precision numbers), kept so that like ones are found at once; made again at any time."""

    personal: dict[str, Personal] = {}

    need = models.OneToOneField(Need, primary_key=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=16)
    vector = models.BinaryField()
