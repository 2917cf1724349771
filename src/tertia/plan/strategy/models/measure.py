"""Measures: what the university decides to do, with an owner, a term, a budget, a target and a way to see it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, OfRecord
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Measure(Record):
    """A measure of the strategy. Owner is the record's `responsible` or `unit`, the term its period."""

    KIND = "measure"

    record_ptr = record_part("measure")
    strategy = models.ForeignKey("strategy.Strategy", null=True, blank=True, on_delete=models.PROTECT, related_name="measures")
    priority = models.ForeignKey("strategy.Priority", null=True, blank=True, on_delete=models.SET_NULL, related_name="measures")
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.CharField(max_length=200, blank=True)
    #: how it will be seen that it was carried out
    proof = TextField()
    first_deadline = models.DateField(null=True, blank=True)
    #: the day on which it was said to be carried out
    closed_on = models.DateField(null=True, blank=True)
    #: when its owner was last asked for news
    asked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="measure_budget_not_negative")]

    @property
    def is_ready(self) -> bool:
        """Owner, deadline and budget are named; a stated zero budget counts as named."""
        return bool((self.responsible_id or self.unit_id) and self.ends_on and self.budget is not None)

    @property
    def missing(self) -> list[str]:
        """What it needs before it can be adopted: owner, term, proof."""
        found = [] if self.responsible_id or self.unit_id else ["owner"]
        found += [] if self.starts_on and self.ends_on else ["term"]
        return found if self.proof or self.target else [*found, "proof"]


class Wait(OfRecord, GuardedModel):
    """A measure can begin only when another one is done. A circle is refused."""

    part_of = "measure"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="waits")
    before = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="waited_for")

    class Meta:
        ordering = ("measure", "before")
        constraints = [
            models.UniqueConstraint(fields=["measure", "before"], name="wait_once"),
            models.CheckConstraint(condition=~Q(measure=F("before")), name="wait_for_another"),
        ]


class MeasureNews(OfRecord, GuardedModel):
    """What the owner of a measure tells of it: words and a day. It stands beside what activities and evidence show, never instead."""

    part_of = "measure"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="news")
    on = models.DateField()
    words = TextField()

    class Meta:
        ordering = ("-on", "-pk")
