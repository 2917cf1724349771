"""Firms that graduates have started, with what the university did for them and whether they work a year later."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db import models
from django.db.models import Q

from tertia.core.languages.fields import TextField
from tertia.core.periods.months import add_months
from tertia.core.records.models import Record, record_part

__all__ = ["YEARS", "Startup"]

#: years from graduating to founding within which a firm is still a graduate's: as the catalogue's indicator says
YEARS = 2


class Startup(Record):
    """A graduate start-up (HE-BCI, table 4): its title is the firm's name, its first day the day of registration.

    It counts in indicators once somebody has looked, a year or more after it was registered, and found it at work: many a sole trader is
    registered for reasons of tax. Persons who founded it are not kept.
    """

    KIND = "startup"

    record_ptr = record_part("startup")
    #: the firm as a party, where it has a page here
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: the year in which the graduate among the founders who graduated last did so
    graduated_in = models.PositiveSmallIntegerField()
    #: what the university did for it; empty where it did nothing
    helped_with = TextField()
    #: when somebody looked and found it at work, and how that was seen
    active_on = models.DateField(null=True, blank=True)
    how_seen = TextField()

    @property
    def year_over_on(self) -> dt.date:
        """From when on somebody may look whether it works."""
        return add_months(cast(dt.date, self.starts_on), 12)

    @property
    def counts(self) -> bool:
        """Whether it stands in the figure of graduate start-ups (`facts.py` asks the database the same)."""
        return self.active_on is not None and bool(self.helped_with) and self.graduated_in >= cast(dt.date, self.starts_on).year - YEARS

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(graduated_in__gte=1900, graduated_in__lte=2200), name="startup_graduated_in_a_year"),
        ]
