"""Measures: what the university decides to do, with an owner, a term, a budget and a target."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.records.models import Record, record_part


class Measure(Record):
    """A measure of the strategy. Owner is the record's `responsible` or `unit`, the term its period."""

    KIND = "measure"

    record_ptr = record_part("measure")
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.CharField(max_length=200, blank=True)
    first_deadline = models.DateField(null=True, blank=True)
    #: the day on which it was said to be carried out
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="measure_budget_not_negative")]

    @property
    def is_ready(self) -> bool:
        """Owner, deadline and budget are named; a stated zero budget counts as named."""
        return bool((self.responsible_id or self.unit_id) and self.ends_on and self.budget is not None)
