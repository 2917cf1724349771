"""Files attached to records: type, size, hash; pictures re-encoded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, Personal


class StoredFile(GuardedModel):
    """One file of a record, kept under its SHA-256."""

    personal = {"name": Personal("to give the file back under its name", 1825)}

    record = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    alternative = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("stored_at", "pk")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id

    @property
    def journal_record_id(self) -> int | None:
        return self.record_id

    @property
    def path(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256}"
