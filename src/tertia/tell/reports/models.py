"""Editions of the annual third-mission report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.records.models import Record, record_part


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
