"""Indicators that a university has chosen, and their computed figures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.records.models import Record, record_part


class Indicator(Record):
    """An indicator of the catalogue that an organisation answers for."""

    KIND = "indicator"

    record_ptr = record_part("indicator")
    catalogue_id = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(catalogue_id=""), name="indicator_is_in_the_catalogue")]


class Figure(GuardedModel):
    """What the engine computed for an indicator and a period, with what it was computed from."""

    class State(models.TextChoices):
        VALUE = "value"
        MISSING = "missing"
        NOT_APPLICABLE = "not-applicable"
        SUPPRESSED = "suppressed"

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    period = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=20)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=State.choices)
    rows = models.PositiveIntegerField(default=0)
    sql = models.TextField(blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("indicator", "period", "breakdown")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "breakdown"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(state="value", value__isnull=False) | (~Q(state="value") & Q(value=None)), name="figure_value_only_as_value"
            ),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.indicator_id
