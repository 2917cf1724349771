"""Editions of the annual third-mission report, and the words that people write into its chapters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["ChapterText", "Edition"]


class Edition(Record):
    """One edition of a year's report: its content as data, with the checksum that is printed in it."""

    KIND = "report"

    record_ptr = record_part("edition")
    period = models.CharField(max_length=10)
    edition = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    written_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(period=""), name="edition_has_a_period")]


class ChapterText(GuardedModel):
    """What people write into a chapter of a year's report. It lies apart from what is gathered: a new edition takes it as it stands then."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=10)
    chapter = models.CharField(max_length=20)
    words = TextField()
    written_on = models.DateField()

    class Meta:
        ordering = ("owner_id", "period", "chapter")
        constraints = [models.UniqueConstraint(fields=["owner", "period", "chapter"], name="chapter_text_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id
