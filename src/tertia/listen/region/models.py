"""Statistics of the regions as series through time, each revision kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["Observation", "Revision", "Series", "SeriesBreak"]


class Series(Record):
    """One statistic by region and year. `summary` says what is counted."""

    KIND = "series"

    record_ptr = record_part("series")
    unit_words = TextField()
    #: the regions are parts of the country's figure, as people are; a rate is none
    adds = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    source_url = models.URLField(blank=True, max_length=500)
    licence = models.CharField(max_length=100)


class Revision(OfRecord, GuardedModel):
    """A file that was taken in. The latest one counts; the others stay, so that a changed figure can be seen."""

    part_of = "series"

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    #: which column or sheet of the file
    part = models.CharField(max_length=200, blank=True)
    #: what could not be read, as [line, code, what], the first two hundred, and how many there are
    unread = models.JSONField(default=list)
    unread_count = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("series", "-number")
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="series_revision_once")]


class Observation(GuardedModel):
    """One value. No place: the whole country."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="observations")
    place = models.ForeignKey("places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    state = models.CharField(max_length=12)

    class Meta:
        ordering = ("revision", "year", "place_id")
        constraints = [
            models.UniqueConstraint(fields=["revision", "place", "year"], name="observation_once"),
            models.UniqueConstraint(fields=["revision", "year"], condition=Q(place=None), name="observation_of_country_once"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.revision.series.owner_id


class SeriesBreak(OfRecord, GuardedModel):
    """From a year on something else is counted: a new definition, a census, another method. Said by a person."""

    part_of = "series"

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="breaks")
    year = models.PositiveSmallIntegerField()
    words = TextField()

    class Meta:
        ordering = ("series", "year")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="series_break_once")]
