"""That a demonstration was loaded, and with what."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel


class Load(GuardedModel):
    """One loaded demonstration; its numbers are what it was made from, so the same ones make the same again."""

    university = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    students = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    day = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["university"], name="demonstration_once")]
