"""Indicators that a university has chosen, and their computed figures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Indicator(Record):
    """An indicator of the catalogue that an organisation answers for."""

    KIND = "indicator"

    record_ptr = record_part("indicator")
    catalogue_id = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(catalogue_id=""), name="indicator_is_in_the_catalogue")]


class OwnIndicator(GuardedModel):
    """An indicator that a university defined itself. It is not changed, only withdrawn: another definition is another indicator."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80, unique=True)
    title = TextField()
    counts = TextField()
    caveat = TextField()
    direction = models.CharField(max_length=16, default="neutral")
    toml = models.TextField()
    author = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


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
    #: counts of few persons, or what would give them away: shown to those who work for the university only
    hidden = models.BooleanField(default=False)

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


class Closing(GuardedModel):
    """A version of a closed period: its signed snapshot, who closed it and why. Pages show the figures of the latest version."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="closings")
    period = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    #: SHA-256 of the canonical snapshot, by which the next version names it
    name = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField()
    #: how many figures the records of today would make otherwise, looked at every night
    drifted = models.PositiveIntegerField(default=0)
    #: figures with a value in the snapshot; of them, those that the records of today make otherwise, and those that differ from the version before
    figures = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    restated = models.PositiveIntegerField(default=0)
    looked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("owner", "period", "number")
        constraints = [
            models.UniqueConstraint(fields=["owner", "period", "number"], name="closing_once_per_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="closing_correction_says_why"),
        ]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id
