"""What the region needs, in the words of those who say so."""

from __future__ import annotations

from django.db import models

from tertia.core.records.models import Record, record_part


class Need(Record):
    """A need or a problem that somebody raised. The asker is the record's author or an organisation."""

    KIND = "need"

    record_ptr = record_part("need")

    class Asker(models.TextChoices):
        CITIZEN = "citizen"
        AKIMAT = "akimat"
        PARTNER = "partner"
        UNIT = "unit"

    asker = models.CharField(max_length=10, choices=Asker.choices, default=Asker.CITIZEN)
    asked_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    concerned = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by_asker = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("raised_on")), name="need_closed_after_raised"
            )
        ]
