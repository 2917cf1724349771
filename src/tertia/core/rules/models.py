"""Law and custom as dated rows that cite their source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField


class Rule(GuardedModel):
    """One value in force from a day to a day (half-open); an organisation's own rule goes before the general one."""

    name = models.CharField(max_length=80, db_index=True)
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="rules")
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=400)
    words = TextField()

    class Meta:
        ordering = ("name", "valid_from")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="rule_period_forward"),
            models.UniqueConstraint(fields=["name", "organisation", "valid_from"], name="rule_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from}"

    @property
    def journal_organisation_id(self) -> int | None:
        return self.organisation_id
