"""Targets and what is said about one that lags."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part

__all__ = ["LagComment", "Target"]

_NUMBER: dict[str, Any] = {"max_digits": 24, "decimal_places": 6}


class Target(Record):
    """What a figure of a university, or of one of its units (the record's `unit`), is planned to be in a period.

    Its slug is made of indicator, period and unit, so one of each stands once. Who answers for it is `responsible`.
    """

    KIND = "target"

    record_ptr = record_part("target")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="targets")
    period = models.CharField(max_length=10)
    baseline = models.DecimalField(**_NUMBER, null=True, blank=True)
    baseline_period = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(**_NUMBER)
    weight = models.DecimalField(max_digits=7, decimal_places=2, default=Decimal(1))
    #: who decided, when, and why where it was given back
    decided_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision = TextField()
    #: the forecast for the end of a running period, made with the figures
    forecast = models.DecimalField(**_NUMBER, null=True, blank=True)
    forecast_low = models.DecimalField(**_NUMBER, null=True, blank=True)
    forecast_high = models.DecimalField(**_NUMBER, null=True, blank=True)
    forecast_on = models.DateField(null=True, blank=True)
    forecast_basis = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["indicator", "period"])]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="target_weight_not_negative"),
            models.CheckConstraint(
                condition=Q(forecast=None, forecast_low=None, forecast_high=None)
                | Q(forecast__isnull=False, forecast_low__isnull=False, forecast_high__isnull=False, forecast_on__isnull=False),
                name="target_forecast_has_its_interval",
            ),
        ]

    @property
    def breakdown(self) -> str:
        """The breakdown of the figure that the target is compared with."""
        return f"unit={self.unit.slug}" if self.unit_id else ""


class LagComment(GuardedModel):
    """What somebody says about a target that lags, with how it stood on that day. Corrective measures hang on the target as links."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="comments")
    words = TextField()
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField()
    fact = models.DecimalField(**_NUMBER, null=True, blank=True)
    standing = models.CharField(max_length=16)

    class Meta:
        ordering = ("written_on", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.target_id

    @property
    def journal_organisation_id(self) -> int:
        return self.target.owner_id
