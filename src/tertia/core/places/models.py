"""Regions and settlements, with names and existence through time."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField
from tertia.core.languages.text import Text


class Place(GuardedModel):
    """A region (by ISO 3166-2 code) or a settlement in it. `name` is today's; names of other days are `PlaceName`s."""

    class Kind(models.TextChoices):
        REGION = "region"
        CITY = "city"
        SETTLEMENT = "settlement"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    name = TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    #: of which place this one was a part before it came to be
    part_of_before = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")), name="place_period_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def name_on(self, day: dt.date) -> Text:
        """The name that the place bore on a day; today's name where none is on record for that day."""
        for dated in self.names.all():
            if (dated.valid_from is None or dated.valid_from <= day) and (dated.valid_to is None or day < dated.valid_to):
                return dated.name
        return self.name


class PlaceName(GuardedModel):
    """A name from a day (in) to a day (out)."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("place", "valid_from")

    def __str__(self) -> str:
        return str(self.name)
